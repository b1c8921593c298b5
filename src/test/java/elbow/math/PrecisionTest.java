package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import elbow.JavaProgram;
import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernels")
final class PrecisionTest {
    private static final int ROWS = 70;
    private static final int COLUMNS = 130;
    private static final int INNER = 96;

    /** What stands in the way of bfloat16. */
    static final class Print {
        private Print() {}

        public static void main(String[] arguments) {
            System.out.print(Precision.BFLOAT16.obstacle().orElse("none"));
            if (Precision.BFLOAT16.obstacle().isPresent()) {
                try {
                    Multiplier.of(Precision.BFLOAT16).close();
                } catch (IllegalStateException e) {
                    System.out.print("; " + e.getMessage());
                }
            }
        }
    }

    private static void assumeBfloat16() {
        assumeThat(Precision.BFLOAT16.obstacle())
                .as("what keeps this process from bfloat16")
                .isEmpty();
    }

    @Test
    void whatBfloat16HoldsIsMultipliedExactly() {
        assumeBfloat16();
        Random random = new Random(1);
        try (Multiplier multiplier = Multiplier.of(Precision.BFLOAT16);
                FloatMemory a = memory(ROWS * INNER, i -> random.nextInt(17) - 8);
                FloatMemory b = memory(INNER * COLUMNS, i -> random.nextInt(17) - 8)) {
            for (Transpose transposeA : Transpose.values()) {
                for (Transpose transposeB : Transpose.values()) {
                    for (Destination destination : Destination.values()) {
                        try (FloatMemory expected = memory(ROWS * COLUMNS, i -> i);
                                FloatMemory found = memory(ROWS * COLUMNS, i -> i)) {
                            Blas.multiply(transposeA, transposeB, ROWS, COLUMNS, INNER, a, b, expected, destination);
                            multiplier.multiply(transposeA, transposeB, ROWS, COLUMNS, INNER, a, b, found, destination);
                            assertThat(found.toArray()).containsExactly(expected.toArray());
                        }
                    }
                }
            }
        }
    }

    @Test
    void factorsAreRoundedToTheNearestEvenAndSumsAreNot() {
        assumeBfloat16();
        // Half way from 1 to the next one: to the even, 1. Half way from that to the one after: to the even, 1 + 2^-6.
        assertThat(sumOfOnes(1 + 1.0 / 256)).isEqualTo(INNER);
        assertThat(sumOfOnes(1 + 3.0 / 256)).isEqualTo(INNER * (1 + 1f / 64));
        assertThat(sumOfOnes(1 + 5.0 / 512)).isEqualTo(INNER * (1 + 1f / 128));
        assertThat(sumOfOnes(1.0 / 3)).isEqualTo(INNER * (171f / 512));
    }

    // Each element of a product of a matrix of value and one of ones.
    private static float sumOfOnes(double value) {
        try (Multiplier multiplier = Multiplier.of(Precision.BFLOAT16);
                FloatMemory a = memory(ROWS * INNER, i -> value);
                FloatMemory b = memory(INNER * COLUMNS, i -> 1);
                FloatMemory c = FloatMemory.allocate(ROWS * COLUMNS)) {
            multiplier.multiply(Transpose.NO, Transpose.NO, ROWS, COLUMNS, INNER, a, b, c, Destination.OVERWRITE);
            float[] found = c.toArray();
            assertThat(found).containsOnly(found[0]);
            return found[0];
        }
    }

    @Test
    void errorIsThatOfRoundedFactors() {
        assumeBfloat16();
        Random random = new Random(2);
        try (Multiplier multiplier = Multiplier.of(Precision.BFLOAT16);
                FloatMemory a = memory(ROWS * INNER, i -> random.nextGaussian());
                FloatMemory b = memory(INNER * COLUMNS, i -> random.nextGaussian());
                FloatMemory exact = FloatMemory.allocate(ROWS * COLUMNS);
                FloatMemory found = FloatMemory.allocate(ROWS * COLUMNS)) {
            Blas.multiply(Transpose.NO, Transpose.NO, ROWS, COLUMNS, INNER, a, b, exact, Destination.OVERWRITE);
            multiplier.multiply(Transpose.NO, Transpose.NO, ROWS, COLUMNS, INNER, a, b, found, Destination.OVERWRITE);
            float[] x = a.toArray();
            float[] y = b.toArray();
            float[] z = exact.toArray();
            float[] w = found.toArray();
            for (int row = 0; row < ROWS; row++) {
                for (int column = 0; column < COLUMNS; column++) {
                    double sum = 0;
                    for (int k = 0; k < INNER; k++) {
                        sum += Math.abs((double) x[row * INNER + k] * y[k * COLUMNS + column]);
                    }
                    // Each factor is off by 2^-9 at most, and sums by their float32 rounding.
                    double bound = sum * ((1 + 1.0 / 512) * (1 + 1.0 / 512) - 1 + 1e-5);
                    int at = row * COLUMNS + column;
                    assertThat((double) w[at]).isCloseTo(z[at], within(bound));
                }
            }
            assertThat(w).isNotEqualTo(z);
        }
    }

