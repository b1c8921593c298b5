package elbow.ml;

import elbow.model.HistoryEntry;
import elbow.model.Manifest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What a model was made from, and how its training went.
 *
 * @param manifest data, settings, seed, versions and the figures at the end
 * @param history the network, measured before training and after every few epochs, on the rows held out
 */
public record ModelSummary(Manifest manifest, List<HistoryEntry> history) {
    public ModelSummary {
        history = List.copyOf(history);
    }

    /** The first 12 hex digits of the SHA-256 over encoder and network: equal models have equal ones. */
    public String modelId() {
        return manifest.modelId();
    }

    /** The figures at the end: ELBO and its terms are means over the rows held out, in nats per row. */
    public Manifest.TrainingSummary training() {
        return manifest.training();
    }

    /** Every key of the configuration with the value that was in force. */
    public Map<String, String> settings() {
        return manifest.settings();
    }

    /** {@link #history} as a DataFrame, to be shown and drawn: its columns are named as the entries' components. */
    public Dataset<Row> historyTable(SparkSession spark) {
        StructType schema = new StructType()
                .add("epoch", DataTypes.IntegerType, false)
                .add("round", DataTypes.IntegerType, false)
                .add("step", DataTypes.LongType, false)
                .add("examples", DataTypes.LongType, false)
                .add("seconds", DataTypes.DoubleType, false)
                .add("elbo", DataTypes.DoubleType, false)
                .add("reconstruction", DataTypes.DoubleType, false)
                .add("kl", DataTypes.DoubleType, false)
                .add("training_elbo", DataTypes.DoubleType, false)
                .add("active_units", DataTypes.IntegerType, false)
                .add("examples_per_second", DataTypes.DoubleType, false);
        List<Row> rows = history.stream().map(ModelSummary::row).toList();
        return spark.createDataFrame(rows, schema);
    }

    private static Row row(HistoryEntry entry) {
        return RowFactory.create(
                entry.epoch(),
                entry.round(),
                entry.step(),
                entry.examples(),
                entry.seconds(),
                entry.elbo(),
                entry.reconstruction(),
                entry.kl(),
                entry.trainingElbo(),
                entry.activeUnits(),
                entry.examplesPerSecond());
    }

    /** In one sentence. */
    @Override
    public String toString() {
        Manifest.TrainingSummary training = training();
        return String.format(
                Locale.ROOT,
                "model %s: network %s, %,d rows to train on and %,d held out, %d epochs, ELBO %.2f nats (before %.2f),"
                        + " reconstruction %.2f, KL %.2f, %d active units",
                modelId(),
                manifest.network(),
                manifest.data().trainingRows(),
                manifest.data().validationRows(),
                training.epochs(),
                training.elbo(),
                training.elboBefore(),
                training.reconstruction(),
                training.kl(),
                training.activeUnits());
    }
}
