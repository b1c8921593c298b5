package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernels")
final class JavaLoopsTest {
    @Test
    void everyElementIsTheSumInOrderWithEachStepRounded() {
        int rows = 40;
        int columns = 67;
        int inner = 129;
        float[] left = random(1, rows * inner);
        float[] right = random(2, inner * columns);
        try (FloatMemory a = memory(left);
                FloatMemory b = memory(right);
                FloatMemory c = FloatMemory.allocate((long) rows * columns)) {
            JavaLoops loops = new JavaLoops();
            // Often enough to be compiled: vector code must round as the interpreter does.
            for (int i = 0; i < 30; i++) {
                loops.multiply(Transpose.NO, Transpose.YES, rows, columns, inner, a, b, c, Destination.OVERWRITE);
            }
            float[] product = c.toArray();
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    float sum = 0;
                    for (int k = 0; k < inner; k++) {
                        sum += left[row * inner + k] * right[column * inner + k];
                    }
                    assertThat(product[row * columns + column]).isEqualTo(sum);
                }
            }
        }
    }

    private static FloatMemory memory(float[] values) {
        FloatMemory memory = FloatMemory.allocate(values.length);
        memory.put(0, values, values.length);
        return memory;
    }

    private static float[] random(long seed, int length) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
