package elbow.use;

import elbow.data.encoding.RowDecoder;
import elbow.score.ModelInTask;
import elbow.use.RowBlocks.Block;
import elbow.vae.input.RowBatch;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.jspecify.annotations.Nullable;

/** The work of {@link Imputation} in one task. */
final class GapFilling implements RowBlocks.Work {
    private static final long serialVersionUID = 1L;

    private final RowDecoder decoder;
    private final String[] columns;
    private final int width;
    private final Take take;
    private final int imputations;
    private final int samples;
    private final long seed;

    /** @param columns of the cells of the decoder */
    GapFilling(RowDecoder decoder, List<String> columns, int width, Imputation.Plan plan) {
        this.decoder = decoder;
        this.columns = columns.toArray(String[]::new);
        this.width = width;
        // By parts: a record is nothing for every serializer of Spark's.
        take = plan.take();
        imputations = plan.imputations();
        samples = plan.samples();
        seed = plan.seed();
    }

    @Override
    public void add(ModelInTask used, Block block, List<InternalRow> made) {
        int[] places = new int[block.count()];
        RowBatch gaps = withGaps(block.batch(), places);
        Imputation.Plan plan = new Imputation.Plan(take, imputations, samples, seed);
        FilledGaps filled = gaps.count() == 0 ? null : new FilledGaps(used.generator(), gaps, decoder, plan);
        for (int row = 0; row < block.count(); row++) {
            for (int imputation = 0; imputation < imputations; imputation++) {
                @Nullable Object[] written = new @Nullable Object[width];
                block.copyPassed(row, written);
                if (imputations > 1) {
                    written[width - 2] = imputation + 1;
                }
                if (places[row] >= 0 && filled != null) {
                    written[width - 1] = filled.fill(places[row], imputation, columns, written);
                }
                made.add(new GenericInternalRow(written));
            }
        }
    }

    // The rows with gaps that can be filled. Places: index of each row in the block of incomplete rows; -1 if complete.
    private RowBatch withGaps(RowBatch all, int[] places) {
        int columns = all.columns();
        int modelled = decoder.columns();
        RowBatch some = new RowBatch(columns, Math.max(1, all.count()));
        byte @Nullable [] observed = all.observed();
        int count = 0;
        for (int row = 0; row < all.count(); row++) {
            boolean complete = true;
            for (int i = row * columns; i < row * columns + modelled && complete && observed != null; i++) {
                complete = observed[i] != 0;
            }
            places[row] = complete ? -1 : count;
            if (!complete && observed != null) {
                System.arraycopy(all.values(), row * columns, some.values(), count * columns, columns);
                System.arraycopy(observed, row * columns, some.mask(), count * columns, columns);
                some.keys()[count++] = all.keys()[row];
            }
        }
        some.holdWithGaps(count);
        return some;
    }
}
