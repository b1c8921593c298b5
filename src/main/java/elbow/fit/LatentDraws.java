package elbow.fit;

import elbow.data.shard.PackedRows;
import elbow.density.LatentMixture;
import elbow.model.LatentGap;
import elbow.model.LatentGaps;
import elbow.score.ModelInTask;
import elbow.score.ScoringModel;
import elbow.vae.VaeGenerator;
import elbow.vae.input.RowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Draws of the latents of rows, from their posteriors, from the prior under their conditions and from the density in
 * its place, on the driver.
 */
final class LatentDraws implements AutoCloseable {
    /** Rows, at the most: their distances are looked at two by two. */
    static final int MOST = 1000;

    private final ModelInTask used;
    private final VaeGenerator generator;
    private final long seed;
    private final RowBatch batch;
    private final List<float[]> posteriors = new ArrayList<>();
    private final List<float[]> prior = new ArrayList<>();
    private final List<float[]> fitted = new ArrayList<>();
    private final Optional<LatentMixture.Draws> mixture;
    private int drawn;

    private LatentDraws(ScoringModel model, Optional<LatentMixture> mixture) {
        used = new ModelInTask(model);
        generator = used.generator();
        seed = model.seed();
        this.mixture = mixture.map(density -> density.draws(seed));
        batch = new RowBatch(used.columns(), generator.blockRows());
    }

    /**
     * The gaps between posteriors and what latents may be drawn from, over the first {@value #MOST} rows, without those
     * whose latents are not finite; empty if none is left.
     *
     * @param latents what they are drawn from
     */
    static Optional<LatentGaps> gaps(ScoringModel model, List<PackedRows> blocks, FitLatents latents) {
        try (LatentDraws draws = new LatentDraws(model, latents.mixture())) {
            for (PackedRows block : blocks) {
                for (int row = 0; row < block.rows() && draws.rows() < MOST; row++) {
                    draws.add(block, row);
                }
            }
            draws.draw();
            return draws.posteriors.isEmpty() ? Optional.empty() : Optional.of(draws.gaps(latents.words()));
        }
    }

    private LatentGaps gaps(String words) {
        float[][] told = posteriors.toArray(float[][]::new);
        return new LatentGaps(
                LatentGap.of(told, prior.toArray(float[][]::new)),
                fitted.isEmpty() ? Optional.empty() : Optional.of(LatentGap.of(told, fitted.toArray(float[][]::new))),
                words);
    }

    private int rows() {
        return drawn + batch.count();
    }

    private void add(PackedRows block, int row) {
        int place = batch.count() * batch.columns();
        block.copyRow(row, batch.values(), place);
        block.copyObservedRow(row, batch.mask(), place);
        batch.holdNext();
        if (batch.count() == batch.capacity()) {
            draw();
        }
    }

    private void draw() {
        int count = batch.count();
        if (count == 0) {
            return;
        }
        generator.encode(batch, seed);
        generator.drawPosterior(seed, 0);
        float[][] told = latents(count);
        long[] numbers = LongStream.range(drawn, drawn + count).toArray();
        if (generator.spec().isConditional()) {
            generator.drawPrior(seed, numbers, batch);
        } else {
            generator.drawPrior(seed, numbers, count);
        }
        float[][] made = latents(count);
        for (int row = 0; row < count; row++) {
            if (isFinite(told[row]) && isFinite(made[row])) {
                posteriors.add(told[row]);
                prior.add(made[row]);
                if (mixture.isPresent()) {
                    fitted.add(fittedDraw(drawn + row));
                }
            }
        }
        drawn += count;
        batch.holdComplete(0);
    }

    private float[] fittedDraw(int number) {
        float[] latents = new float[used.latentSize()];
        mixture.orElseThrow().draw(number, latents, 0);
        return latents;
    }

    private float[][] latents(int count) {
        int size = used.latentSize();
        float[] flat = new float[count * size];
        generator.copyLatents(flat);
        float[][] latents = new float[count][];
        for (int row = 0; row < count; row++) {
            latents[row] = Arrays.copyOfRange(flat, row * size, (row + 1) * size);
        }
        return latents;
    }

    private static boolean isFinite(float[] draw) {
        for (float value : draw) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        used.close();
    }
}
