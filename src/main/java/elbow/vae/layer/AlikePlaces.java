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

    /** Weights that are made at once; a multiple of the words that come together. */
    private static final int PIECE = 1 << 12;

    // Rows of the noise.
    private static final long INPUTS = 0;
    private static final long WEIGHTS = 1;

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
            fill(weights, length);
            int probes = Math.max(MINIMUM_PROBES, Math.min(MAXIMUM_PROBES, PROBED_TERMS / length));
            for (int probe = 0; probe < probes; probe++) {
                float[] row = row(probe, inputs);
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

    // Piece by piece: the weights of the largest layer fill gigabytes, and the heap need not hold them as well.
    private static void fill(FloatMemory weights, int length) {
        long key = NoiseStream.PROBE.key(0, 0);
        int[] firsts = new int[PIECE / KeyedNoise.WORDS];
        int[] words = new int[PIECE];
        float[] values = new float[PIECE];
        int count;
        for (int from = 0; from < length; from += count) {
            count = Math.min(PIECE, length - from);
            int blocks = (count + KeyedNoise.WORDS - 1) / KeyedNoise.WORDS;
            for (int block = 0; block < blocks; block++) {
                firsts[block] = from + block * KeyedNoise.WORDS;
            }
            KeyedNoise.words(key, WEIGHTS, 0, firsts, blocks, words);
            KeyedNoise.normal(words, count, values);
            weights.put(from, values, count);
        }
    }

    private static float[] row(int probe, int count) {
        int[] bits = new int[count + KeyedNoise.WORDS - 1];
        float[] values = new float[count];
        KeyedNoise.bits(NoiseStream.PROBE.key(0, probe), INPUTS, 0, count, bits);
        KeyedNoise.normal(bits, count, values);
        return values;
    }
}
