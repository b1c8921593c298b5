package elbow.use;

import elbow.data.encoding.RowDecoder;
import elbow.data.table.MadeRows;
import elbow.score.ModelInTask;
import elbow.vae.input.RowBatch;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What a model makes of rows: of each column the expected value at the posterior mean, or a draw of latents from q(z|x)
 * and of values given these. Of missing values, too. Conditions pass as they are.
 */
public final class Reconstruction {
    private Reconstruction() {}

    /**
     * How rows are reconstructed.
     *
     * @param kept columns of the rows that the result repeats, before those of the model
     * @param take what the values are
     * @param seed of the noise
     */
    public record Plan(List<String> kept, Take take, long seed) {
        public Plan {
            kept = List.copyOf(kept);
        }
    }

    /**
     * The model's columns of rows as it reconstructs them, in their own units and in the types of training, computed
     * when they are used.
     *
     * @throws elbow.base.ElbowException of category INPUT if a column that the model needs is missing or of another
     *     type; of category USAGE if a kept column is missing, is named twice or is one of the model
     */
    public static Dataset<Row> reconstruct(Dataset<Row> rows, UsedModel model, Plan plan) {
        model.encoder().check(rows.schema());
        StructType made = model.schema(rows.schema());
        List<StructField> kept = KeptColumns.of(rows.schema(), plan.kept(), List.of(made.fieldNames()));
        StructType schema = KeptColumns.schema(kept, made);
        var broadcast = model.broadcast(rows.sparkSession());
        Decoding decoding = new Decoding(schema.size(), plan.seed(), plan.take(), model.decoder(schema), new float[0]);
        PassedColumns passed = PassedColumns.first(kept).with(model, schema);
        return MadeRows.of(
                rows.sparkSession(), schema, () -> RowBlocks.of(rows, model.encoder(), passed, broadcast, decoding));
    }

    /** The work of one task: encodes, moves the means if asked, decodes. */
    static final class Decoding implements RowBlocks.Work {
        private static final long serialVersionUID = 1L;

        private final int width;
        private final long seed;
        private final Take take;
        private final RowDecoder decoder;
        private final float[] shift;

        /** @param shift what is added to each row's means; empty: nothing */
        Decoding(int width, long seed, Take take, RowDecoder decoder, float[] shift) {
            this.width = width;
            this.seed = seed;
            this.take = take;
            this.decoder = decoder;
            this.shift = shift.clone();
        }

        @Override
        public void add(ModelInTask used, RowBlocks.Block block, List<InternalRow> made) {
            int count = block.count();
            int columns = used.columns();
            long[] keys = block.batch().keys();
            used.generator().encode(block.batch(), seed);
            if (shift.length > 0) {
                move(used, block.batch());
            } else if (take == Take.DRAWN) {
                used.generator().drawPosterior(seed, 0);
            }
            float[] values = new float[count * columns];
            if (take == Take.DRAWN) {
                used.generator().draw(seed, keys, 0, values);
            } else {
                used.generator().expected(values);
            }
            RowWriter writer = new RowWriter(decoder, take, seed);
            for (int row = 0; row < count; row++) {
                @Nullable Object[] written = new @Nullable Object[width];
                block.copyPassed(row, written);
                writer.write(values, row * columns, keys[row], 0, written);
                made.add(new GenericInternalRow(written));
            }
        }

        private void move(ModelInTask used, RowBatch batch) {
            int size = used.latentSize();
            float[] means = new float[batch.count() * size];
            used.generator().copyPosterior(means, new float[means.length]);
            for (int i = 0; i < means.length; i++) {
                means[i] += shift[i % size];
            }
            used.generator().put(means, batch);
        }
    }
}
