package elbow.data.feature;

import elbow.base.Check;
import elbow.data.encoding.Cell;
import elbow.data.encoding.ImageCell;
import elbow.data.encoding.ImageSlot;
import elbow.data.encoding.Slot;
import elbow.data.image.ImageContent;
import elbow.data.image.ImageShape;
import elbow.data.table.FieldKind;
import elbow.data.table.Markers;
import elbow.vae.input.InputTransform;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Likelihood;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/**
 * An 8-bit image; encoded = pixel / 255.
 *
 * @param column name
 * @param shape of every image
 * @param pixelMeans of the training rows, from 0 to 255, one for each byte
 * @param resized whether an image of another size is brought to this one, or refused
 * @param contextBrightness of the training rows, see {@link PixelContexts}; empty if it was not measured
 * @param greyLikelihood distribution of each pixel, unless pixels are binarised
 */
public record ImageFeature(
        String column,
        ImageShape shape,
        List<Double> pixelMeans,
        boolean resized,
        List<Double> contextBrightness,
        GreyLikelihood greyLikelihood)
        implements Feature {
    public ImageFeature {
        pixelMeans = List.copyOf(pixelMeans);
        contextBrightness = List.copyOf(contextBrightness);
        Check.argument(
                pixelMeans.size() == shape.size(),
                "pixelMeans",
                "have " + shape.size() + " entries",
                pixelMeans.size());
        pixelMeans.forEach(mean -> Check.argument(mean >= 0 && mean <= 255, "pixelMeans", "lie in [0, 255]", mean));
        if (!contextBrightness.isEmpty()) {
            new PixelContexts(shape, contextBrightness);
        }
    }

    /** Images of one size, Gaussian if grey, of whose pixels no more is known than their means. */
    public ImageFeature(String column, ImageShape shape, List<Double> pixelMeans) {
        this(column, shape, pixelMeans, false, List.of(), GreyLikelihood.GAUSSIAN);
    }

    /** How its pixels depend on their neighbours; empty if that was not measured. */
    Optional<PixelContexts> contexts() {
        return contextBrightness.isEmpty()
                ? Optional.empty()
                : Optional.of(new PixelContexts(shape, contextBrightness));
    }

    @Override
    public FeatureType type() {
        return FeatureType.IMAGE;
    }

    @Override
    public int width() {
        return shape.size();
    }

    /** False: every row must have its image. */
    @Override
    public boolean hasGaps() {
        return false;
    }

    /**
     * An image is scored as its encoded pixels, by a probability or by a density of pixel / 255, which are no units of
     * the column's own: its log-Jacobian is 0.
     */
    @Override
    public Likelihood likelihood(InputTransform transform) {
        return transform == InputTransform.NONE ? greyLikelihood.likelihood() : new Bernoulli();
    }

    @Override
    public void writeMeans(float[] target, int offset) {
        for (int i = 0; i < width(); i++) {
            target[offset + i] = (float) (pixelMeans.get(i) / 255);
        }
    }

    @Override
    public Object decode(float[] encoded, int offset) {
        return ImageCell.pixels(encoded, offset, width());
    }

    @Override
    public @Nullable String expectedText(float[] expected, int offset) {
        return null;
    }

    @Override
    public String expectedType() {
        return "an image of " + shape;
    }

    @Override
    public boolean accepts(DataType type) {
        return FieldKind.IMAGE.reads(type);
    }

    @Override
    public FieldKind kind(DataType type) {
        return FieldKind.IMAGE;
    }

    @Override
    public List<Slot> slots(int field, FieldKind kind, Markers markers) {
        return List.of();
    }

    ImageSlot slot(int field, ImageContent content) {
        return new ImageSlot(column, field, shape, resized, content);
    }

    @Override
    public Cell cell(TableColumn in, DataType type) {
        return new ImageCell(width());
    }
}
