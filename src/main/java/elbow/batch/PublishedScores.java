package elbow.batch;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.files.Place;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The scores that batches have published to an output, and no others: of each date those that the newest entry of the
 * model's ledger names. Directories that no entry names are of runs that are going on or did not get to an end.
 *
 * <p>The rule for readers without this class: read {@code _ledger/MODEL_ID/*.json} as JSON lines, take for each
 * {@code date} the entry with the highest {@code revision}, leave out those whose {@code path} is empty, and read the
 * directories {@code path}, which are relative to the output.
 */
public final class PublishedScores {
    private final SparkSession spark;
    private final Place output;

    /**
     * Those of an output.
     *
     * @throws ElbowException of category INPUT if {@code output} is no path of a known file system
     */
    public PublishedScores(SparkSession spark, String output) {
        this.spark = spark;
        this.output = Place.of(
                "output", output, ErrorCategory.INPUT, spark.sessionState().newHadoopConf());
    }

    /**
     * The published directories of a model, ascending by date.
     *
     * @param modelId 12 hex digits
     */
    public List<Path> directories(String modelId) {
        return published(modelId).stream()
                .map(entry -> new Path(output.path(), entry.path()))
                .toList();
    }

    /**
     * The published scores of a model, with the directories' columns: {@code model}, the partitions' date, {@code run}.
     *
     * @throws ElbowException of category INPUT if there are none
     */
    public Dataset<Row> rows(String modelId) {
        String[] paths = directories(modelId).stream().map(Path::toString).toArray(String[]::new);
        if (paths.length == 0) {
            throw new ElbowException(
                    ErrorCategory.INPUT,
                    output.path() + " must have published scores of model " + modelId + ", but has none");
        }
        // Batches may have kept different columns.
        return spark.read()
                .option("basePath", output.path().toString())
                .option("mergeSchema", true)
                .parquet(paths);
    }

    private List<LedgerEntry> published(String modelId) {
        return new Ledger(output, modelId)
                .newest().stream().filter(LedgerEntry::isPublished).toList();
    }
}
