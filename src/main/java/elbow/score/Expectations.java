package elbow.score;

import elbow.vae.VaeGenerator;
import elbow.vae.input.RowBatch;
import java.util.Arrays;
import java.util.stream.LongStream;

/** What a model expects, computed on the driver for a few rows: encoded values, one array per row. */
public final class Expectations {
    private Expectations() {}

    /**
     * The decoder's expectation at each row's posterior mean.
     *
     * @param rows encoded rows, each as long as the model is wide
     */
    public static float[][] reconstructions(ScoringModel model, float[][] rows) {
        if (rows.length == 0) {
            return rows;
        }
        try (ModelInTask used = new ModelInTask(model)) {
            int columns = used.columns();
            float[] flat = new float[rows.length * columns];
            for (int row = 0; row < rows.length; row++) {
                System.arraycopy(rows[row], 0, flat, row * columns, columns);
            }
            EncodedRows chunk = used.newChunk();
            float[] expected = new float[chunk.capacity() * columns];
            for (int from = 0; from < rows.length; from += chunk.capacity()) {
                int count = Math.min(chunk.capacity(), rows.length - from);
                chunk.load(flat, from, count);
                used.reconstruct(chunk, expected);
                System.arraycopy(expected, 0, flat, from * columns, count * columns);
            }
            return split(flat, columns);
        }
    }

    /** The decoder's expectation for {@code count} latent vectors drawn from the prior. */
    public static float[][] priorSamples(ScoringModel model, int count) {
        return priorSamples(
                model, count, (generator, numbers) -> generator.drawPrior(model.seed(), numbers, numbers.length));
    }

    /**
     * The decoder's expectation for a latent vector drawn from the prior for each of {@code rows}, given its
     * conditions.
     *
     * @param rows encoded rows, each as long as the model is wide; nothing but their conditions is looked at
     */
    public static float[][] priorSamples(ScoringModel model, float[][] rows) {
        return priorSamples(model, rows.length, (generator, numbers) -> {
            int columns = generator.spec().inputSize();
            float[] conditions = new float[numbers.length * columns];
            for (int i = 0; i < numbers.length; i++) {
                System.arraycopy(rows[(int) numbers[i]], 0, conditions, i * columns, columns);
            }
            generator.drawPrior(model.seed(), numbers, RowBatch.of(columns, conditions));
        });
    }

    /** Sets a generator's latents to the draws of these numbers. */
    private interface Draws {
        void draw(VaeGenerator generator, long[] numbers);
    }

    private static float[][] priorSamples(ScoringModel model, int count, Draws draws) {
        float[][] samples = new float[count][];
        if (count == 0) {
            return samples;
        }
        try (ModelInTask used = new ModelInTask(model)) {
            VaeGenerator generator = used.generator();
            int most = Math.min(count, generator.blockRows());
            float[] expected = new float[most * used.columns()];
            for (int first = 0; first < count; first += most) {
                long[] numbers =
                        LongStream.range(first, Math.min(count, first + most)).toArray();
                draws.draw(generator, numbers);
                generator.expected(expected);
                System.arraycopy(split(expected, used.columns()), 0, samples, first, numbers.length);
            }
        }
        return samples;
    }

    private static float[][] split(float[] flat, int columns) {
        float[][] rows = new float[flat.length / columns][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(flat, row * columns, (row + 1) * columns);
        }
        return rows;
    }
}
