package elbow.fit;

import elbow.data.reference.SampledRow;
import elbow.score.ModelInTask;
import elbow.score.ScoringModel;
import elbow.vae.VaeGenerator;
import elbow.vae.input.RowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Draws from the posteriors of some rows, on the driver, with what the prior says of them. The noise of a row is keyed
 * by its place: rows that are equal have draws of their own.
 */
final class PosteriorDraws {
    /** Rows, at the most. */
    private static final int MOST_ROWS = 1 << 14;

    /** As many draws there are at least, of few rows several each. */
    private static final int FEW = 1 << 12;

    private static final int MOST_OF_A_ROW = 8;

    /** One row of so many is held out. */
    private static final int HELD_OUT = 4;

    private final List<Draw> draws = new ArrayList<>();

    /**
     * One draw.
     *
     * @param row its row's place among those that were drawn for
     * @param latents finite
     * @param priorLogDensity log p(z) under the prior, in nats
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Draw(int row, double[] latents, double priorLogDensity) {
        boolean isHeldOut() {
            return row % HELD_OUT == HELD_OUT - 1;
        }
    }

    private PosteriorDraws() {}

    /** Draws for rows at even steps, without latents that are not finite. */
    static PosteriorDraws of(ScoringModel model, List<SampledRow> rows) {
        PosteriorDraws made = new PosteriorDraws();
        int count = Math.min(MOST_ROWS, rows.size());
        int repeats = Math.max(1, Math.min(MOST_OF_A_ROW, FEW / Math.max(1, count)));
        try (ModelInTask used = new ModelInTask(model)) {
            RowBatch batch = new RowBatch(used.columns(), used.generator().blockRows());
            for (int first = 0; first < count; first += batch.capacity()) {
                int last = Math.min(count, first + batch.capacity());
                batch.holdComplete(0);
                for (int row = first; row < last; row++) {
                    int place = (int) ((long) row * rows.size() / count);
                    rows.get(place).copy(batch.values(), batch.mask(), batch.count() * batch.columns());
                    batch.holdNext();
                }
                batch.withKeys(LongStream.range(first, last).toArray());
                made.draw(used.generator(), batch, first, repeats, model.seed());
            }
        }
        return made;
    }

    private void draw(VaeGenerator generator, RowBatch batch, int first, int repeats, long seed) {
        int count = batch.count();
        int size = generator.spec().latentSize();
        float[] flat = new float[count * size];
        double[] logDensities = new double[count];
        generator.encode(batch, seed);
        for (int sample = 0; sample < repeats; sample++) {
            generator.drawPosterior(seed, sample);
            generator.copyLatents(flat);
            generator.priorLogDensities(logDensities);
            for (int row = 0; row < count; row++) {
                double[] latents = new double[size];
                for (int i = 0; i < size; i++) {
                    latents[i] = flat[row * size + i];
                }
                if (Double.isFinite(logDensities[row]) && Arrays.stream(latents).allMatch(Double::isFinite)) {
                    draws.add(new Draw(first + row, latents, logDensities[row]));
                }
            }
        }
    }

    /** Three of four rows' draws. */
    double[][] training() {
        return draws.stream()
                .filter(draw -> !draw.isHeldOut())
                .map(Draw::latents)
                .toArray(double[][]::new);
    }

    /** The other rows' draws. */
    List<Draw> heldOut() {
        return draws.stream().filter(Draw::isHeldOut).toList();
    }
}
