package elbow.train.averaging;

import elbow.math.FloatMemory;
import elbow.vae.VaeEngine;
import elbow.vae.VaeSpec;
import elbow.vae.input.RowBatch;
import java.util.Arrays;

/**
 * Leaves out of each minibatch the share of its rows that cost most, so that a step descends the least trimmed sum of
 * losses (Rousseeuw. Least median of squares regression. JASA 1984). What they cost is told by a teacher, an
 * exponential average of the parameters (Tarvainen and Valpola. Mean teachers are better role models. NeurIPS 2017): a
 * network that has just learned a row would find it usual.
 *
 * <p>Rows left out have no gradient. The others weigh as they would in a minibatch of themselves, one over their
 * number, and have the same noise.
 */
final class RowTrimmer implements AutoCloseable {
    /** Share of the teacher that remains in a step: it remembers a hundred of them. */
    private static final float DECAY = 0.99f;

    private static final int TILE = 4096;

    private final VaeEngine engine;
    private final FloatMemory teacher;
    private final double share;
    private final RowBatch kept;
    private final double[] losses;
    private final double[] sorted;
    private final float[] tile = new float[TILE];
    private final float[] latest = new float[TILE];

    /**
     * @param batchSize the largest minibatch
     * @param share of the rows to leave out, in (0, 1); of a minibatch so many whole rows
     * @param gradients as long as the parameters; not written to
     */
    RowTrimmer(VaeSpec spec, int batchSize, double share, FloatMemory gradients) {
        this.share = share;
        engine = new VaeEngine(spec, batchSize);
        teacher = FloatMemory.allocate(engine.layout().length());
        engine.bind(teacher, gradients);
        kept = new RowBatch(spec.inputSize(), batchSize);
        losses = new double[batchSize];
        sorted = new double[batchSize];
    }

    /** Parameters of the teacher, to be set before the first minibatch. */
    FloatMemory teacher() {
        return teacher;
    }

    /** The rows of a minibatch that are kept, in their order; overwritten by the next call. */
    RowBatch trim(RowBatch batch, long seed, long step) {
        int rows = batch.count();
        int keep = rows - (int) (share * rows);
        if (keep == rows) {
            return batch;
        }
        engine.losses(batch, seed, step, losses);
        System.arraycopy(losses, 0, sorted, 0, rows);
        // A loss that is not a number is the highest.
        Arrays.sort(sorted, 0, rows);
        double highest = sorted[keep - 1];
        int ties = keep - below(highest, rows);
        int count = 0;
        for (int row = 0; row < rows; row++) {
            int comparison = Double.compare(losses[row], highest);
            if (comparison < 0 || (comparison == 0 && ties-- > 0)) {
                copy(batch, row, count++);
            }
        }
        if (batch.observed() == null) {
            kept.holdComplete(count);
        } else {
            kept.holdWithGaps(count);
        }
        return kept;
    }

    private int below(double highest, int rows) {
        int below = 0;
        for (int row = 0; row < rows; row++) {
            if (Double.compare(losses[row], highest) < 0) {
                below++;
            }
        }
        return below;
    }

    private void copy(RowBatch batch, int row, int place) {
        int columns = batch.columns();
        System.arraycopy(batch.values(), row * columns, kept.values(), place * columns, columns);
        byte[] observed = batch.observed();
        if (observed != null) {
            System.arraycopy(observed, row * columns, kept.mask(), place * columns, columns);
        }
        kept.keys()[place] = batch.keys()[row];
    }

    /** Draws the teacher towards the parameters after a step. */
    void follow(FloatMemory parameters) {
        for (int from = 0; from < teacher.length(); from += TILE) {
            int count = Math.min(TILE, teacher.length() - from);
            teacher.get(from, tile, count);
            parameters.get(from, latest, count);
            for (int i = 0; i < count; i++) {
                tile[i] = DECAY * tile[i] + (1 - DECAY) * latest[i];
            }
            teacher.put(from, tile, count);
        }
    }

    @Override
    public void close() {
        engine.close();
        teacher.close();
    }
}
