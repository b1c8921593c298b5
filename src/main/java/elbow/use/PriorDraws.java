package elbow.use;

import elbow.density.LatentMixture;
import elbow.score.ModelInTask;
import elbow.vae.VaeGenerator;
import elbow.vae.input.RowBatch;
import org.jspecify.annotations.Nullable;

/**
 * Draws of latents from the prior, or from the density that was fitted in its place, by their numbers, under the
 * conditions that go with these.
 */
final class PriorDraws {
    private static final int WORDS = 4;

    private final ModelInTask used;
    private final long seed;
    private final LatentMixture.@Nullable Draws fitted;
    private final float[] latents;
    private final @Nullable GivenConditions conditions;
    private final @Nullable RowBatch batch;
    private final int[] rows;
    private final int[] words = new int[WORDS];

    /**
     * @param fitted the density in the prior's place; null: the prior
     * @param conditions null: the model has none
     */
    PriorDraws(ModelInTask used, @Nullable LatentMixture fitted, @Nullable GivenConditions conditions, long seed) {
        this.used = used;
        this.seed = seed;
        this.fitted = fitted == null ? null : fitted.draws(seed);
        this.conditions = conditions;
        int most = used.generator().blockRows();
        latents = new float[fitted == null ? 0 : most * used.latentSize()];
        batch = conditions == null ? null : new RowBatch(used.columns(), most);
        rows = new int[most];
    }

    /** Sets the model's latents. */
    void draw(long[] numbers, int count) {
        VaeGenerator generator = used.generator();
        if (conditions == null || batch == null) {
            if (fitted == null) {
                generator.drawPrior(seed, numbers, count);
            } else {
                drawFitted(fitted, numbers, count);
                generator.put(latents, count);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            rows[i] = conditions.row(seed, numbers[i], words);
            conditions.load(rows[i], batch, i);
        }
        batch.holdWithGaps(count);
        if (fitted == null) {
            generator.drawPrior(seed, numbers, batch);
        } else {
            drawFitted(fitted, numbers, count);
            generator.put(latents, batch);
        }
    }

    private void drawFitted(LatentMixture.Draws from, long[] numbers, int count) {
        for (int row = 0; row < count; row++) {
            from.draw(numbers[row], latents, row * used.latentSize());
        }
    }

    /**
     * Writes the conditions of the latents that were drawn last, as they are.
     *
     * @param place of the latents
     * @param places where the row that is made has each condition
     */
    void put(int place, int[] places, @Nullable Object[] made) {
        if (conditions != null) {
            conditions.put(rows[place], places, made);
        }
    }
}
