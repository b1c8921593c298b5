package elbow.vae.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.math.FloatMemory;
import elbow.vae.layer.LayerContext.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A strided convolution against its definition, place by place in double. */
@Tag("kernels")
class LinearConvolutionTest {
    private static final int ROWS = 7;

    /** Of the sums of float products here, the longest of 2,304 terms of size 1. */
    private static final double TOLERANCE = 1e-3;

    static Stream<ConvolutionShape> shapes() {
        return Stream.of(
                shape(4, 4, 1, 2, 2, 2),
                shape(6, 4, 3, 5, 4, 2),
                shape(6, 9, 2, 3, 3, 3),
                shape(6, 9, 2, 3, 5, 3),
                shape(5, 7, 1, 2, 3, 1),
                shape(5, 7, 2, 2, 2, 1),
                shape(1, 1, 1, 1, 1, 1),
                shape(1, 1, 3, 2, 5, 1),
                shape(2, 8, 1, 4, 5, 2),
                shape(28, 28, 1, 32, 4, 2),
                shape(14, 14, 32, 64, 4, 2),
                // Each image's patches are more than are worked on at once.
                shape(64, 48, 3, 40, 5, 1),
                shape(40, 60, 16, 8, 12, 4));
    }

    static Stream<Arguments> cases() {
        return shapes().flatMap(shape -> Arrays.stream(Use.values()).map(use -> Arguments.of(shape, use)));
    }

