package elbow.use;

import elbow.data.encoding.RowDecoder;
import elbow.score.ModelInTask;
import elbow.use.RowBlocks.Block;
import elbow.vae.input.RowBatch;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
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
        take = plan.take();
        imputations = plan.imputations();
        samples = plan.samples();
        seed = plan.seed();
    }

    @Override
    public void add(ModelInTask used, Block block, List<InternalRow> made) {
        int[] places = new int[block.count()];
        RowBatch gaps = withGaps(block.batch(), places);
        Filled filled = gaps.count() == 0 ? null : new Filled(used, gaps);
        for (int row = 0; row < block.count(); row++) {
            for (int imputation = 0; imputation < imputations; imputation++) {
                @Nullable Object[] written = new @Nullable Object[width];
                block.copyPassed(row, written);
                if (imputations > 1) {
                    written[width - 2] = imputation + 1;
                }
                if (places[row] >= 0 && filled != null) {
                    written[width - 1] = filled.fill(places[row], imputation, written);
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

    /** What stands for the gaps of a block. */
    private final class Filled {
        private final RowBatch batch;
        private final int size;
        // Sums over the draws: of the expected values; of numbers, and of their squares, from the first one on.
        private final double[] expected;
        private final double[] first;
        private final double[] sums;
        private final double[] squares;
        private final List<float[]> draws = new ArrayList<>();
        private final RowWriter writer = new RowWriter(decoder, take, seed);

        Filled(ModelInTask used, RowBatch batch) {
            this.batch = batch;
            size = batch.columns();
            int cells = decoder.cells();
            expected = new double[batch.count() * size];
            first = new double[batch.count() * cells];
            sums = new double[first.length];
            squares = new double[first.length];
            used.generator().encode(batch, seed);
            for (int sample = 0; sample < Math.max(samples, imputations); sample++) {
                float[] values = new float[batch.count() * size];
                used.generator().drawPosterior(seed, sample);
                if (sample < samples) {
                    used.generator().expected(values);
                    for (int i = 0; i < expected.length; i++) {
                        expected[i] += values[i];
                    }
                }
                used.generator().draw(seed, batch.keys(), sample, values);
                if (sample < samples) {
                    addNumbers(values, sample == 0);
                }
                if (take == Take.DRAWN && sample < imputations) {
                    draws.add(values);
                }
            }
            if (take == Take.EXPECTED) {
                float[] means = new float[expected.length];
                for (int i = 0; i < means.length; i++) {
                    means[i] = (float) (expected[i] / samples);
                }
                draws.add(means);
            }
        }

        private void addNumbers(float[] values, boolean isFirst) {
            for (int row = 0; row < batch.count(); row++) {
                for (int cell = 0; cell < decoder.cells(); cell++) {
                    int at = row * decoder.cells() + cell;
                    double number = decoder.number(cell, values, row * size);
                    first[at] = isFirst ? number : first[at];
                    double difference = number - first[at];
                    sums[at] += difference;
                    squares[at] += difference * difference;
                }
            }
        }

        /** Fills the gaps of a row, and says which they were. */
        GenericArrayData fill(int row, int imputation, @Nullable Object[] written) {
            float[] values = draws.get(imputation);
            byte[] mask = batch.mask();
            List<InternalRow> filled = new ArrayList<>();
            writer.begin(batch.keys()[row], imputation);
            for (int cell = 0; cell < decoder.cells(); cell++) {
                if (mask[row * size + decoder.offset(cell)] == 0) {
                    if (writer.write(cell, values, row * size, written)) {
                        filled.add(new GenericInternalRow(new @Nullable Object[] {
                            UTF8String.fromString(columns[cell]), uncertainty(row, cell, values)
                        }));
                    }
                }
            }
            return new GenericArrayData(filled.toArray());
        }

        private @Nullable Double uncertainty(int row, int cell, float[] values) {
            int from = row * size + decoder.offset(cell);
            if (decoder.isCategory(cell)) {
                int code = 0;
                for (int i = 1; i < decoder.width(cell); i++) {
                    code = values[from + i] > values[from + code] ? i : code;
                }
                return orNone(1 - expected[from + code] / samples);
            }
            if (decoder.isTruth(cell)) {
                double one = expected[from] / samples;
                return orNone(values[from] >= 0.5 ? 1 - one : one);
            }
            int at = row * decoder.cells() + cell;
            double variance = (squares[at] - sums[at] * sums[at] / samples) / (samples - 1);
            return orNone(Math.sqrt(Math.max(0, variance)));
        }

        private static @Nullable Double orNone(double uncertainty) {
            return Double.isNaN(uncertainty) ? null : Math.max(0, uncertainty);
        }
    }
}
