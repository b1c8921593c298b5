package elbow.score;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.feature.FeatureLayout;
import elbow.model.NormalParts;
import elbow.model.TrainedModel;
import elbow.vae.RowScores;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Explains a row's anomaly score by what each column adds to it beyond the normal mean: the rows of
 * {@link ScoreColumns#CONTRIBUTIONS}. Conditions are given and add nothing.
 */
final class Explanation implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The entry of the KL divergence. */
    static final String LATENT = "latent";

    /** The entry of all columns that are not named. */
    static final String OTHER = "other";

    private final FeatureLayout layout;
    private final NormalParts normal;
    private final int named;
    private final List<String> columns;
    private final int[] fields;
    private final boolean[] truths;

    private Explanation(FeatureLayout layout, NormalParts normal, int named, StructType schema) {
        this.layout = layout;
        this.normal = normal;
        this.named = Math.min(named, layout.features());
        columns = layout.columns();
        fields = layout.fields(schema);
        truths = new boolean[fields.length];
        for (int i = 0; i < fields.length; i++) {
            truths[i] = schema.fields()[fields[i]].dataType() instanceof BooleanType;
        }
    }

    /**
     * Explains rows of {@code schema}.
     *
     * @param named how many columns are named, at least 1
     * @throws ElbowException of category MODEL if the model does not know what is normal
     */
    static Explanation of(TrainedModel model, int named, StructType schema) {
        NormalParts normal = model.calibration()
                .normal()
                .orElseThrow(() -> new ElbowException(
                        ErrorCategory.MODEL,
                        Message.of(
                                "contributions must be measured against normal rows, but model "
                                        + model.manifest().modelId()
                                        + " does not say what its columns normally contribute: run ",
                                Parameter.CALIBRATE,
                                " on normal rows once")));
        return new Explanation(model.encoder().layout(), normal, named, schema);
    }

    FeatureLayout layout() {
        return layout;
    }

    /**
     * The columns that add most, from the highest contribution on, of equal ones in the encoder's order; then the KL
     * divergence; then the sum of all other columns, if there are any. All together sum to the anomaly score less its
     * mean over normal rows.
     *
     * @param input the row as it was read
     * @param row its place in the chunk
     * @param scores of the chunk, with its column parts and expectations
     * @param ofGroup what is normal for the group whose network scored them; null: for the model
     */
    Row[] explain(
            Row input, EncodedRows rows, int row, ColumnParts parts, RowScores scores, @Nullable NormalParts ofGroup) {
        NormalParts usual = ofGroup == null ? normal : ofGroup;
        double[] nats = parts.of(rows, scores, row);
        for (int column = 0; column < nats.length; column++) {
            nats[column] -= usual.mean(column);
        }
        int[] order = IntStream.range(0, nats.length)
                .boxed()
                .sorted(Comparator.comparingDouble(column -> -nats[column]))
                .mapToInt(Integer::intValue)
                .toArray();
        Row[] entries = new Row[named + (named < nats.length ? 2 : 1)];
        for (int i = 0; i < named; i++) {
            entries[i] = entry(input, rows, row, order[i], nats[order[i]], scores.expected());
        }
        entries[named] = RowFactory.create(LATENT, scores.kl(row) - usual.latent(), null, null);
        if (named < nats.length) {
            double others = Arrays.stream(order, named, order.length)
                    .mapToDouble(column -> nats[column])
                    .sum();
            entries[named + 1] = RowFactory.create(OTHER, others, null, null);
        }
        return entries;
    }

    private Row entry(Row input, EncodedRows rows, int row, int column, double nats, float[] expected) {
        int width = layout.width();
        byte @Nullable [] observed = rows.observed();
        boolean there = observed == null || observed[row * width + layout.offset(column)] != 0;
        String found = there ? FeatureLayout.observedText(input.get(fields[column])) : null;
        String usual = layout.expectedText(column, expected, row * width);
        boolean truth = truths[column] || "true".equalsIgnoreCase(found) || "false".equalsIgnoreCase(found);
        if (truth && ("0".equals(usual) || "1".equals(usual))) {
            usual = Boolean.toString("1".equals(usual));
        }
        return RowFactory.create(columns.get(column), nats, found, usual);
    }
}