    @Test
    void sameProductHasSameBitsInAnyThread() {
        assumeBfloat16();
        CompletableFuture<float[]> other = CompletableFuture.supplyAsync(PrecisionTest::product);

        assertThat(product()).containsExactly(other.join());
    }

    private static float[] product() {
        Random random = new Random(3);
        try (Multiplier multiplier = Multiplier.of(Precision.BFLOAT16);
                FloatMemory a = memory(ROWS * INNER, i -> random.nextGaussian());
                FloatMemory b = memory(INNER * COLUMNS, i -> random.nextGaussian());
                FloatMemory c = FloatMemory.allocate(ROWS * COLUMNS)) {
            multiplier.multiply(Transpose.YES, Transpose.NO, ROWS, COLUMNS, INNER, a, b, c, Destination.OVERWRITE);
            return c.toArray();
        }
    }

    @Test
    void smallProductsAreThoseOfFloat32() {
        assumeBfloat16();
        Random random = new Random(4);
        int small = Multiplier.LEAST_REDUCED - 1;
        try (Multiplier multiplier = Multiplier.of(Precision.BFLOAT16);
                FloatMemory a = memory(ROWS * small, i -> random.nextGaussian());
                FloatMemory b = memory(small * COLUMNS, i -> random.nextGaussian());
                FloatMemory expected = FloatMemory.allocate(ROWS * COLUMNS);
                FloatMemory found = FloatMemory.allocate(ROWS * COLUMNS)) {
            Blas.multiply(Transpose.NO, Transpose.NO, ROWS, COLUMNS, small, a, b, expected, Destination.OVERWRITE);
            multiplier.multiply(Transpose.NO, Transpose.NO, ROWS, COLUMNS, small, a, b, found, Destination.OVERWRITE);
            assertThat(found.toArray()).containsExactly(expected.toArray());
        }
    }

    @Test
    void tooSmallMatrixIsRefused() {
        assumeBfloat16();
        try (Multiplier multiplier = Multiplier.of(Precision.BFLOAT16);
                FloatMemory large = FloatMemory.allocate(64 * 64);
                FloatMemory small = FloatMemory.allocate(64 * 63)) {
            assertThatThrownBy(() -> multiplier.multiply(
                            Transpose.NO, Transpose.NO, 64, 64, 64, large, small, large, Destination.OVERWRITE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("b must hold 64 x 64 floats with both sizes at least 1, but has length 4032");
        }
    }

    @Test
    void otherLibrariesHaveNone() throws Exception {
        assertThat(JavaProgram.output(Print.class, List.of("-Delbow.blas=java"), Map.of()))
                .isEqualTo("matrix products are those of java, not of oneDNN; bfloat16 products cannot be made: matrix"
                        + " products are those of java, not of oneDNN");
    }

    @Test
    void olderKernelsHaveNone() throws Exception {
        assumeThat(Blas.vendor()).isEqualTo("onednn");
        assertThat(JavaProgram.output(Print.class, List.of(), Map.of("ONEDNN_MAX_CPU_ISA", "AVX2")))
                .containsPattern("^(the CPU has neither AMX|oneDNN is held to kernels without them)");
    }

    @Test
    void descriptionNamesTheInstructions() {
        assertThat(Precision.FLOAT32.description()).isEqualTo("float32");
        assumeBfloat16();
        assertThat(Precision.BFLOAT16.description()).isIn("bfloat16 by AMX", "bfloat16 by AVX-512 BF16");
    }

    private static FloatMemory memory(int length, IntToDoubleFunction value) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) value.applyAsDouble(i);
        }
        FloatMemory memory = FloatMemory.allocate(length);
        memory.put(0, values, length);
        return memory;
    }
}
