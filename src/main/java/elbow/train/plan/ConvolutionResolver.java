package elbow.train.plan;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.feature.FeatureEncoder;
import elbow.data.image.ImageShape;
import elbow.vae.Convolutions;
import elbow.vae.VaeSpec;
import elbow.vae.layer.ConvolutionSpec;
import elbow.vae.layer.ImageSize;
import elbow.vae.likelihood.LikelihoodGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Resolves what of the configuration's {@code model} section is about convolutions, against the images there are. */
final class ConvolutionResolver {
    private static final String NETWORK = "model.network";
    private static final String CHANNELS = "model.convolution.channels";
    private static final String KERNEL = "model.convolution.kernel";
    private static final String STRIDES = "model.convolution.strides";

    private static final int FIRST_CHANNELS = 32;
    private static final int MOST_CHANNELS = 128;

    /** Height and width up to which "auto" makes an image no smaller. */
    private static final int SMALL = 8;

    private ConvolutionResolver() {}

    /** The convolutions; none for a dense network. */
    static Optional<Convolutions> resolve(Configuration configuration, FeatureEncoder encoder) {
        // All are read, whatever the kind: a slip in one would only show once it counts.
        NetworkKind network = configuration.choice(NETWORK, NetworkKind.class);
        Optional<List<Integer>> channels = configuration.positiveIntsOrAuto(CHANNELS);
        Optional<List<Integer>> strides = configuration.positiveIntsOrAuto(STRIDES);
        int kernel = configuration.positiveInt(KERNEL);
        Check.usage(kernel <= ConvolutionSpec.MOST_KERNEL, KERNEL, "be at most " + ConvolutionSpec.MOST_KERNEL, kernel);
        int largest = Collections.max(strides.orElse(List.of(2)));
        Check.usage(kernel >= largest, KERNEL, "be at least the largest stride, " + largest, kernel);
        strides.ifPresent(given -> requireAsMany(channels, given));
        if (network == NetworkKind.DENSE) {
            return Optional.empty();
        }
        ImageSize image = image(encoder);
        List<Integer> chosen = strides.orElseGet(() ->
                channels.map(given -> Collections.nCopies(given.size(), 2)).orElseGet(() -> halvings(image)));
        Check.usage(
                Convolutions.fits(image, chosen) && !chosen.isEmpty(),
                STRIDES,
                "have a product of which the image's height and width are multiples, which are those of " + image
                        + " (data.image.height and data.image.width resize images)",
                chosen.isEmpty() ? List.of(2) : chosen);
        List<Integer> made = channels.orElseGet(() -> doubled(chosen.size()));
        requireRoom(image, made, kernel, chosen);
        return Optional.of(new Convolutions(image, made, kernel, chosen));
    }

    private static void requireAsMany(Optional<List<Integer>> channels, List<Integer> strides) {
        channels.ifPresent(given ->
                Check.usage(given.size() == strides.size(), CHANNELS, "be as many as strides, " + strides, given));
    }

    private static ImageSize image(FeatureEncoder encoder) {
        List<ImageShape> images = encoder.images();
        if (images.size() != 1) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    NETWORK + " must be dense unless one column of images is modelled, but is convolutional with "
                            + (images.isEmpty() ? "none" : images.size()));
        }
        ImageShape shape = images.get(0);
        return new ImageSize(shape.height(), shape.width(), shape.channels());
    }

    // As often as it halves the image evenly, until that is small.
    private static List<Integer> halvings(ImageSize image) {
        List<Integer> strides = new ArrayList<>();
        int height = image.height();
        int width = image.width();
        while (height % 2 == 0 && width % 2 == 0 && Math.max(height, width) > SMALL) {
            strides.add(2);
            height /= 2;
            width /= 2;
        }
        if (strides.isEmpty() && height % 2 == 0 && width % 2 == 0) {
            strides.add(2);
        }
        return strides;
    }

    private static List<Integer> doubled(int count) {
        List<Integer> channels = new ArrayList<>();
        for (int next = FIRST_CHANNELS; channels.size() < count; next = Math.min(MOST_CHANNELS, 2 * next)) {
            channels.add(next);
        }
        return channels;
    }

    private static void requireRoom(ImageSize image, List<Integer> channels, int kernel, List<Integer> strides) {
        long height = image.height();
        long width = image.width();
        long read = image.channels();
        for (int i = 0; i < channels.size(); i++) {
            height /= strides.get(i);
            width /= strides.get(i);
            Check.usage(
                    height * width * channels.get(i) <= VaeSpec.MAXIMUM_WIDTH,
                    CHANNELS,
                    "make images of at most " + VaeSpec.MAXIMUM_WIDTH + " values in each layer, from " + image
                            + " on with strides " + strides,
                    channels);
            Check.usage(
                    width * kernel * kernel * read <= ConvolutionSpec.MOST_LINE_VALUES,
                    KERNEL,
                    "be so small that a line of " + width + " patches, each of kernel x kernel x " + read
                            + " values, has at most " + ConvolutionSpec.MOST_LINE_VALUES,
                    kernel);
            read = channels.get(i);
        }
    }

    /**
     * Requires that the layers have room for what passes beside the images.
     *
     * @param inputs of the encoder
     * @param likelihoods those of the image's pixels first
     * @param decoderSizes of the dense layers before the decoder's convolutions
     */
    static void requireRoom(
            Convolutions convolutions, int inputs, List<LikelihoodGroup> likelihoods, List<Integer> decoderSizes) {
        long pixels = convolutions.image().values();
        long outputs = likelihoods.stream().mapToLong(LikelihoodGroup::outputs).sum()
                - likelihoods.get(0).likelihood().outputPlanes() * pixels;
        long units = outputs == 0 || decoderSizes.isEmpty() ? outputs : decoderSizes.get(decoderSizes.size() - 1);
        long first = made(convolutions, 1);
        long smallest = made(convolutions, convolutions.channels().size());
        requireBeside(convolutions, smallest, inputs - pixels);
        requireBeside(convolutions, Math.max(first, smallest), units);
    }

    private static long made(Convolutions convolutions, int layers) {
        long places =
                convolutions.image().height() * (long) convolutions.image().width();
        for (int stride : convolutions.strides().subList(0, layers)) {
            places = places / stride / stride;
        }
        return places * convolutions.channels().get(layers - 1);
    }

    private static void requireBeside(Convolutions convolutions, long values, long others) {
        Check.usage(
                values + others <= VaeSpec.MAXIMUM_WIDTH,
                CHANNELS,
                "make images of at most " + (VaeSpec.MAXIMUM_WIDTH - others) + " values, from " + convolutions.image()
                        + " on with strides " + convolutions.strides() + ", since other columns take "
                        + others + " beside them",
                convolutions.channels());
    }

    private enum NetworkKind {
        DENSE,
        CONVOLUTIONAL
    }
}
