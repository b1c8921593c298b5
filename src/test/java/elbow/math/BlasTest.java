package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("kernels")
final class BlasTest {
    static Stream<Products> products() {
        return Stream.of(BlasChoice.products(), new JavaLoops());
    }

    @ParameterizedTest
    @MethodSource("products")
    void productsAreThoseOfTheReferenceForEveryTransposition(Products products) {
        for (Transpose a : Transpose.values()) {
            for (Transpose b : Transpose.values()) {
                for (Destination destination : Destination.values()) {
                    assertProduct(products, a, b, destination, new int[] {5, 7, 9});
                    assertProduct(products, a, b, destination, new int[] {1, 33, 20});
                    assertProduct(products, a, b, destination, new int[] {70, 1, 3});
                }
            }
        }
    }

    private static void assertProduct(
            Products products, Transpose transposeA, Transpose transposeB, Destination destination, int[] sizes) {
        int rows = sizes[0];
        int columns = sizes[1];
        int inner = sizes[2];
        Random random = new Random(4);
        try (FloatMemory a = random(random, rows * inner);
                FloatMemory b = random(random, inner * columns);
                FloatMemory c = random(random, rows * columns)) {
            float[] before = c.toArray();
            products.multiply(transposeA, transposeB, rows, columns, inner, a, b, c, destination);
            float[] x = a.toArray();
            float[] y = b.toArray();
            float[] z = c.toArray();
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    double sum = destination == Destination.ACCUMULATE ? before[i * columns + j] : 0;
                    for (int k = 0; k < inner; k++) {
                        double left = transposeA == Transpose.NO ? x[i * inner + k] : x[k * rows + i];
                        double right = transposeB == Transpose.NO ? y[k * columns + j] : y[j * inner + k];
                        sum += left * right;
                    }
                    assertThat((double) z[i * columns + j]).isCloseTo(sum, within(1e-5));
                }
            }
        }
    }

    @Test
    void tooSmallMatrixIsRefused() {
        try (FloatMemory small = FloatMemory.allocate(5)) {
            assertThatThrownBy(() -> Blas.multiply(
                            Transpose.NO, Transpose.NO, 2, 2, 3, small, small, small, Destination.OVERWRITE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a must hold 2 x 3 floats with both sizes at least 1, but has length 5");
        }
    }

    @Test
    void descriptionNamesAKnownLibraryFirst() {
        assertThat(Blas.vendor()).isIn("onednn", "openblas", "mkl", "java");
        assertThat(Blas.description()).startsWith(Blas.vendor());
    }

    private static FloatMemory random(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        FloatMemory memory = FloatMemory.allocate(length);
        memory.put(0, values, length);
        return memory;
    }
}
