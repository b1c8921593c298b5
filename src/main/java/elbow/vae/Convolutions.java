package elbow.vae;

import elbow.base.Check;
import elbow.math.Activation;
import elbow.vae.layer.BesideSpec;
import elbow.vae.layer.ConvolutionSpec;
import elbow.vae.layer.ConvolutionSpec.Direction;
import elbow.vae.layer.DenseSpec;
import elbow.vae.layer.ImageOutputSpec;
import elbow.vae.layer.ImageSize;
import elbow.vae.layer.LayerSpec;
import elbow.vae.likelihood.LikelihoodGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolutions for an image whose pixels are the first columns of a row. The encoder's convolutions read the image
 * alone, its dense layers what comes of these and all other columns; the decoder is the mirror image of that: a further
 * dense layer makes the smallest image and a few units for the other columns, transposed convolutions enlarge the one,
 * a linear layer reads the others.
 *
 * @param image size of it
 * @param channels of what each convolution of the encoder makes, from the image on, at least one; those of the decoder
 *     go back the same way
 * @param kernel height and width of a patch, from the largest stride to {@value ConvolutionSpec#MOST_KERNEL}
 * @param strides of each convolution; the image's height and width are multiples of their product
 */
public record Convolutions(ImageSize image, List<Integer> channels, int kernel, List<Integer> strides) {
    public Convolutions {
        channels = List.copyOf(channels);
        strides = List.copyOf(strides);
        Check.argument(!channels.isEmpty(), "channels", "have at least one", channels);
        Check.argument(
                strides.size() == channels.size(), "strides", "be as many as channels, " + channels.size(), strides);
        strides.forEach(stride -> Check.positive("stride", stride));
        Check.argument(
                fits(image, strides),
                "image",
                "have a height and a width that are multiples of " + product(strides) + ", the product of the strides "
                        + strides,
                image);
        layers(image, channels, kernel, strides, Activation.IDENTITY);
    }

    /** Whether an image's height and width are multiples of the product of strides. */
    public static boolean fits(ImageSize image, List<Integer> strides) {
        long product = product(strides);
        return image.height() % product == 0 && image.width() % product == 0;
    }

    // Of more than an image can have: as good as any.
    private static long product(List<Integer> strides) {
        long product = 1;
        for (int stride : strides) {
            product = Math.min(product * stride, Integer.MAX_VALUE);
        }
        return product;
    }

    private static List<ConvolutionSpec> layers(
            ImageSize image, List<Integer> channels, int kernel, List<Integer> strides, Activation activation) {
        List<ConvolutionSpec> layers = new ArrayList<>();
        ImageSize current = image;
        for (int i = 0; i < channels.size(); i++) {
            ConvolutionSpec layer =
                    new ConvolutionSpec(Direction.DOWN, current, channels.get(i), kernel, strides.get(i), activation);
            layers.add(layer);
            current = layer.made();
        }
        return layers;
    }

    private List<ConvolutionSpec> layers(Activation activation) {
        return layers(image, channels, kernel, strides, activation);
    }

    /** Requires that the first of these groups begins with the image's pixels. */
    void requirePixels(List<LikelihoodGroup> groups) {
        LikelihoodGroup first = groups.get(0);
        Check.argument(
                first.columns() >= image.values(),
                "columns of the first group",
                "be at least the " + image.values() + " of an image of " + image,
                first.columns());
        Check.argument(
                first.likelihood().columnsPerVariable() == 1
                        && first.likelihood().outputsPerVariable() == 1,
                "likelihood of pixels",
                "be of single columns",
                first.likelihood().name());
    }

    /**
     * The encoder's layers.
     *
     * @param inputs what the encoder reads of a row
     */
    List<LayerSpec> encoder(int inputs, List<LayerSpec> dense, Activation activation) {
        List<LayerSpec> layers = new ArrayList<>(among(image.values(), layers(activation), inputs - image.values()));
        layers.addAll(dense);
        return layers;
    }

    /** The decoder's layers before the last one. */
    List<LayerSpec> decoder(List<LayerSpec> dense, List<LikelihoodGroup> groups, Activation activation) {
        List<ConvolutionSpec> down = layers(activation);
        int smallest = down.get(down.size() - 1).outputs();
        int units = otherUnits(dense, groups);
        List<LayerSpec> up = new ArrayList<>();
        for (int i = down.size() - 1; i > 0; i--) {
            ConvolutionSpec back = down.get(i);
            up.add(new ConvolutionSpec(Direction.UP, back.image(), back.channels(), kernel, back.stride(), activation));
        }
        List<LayerSpec> layers = new ArrayList<>(dense);
        layers.add(new DenseSpec(Math.addExact(smallest, units), activation));
        layers.addAll(among(smallest, up, units));
        return layers;
    }

    /** The decoder's last layer. */
    LayerSpec output(List<LayerSpec> dense, List<LikelihoodGroup> groups) {
        ConvolutionSpec first = layers(Activation.IDENTITY).get(0);
        LikelihoodGroup pixels = groups.get(0);
        List<Integer> planes = new ArrayList<>();
        for (int plane = 0; plane < pixels.likelihood().outputPlanes(); plane++) {
            planes.add(plane * pixels.planeWidth());
        }
        return new ImageOutputSpec(
                image, first.channels(), kernel, first.stride(), planes, outputs(groups), otherUnits(dense, groups));
    }

    private static List<LayerSpec> among(int width, List<? extends LayerSpec> layers, int others) {
        return others == 0 || layers.isEmpty()
                ? List.copyOf(layers)
                : List.of(new BesideSpec(width, List.copyOf(layers), others));
    }

    // As many as the last dense layer has, which tells the image as well; none where nothing else is made.
    private int otherUnits(List<LayerSpec> dense, List<LikelihoodGroup> groups) {
        int others = outputs(groups) - groups.get(0).likelihood().outputPlanes() * image.values();
        return others == 0
                ? 0
                : dense.isEmpty() ? others : dense.get(dense.size() - 1).outputs();
    }

    private static int outputs(List<LikelihoodGroup> groups) {
        return groups.stream().mapToInt(LikelihoodGroup::outputs).sum();
    }
}
