package elbow.score;

import elbow.density.LatentMixture;
import elbow.vae.VaeGenerator;
import elbow.vae.input.RowBatch;
import java.util.Arrays;
import java.util.Optional;
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
        return priorSamples(model, Optional.empty(), count);
    }

    /**
     * The decoder's expectation for {@code count} latent vectors.
     *
     * @param fitted the density that they are drawn from; empty: the prior
     */
    public static float[][] priorSamples(ScoringModel model, Optional<LatentMixture> fitted, int count) {
        return priorSamples(model, count, (generator, numbers) -> {
            if (fitted.isEmpty()) {
                generator.drawPrior(model.seed(), numbers, numbers.length);
            } else {
                generator.put(latents(model, fitted.get(), numbers), numbers.length);
            }
        });
    }

    private static float[] latents(ScoringModel model, LatentMixture fitted, long[] numbers) {
        LatentMixture.Draws draws = fitted.draws(model.seed());
        float[] latents = new float[numbers.length * fitted.latents()];
        for (int row = 0; row < numbers.length; row++) {
            draws.draw(numbers[row], latents, row * fitted.latents());
        }
        return latents;
    }

    /**
     * The decoder's expectation for a latent vector for each of {@code rows}, given its conditions.
     *
     * @param fitted the density that they are drawn from; empty: the prior
     * @param rows encoded rows, each as long as the model is wide; nothing but their conditions is looked at
     */
    public static float[][] priorSamples(ScoringModel model, Optional<LatentMixture> fitted, float[][] rows) {
        return priorSamples(model, rows.length, (generator, numbers) -> {
            int columns = generator.spec().inputSize();
            float[] conditions = new float[numbers.length * columns];
            for (int i = 0; i < numbers.length; i++) {
                System.arraycopy(rows[(int) numbers[i]], 0, conditions, i * columns, columns);
            }
            RowBatch given = RowBatch.of(columns, conditions);
            if (fitted.isEmpty()) {
                generator.drawPrior(model.seed(), numbers, given);
            } else {
                generator.put(latents(model, fitted.get(), numbers), given);
            }
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
