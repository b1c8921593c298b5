package elbow.vae.layer;

import elbow.math.FloatMemory;
import elbow.math.noise.KeyedNoise;
import elbow.math.noise.NoiseStream;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which places of a block this process's BLAS treats alike in the product of a {@link PlaceIndependentProduct}: found
 * by putting the same random row everywhere, once for each shape.
 */
final class AlikePlaces {
    /** Products of two numbers that are looked at in each place, at least: few sums of few terms often round alike. */
    private static final int PROBED_TERMS = 1 << 15;

    private static final int MINIMUM_PROBES = 4;
    private static final int MAXIMUM_PROBES = 1 << 10;

    private static final Map<Shape, boolean[]> FOUND = new ConcurrentHashMap<>();

    private record Shape(int rows, int inputs, int outputs) {}

    private AlikePlaces() {}

    /**
     * Sets {@code alike[row]} to false for each place whose product is not bit for bit that of the middle one.
     *
     * @param alike a place for each row of the block
     */
    static void keep(boolean[] alike, int inputs, int outputs) {
        boolean[] found = FOUND.computeIfAbsent(new Shape(alike.length, inputs, outputs), AlikePlaces::find);
        for (int row = 0; row < alike.length; row++) {
            alike[row] &= found[row];
        }
    }

    private static boolean[] find(Shape shape) {
        int rows = shape.rows;
        int inputs = shape.inputs;
        int length = Math.multiplyExact(inputs, shape.outputs);
        boolean[] alike = new boolean[rows];
        Arrays.fill(alike, true);
        try (FloatMemory weights = FloatMemory.allocate(length);
                FloatMemory input = FloatMemory.allocate((long) rows * inputs);
                FloatMemory transposed = FloatMemory.allocate((long) rows * shape.outputs)) {
            weights.put(0, noise(0, 1, length), length);
            int probes = Math.max(MINIMUM_PROBES, Math.min(MAXIMUM_PROBES, PROBED_TERMS / length));
            for (int probe = 0; probe < probes; probe++) {
                float[] row = noise(probe, 0, inputs);
                for (int i = 0; i < rows; i++) {
                    input.put(i * inputs, row, inputs);
                }
                PlaceIndependentProduct.multiply(weights, input, transposed, rows, inputs, shape.outputs);
                markUnlike(alike, transposed.toArray());
            }
        }
        return alike;
    }

    private static void markUnlike(boolean[] alike, float[] transposed) {
        int rows = alike.length;
        for (int first = 0; first < transposed.length; first += rows) {
            float middle = transposed[first + rows / 2];
            for (int row = 0; row < rows; row++) {
                alike[row] &= transposed[first + row] == middle;
            }
        }
    }

    private static float[] noise(int probe, long row, int count) {
        int[] bits = new int[count + KeyedNoise.WORDS - 1];
        float[] values = new float[count];
        KeyedNoise.bits(NoiseStream.PROBE.key(0, probe), row, 0, count, bits);
        KeyedNoise.normal(bits, count, values);
        return values;
    }
}
