package elbow.use;

import elbow.data.encoding.Cell.Form;
import elbow.data.encoding.RowDecoder;
import elbow.vae.VaeGenerator;
import elbow.vae.input.RowBatch;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** What stands for the gaps of a block of rows. */
final class FilledGaps {
    private final RowBatch batch;
    private final RowDecoder decoder;
    private final int size;
    private final int samples;
    private final Form form;
    // Sums over the draws: of the expected values; of numbers, and of their squares, from the first one on.
    private final double[] expected;
    private final double[] first;
    private final double[] sums;
    private final double[] squares;
    private final List<float[]> draws = new ArrayList<>();
    private final RowWriter writer;

    /**
     * Draws latents and values of each row.
     *
     * @param generator of the model, whose block it sets
     * @param batch at least 1 row; kept
     */
    FilledGaps(VaeGenerator generator, RowBatch batch, RowDecoder decoder, Imputation.Plan plan) {
        this.batch = batch;
        this.decoder = decoder;
        size = batch.columns();
        samples = plan.samples();
        form = plan.take() == Take.EXPECTED ? Form.CENTRAL : Form.DRAWN;
        writer = new RowWriter(decoder, form, plan.seed());
        int cells = decoder.cells();
        expected = new double[batch.count() * size];
        first = new double[batch.count() * cells];
        sums = new double[first.length];
        squares = new double[first.length];
        generator.encode(batch, plan.seed());
        for (int sample = 0; sample < Math.max(samples, plan.imputations()); sample++) {
            float[] values = new float[batch.count() * size];
            generator.drawPosterior(plan.seed(), sample);
            if (sample < samples) {
                generator.expected(values);
                for (int i = 0; i < expected.length; i++) {
                    expected[i] += values[i];
                }
            }
            generator.draw(plan.seed(), batch.keys(), sample, values);
            if (sample < samples) {
                addNumbers(values, sample == 0);
            }
            if (plan.take() == Take.DRAWN && sample < plan.imputations()) {
                draws.add(values);
            }
        }
        if (plan.take() == Take.EXPECTED) {
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

    /**
     * Fills the gaps of a row, and says which they were.
     *
     * @param row of the batch
     * @param imputation which of the completed tables, from 0
     * @param columns the names of the decoder's cells
     * @param written the row that is written, whose gaps are overwritten
     */
    GenericArrayData fill(int row, int imputation, String[] columns, @Nullable Object[] written) {
        float[] values = draws.get(imputation);
        byte[] mask = batch.mask();
        List<InternalRow> filled = new ArrayList<>();
        writer.begin(batch.keys()[row], imputation);
        for (int cell = 0; cell < decoder.cells(); cell++) {
            if (mask[row * size + decoder.offset(cell)] == 0) {
                if (writer.write(cell, values, row * size, written)) {
                    filled.add(new GenericInternalRow(
                            new @Nullable Object[] {UTF8String.fromString(columns[cell]), uncertainty(row, cell, values)
                            }));
                }
            }
        }
        return new GenericArrayData(filled.toArray());
    }

    private @Nullable Double uncertainty(int row, int cell, float[] values) {
        int from = row * size + decoder.offset(cell);
        if (decoder.isCategory(cell)) {
            return orNone(1 - expected[from + decoder.code(cell, values, row * size, form)] / samples);
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
