package elbow.data;

import elbow.base.Check;
import elbow.vae.Bernoulli;
import elbow.vae.Gaussian;
import elbow.vae.InputTransform;
import elbow.vae.Likelihood;
import java.util.List;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;

/**
 * An 8-bit image; encoded = pixel / 255.
 *
 * @param column name
 * @param shape of every image
 * @param pixelMeans of the training rows, from 0 to 255, one for each byte
 */
public record ImageFeature(String column, ImageShape shape, List<Double> pixelMeans) implements Feature {
    public ImageFeature {
        pixelMeans = List.copyOf(pixelMeans);
        Check.argument(
                pixelMeans.size() == shape.size(),
                "pixelMeans",
                "have " + shape.size() + " entries",
                pixelMeans.size());
        pixelMeans.forEach(mean -> Check.argument(mean >= 0 && mean <= 255, "pixelMeans", "lie in [0, 255]", mean));
    }

    @Override
    public String type() {
        return "image";
    }

    @Override
    public int width() {
        return shape.size();
    }

    @Override
    public Likelihood likelihood(InputTransform transform) {
        return transform == InputTransform.NONE ? Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0) : new Bernoulli();
    }

    /** 0: an image is scored as its encoded pixels, which have no density of their own unit. */
    @Override
    public double logJacobian() {
        return 0;
    }

    @Override
    public void writeMeans(float[] target, int offset) {
        for (int i = 0; i < width(); i++) {
            target[offset + i] = (float) (pixelMeans.get(i) / 255);
        }
    }

    @Override
    public void decode(float[] encoded, double[] values, int offset) {
        for (int i = 0; i < width(); i++) {
            values[offset + i] = encoded[offset + i] * 255.0;
        }
    }

    @Override
    public String expectedType() {
        return "an image of " + shape;
    }

    @Override
    public boolean accepts(DataType type) {
        return type instanceof BinaryType;
    }
}
