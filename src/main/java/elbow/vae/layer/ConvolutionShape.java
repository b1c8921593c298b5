package elbow.vae.layer;

import elbow.base.Check;

/**
 * What a strided convolution goes from and to: each pixel of the small image is made of a square patch of the large
 * one, the next one of the patch that begins {@code stride} pixels further on. With the zeros around the large image
 * that {@link ConvolutionSpec} describes the small image has exactly one pixel for {@code stride x stride} of the large
 * one.
 *
 * @param large the image that patches are of, whose height and width are multiples of the stride
 * @param channels of the small image, at least 1
 * @param kernel height and width of a patch, from the stride to {@value ConvolutionSpec#MOST_KERNEL}
 * @param stride at least 1
 */
record ConvolutionShape(ImageSize large, int channels, int kernel, int stride) {
    static final String KERNEL = "kernel";
    static final String STRIDE = "stride";

    ConvolutionShape {
        Check.positive("channels", channels);
        Check.positive(STRIDE, stride);
        Check.argument(
                kernel >= stride && kernel <= ConvolutionSpec.MOST_KERNEL,
                KERNEL,
                "be at least the stride, " + stride + ", and at most " + ConvolutionSpec.MOST_KERNEL,
                kernel);
        Check.argument(
                large.height() % stride == 0 && large.width() % stride == 0,
                "image",
                "have a height and a width that are multiples of the stride, " + stride,
                large);
        long line = large.width() / stride * ((long) kernel * kernel * large.channels());
        Check.argument(
                line <= ConvolutionSpec.MOST_LINE_VALUES,
                "values of a line of patches",
                "be at most " + ConvolutionSpec.MOST_LINE_VALUES,
                line);
    }

    /** The image with a pixel for each patch. */
    ImageSize small() {
        return new ImageSize(large.height() / stride, large.width() / stride, channels);
    }

    /** Values of a patch. */
    int patch() {
        return kernel * kernel * large.channels();
    }

    /** Zeros above and to the left of the large image. */
    int before() {
        return (kernel - stride) / 2;
    }

    /** In how many patches a value of the large image stands, as a mean that leaves its edges aside. */
    double overlap() {
        return (double) kernel * kernel / (stride * stride);
    }
}