    private static ConvolutionShape shape(int height, int width, int channels, int made, int kernel, int stride) {
        return new ConvolutionShape(new ImageSize(height, width, channels), made, kernel, stride);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void convolutionIsTheSumOverEachPatch(ConvolutionShape shape, Use use) {
        float[] large = normal(ROWS * shape.large().values(), 1);
        float[] weights = normal(shape.patch() * shape.channels(), 2);
        double[] expected = new double[ROWS * shape.small().values()];
        forEachTerm(shape, (at, from, weight) -> expected[at] += (double) large[from] * weights[weight]);

        assertClose(apply(shape, use, large, weights, 0), expected);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void adjointIsTheSumOfThePatchesThatPlacesBecome(ConvolutionShape shape, Use use) {
        float[] small = normal(ROWS * shape.small().values(), 1);
        float[] weights = normal(shape.patch() * shape.channels(), 2);
        double[] expected = new double[ROWS * shape.large().values()];
        forEachTerm(shape, (at, from, weight) -> expected[from] += (double) small[at] * weights[weight]);

        assertClose(applyAdjoint(shape, use, small, weights), expected);
    }

    /** What makes one the other's adjoint: the product of y with the convolution of x is that of x with y's adjoint. */
    @ParameterizedTest
    @MethodSource("cases")
    void productsWithTheConvolutionAreThoseWithTheAdjoint(ConvolutionShape shape, Use use) {
        float[] x = normal(ROWS * shape.large().values(), 1);
        float[] y = normal(ROWS * shape.small().values(), 2);
        float[] weights = normal(shape.patch() * shape.channels(), 3);
        double one = product(apply(shape, use, x, weights, 0), y);
        double other = product(x, applyAdjoint(shape, use, y, weights));

        assertThat(one).isCloseTo(other, within(1e-5 * Math.sqrt((double) x.length * shape.patch()) + 1e-5));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void weightGradientIsThatOfTheProductWithTheConvolution(ConvolutionShape shape, Use use) {
        float[] large = normal(ROWS * shape.large().values(), 1);
        float[] small = normal(ROWS * shape.small().values(), 2);
        double[] expected = new double[shape.patch() * shape.channels()];
        forEachTerm(shape, (at, from, weight) -> expected[weight] += (double) large[from] * small[at]);

        try (LinearConvolution convolution = new LinearConvolution(shape, context(use));
                FloatMemory largeMemory = memory(large);
                FloatMemory smallMemory = memory(small);
                FloatMemory gradient = memory(normal(expected.length, 5))) {
            convolution.weightGradient(ROWS, largeMemory, smallMemory, gradient);
            float[] found = gradient.toArray();
            double scale = Math.sqrt(
                    (double) ROWS * shape.small().height() * shape.small().width());
            for (int i = 0; i < found.length; i++) {
                assertThat((double) found[i]).as("weight %d", i).isCloseTo(expected[i], within(1e-4 * scale));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void inScoringAnImagesResultIsTheSameToTheBitInEveryPlaceAndWhereverWeightsBegin(ConvolutionShape shape) {
        int values = shape.large().values();
        float[] image = normal(values, 1);
        float[] weights = normal(shape.patch() * shape.channels(), 2);
        List<float[]> results = new ArrayList<>();
        for (int place = 0; place < ROWS; place++) {
            float[] rows = normal(ROWS * values, 3 + place);
            System.arraycopy(image, 0, rows, place * values, values);
            float[] made = apply(shape, Use.SCORING, rows, weights, place);
            int size = shape.small().values();
            results.add(Arrays.copyOfRange(made, place * size, (place + 1) * size));
        }
        assertThat(results).allMatch(result -> Arrays.equals(result, results.get(0)));
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> shape(27, 28, 1, 2, 4, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("image must have a height and a width that are multiples of the stride, 2, but is 27x28x1");
        assertThatThrownBy(() -> shape(28, 28, 1, 2, 1, 2))
                .hasMessage("kernel must be at least the stride, 2, and at most 64, but is 1");
        assertThatThrownBy(() -> shape(28, 28, 1, 2, 65, 2)).hasMessageStartingWith("kernel must be at least");
        assertThatThrownBy(() -> new ImageSize(1 << 20, 1 << 20, 1 << 20))
                .hasMessage("height x width x channels must be at most 1048576, but is 1048576 x 1048576 x 1048576");
    }

    private interface Term {
        void add(int small, int large, int weight);
    }

    // The definition: each place of the small image, each of its patch's values inside the large image, each channel.
    private static void forEachTerm(ConvolutionShape shape, Term term) {
        ImageSize large = shape.large();
        ImageSize small = shape.small();
        int before = (shape.kernel() - shape.stride()) / 2;
        for (int place = 0; place < ROWS * small.height() * small.width(); place++) {
            int x = place % small.width();
            int y = place / small.width() % small.height();
            int row = place / small.width() / small.height();
            for (int value = 0; value < shape.patch(); value++) {
                int channel = value % large.channels();
                int fromX = x * shape.stride() - before + value / large.channels() % shape.kernel();
                int fromY = y * shape.stride() - before + value / large.channels() / shape.kernel();
                if (fromX >= 0 && fromX < large.width() && fromY >= 0 && fromY < large.height()) {
                    int from = ((row * large.height() + fromY) * large.width() + fromX) * large.channels() + channel;
                    for (int made = 0; made < shape.channels(); made++) {
                        term.add(place * shape.channels() + made, from, value * shape.channels() + made);
                    }
                }
            }
        }
    }

    private static LayerContext context(Use use) {
        return new LayerContext(new ParameterLayout.Builder().build(), ROWS, use, new Workspace(1));
    }

    private static float[] apply(ConvolutionShape shape, Use use, float[] large, float[] weights, int offset) {
        try (LinearConvolution convolution = new LinearConvolution(shape, context(use));
                FloatMemory weightMemory = FloatMemory.allocate(weights.length + offset);
                FloatMemory from = memory(large);
                FloatMemory to = FloatMemory.allocate(ROWS * shape.small().values())) {
            weightMemory.put(offset, weights, weights.length);
            convolution.bind(weightMemory.slice(offset, weights.length));
            convolution.apply(ROWS, from, to);
            return to.toArray();
        }
    }

    private static float[] applyAdjoint(ConvolutionShape shape, Use use, float[] small, float[] weights) {
        try (LinearConvolution convolution = new LinearConvolution(shape, context(use));
                FloatMemory weightMemory = memory(weights);
                FloatMemory from = memory(small);
                FloatMemory to = FloatMemory.allocate(ROWS * shape.large().values())) {
            convolution.bind(weightMemory);
            // What stands there before does not matter.
            to.put(0, normal(to.length(), 9), to.length());
            convolution.applyAdjoint(ROWS, from, to);
            return to.toArray();
        }
    }

    private static void assertClose(float[] found, double[] expected) {
        assertThat(found).hasSize(expected.length);
        for (int i = 0; i < found.length; i++) {
            assertThat((double) found[i]).as("value %d", i).isCloseTo(expected[i], within(TOLERANCE));
        }
    }

    private static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }

    private static FloatMemory memory(float[] values) {
        FloatMemory memory = FloatMemory.allocate(values.length);
        memory.put(0, values, values.length);
        return memory;
    }

    private static float[] normal(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
