package elbow.use;

import elbow.score.ModelInTask;
import elbow.vae.input.RowBatch;
import org.jspecify.annotations.Nullable;

/** Draws of latents from the prior, by their numbers, under the conditions that go with these. */
final class PriorDraws {
    private static final int WORDS = 4;

    private final ModelInTask used;
    private final long seed;
    private final @Nullable GivenConditions conditions;
    private final @Nullable RowBatch batch;
    private final int[] rows;
    private final int[] words = new int[WORDS];

    /** @param conditions null: the model has none */
    PriorDraws(ModelInTask used, @Nullable GivenConditions conditions, long seed) {
        this.used = used;
        this.seed = seed;
        this.conditions = conditions;
        batch = conditions == null
                ? null
                : new RowBatch(used.columns(), used.generator().blockRows());
        rows = new int[used.generator().blockRows()];
    }

    /** Sets the model's latents. */
    void draw(long[] numbers, int count) {
        if (conditions == null || batch == null) {
            used.generator().drawPrior(seed, numbers, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            rows[i] = conditions.row(seed, numbers[i], words);
            conditions.load(rows[i], batch, i);
        }
        batch.holdWithGaps(count);
        used.generator().drawPrior(seed, numbers, batch);
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
