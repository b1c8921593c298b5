package elbow.data.source;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.data.table.Columns;
import elbow.failure.KnownFailures;
import elbow.lake.AsOf;
import elbow.lake.TableFormat;
import elbow.lake.TableHistory;
import elbow.lake.TableVersion;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Tables: those that Spark's catalogue knows, and those of formats that keep versions. */
public final class TableSource {
    private TableSource() {}

    /**
     * The same request for the versions that its tables have now, or had at the time that it asks for: whoever reads
     * several times reads the same rows, whatever is committed meanwhile. Says which versions these are. A request for
     * anything but tables with versions, or whose versions are found, comes back as it is.
     *
     * @throws ElbowException of category USAGE if Spark knows no such tables; of category INPUT if a table or version
     *     is not there
     */
    public static ReadRequest pinned(SparkSession spark, ReadRequest request) {
        Optional<TableFormat> format = request.format().tableFormat();
        if (format.isEmpty() || request.asOf() instanceof AsOf.Found) {
            return request;
        }
        List<TableVersion> versions = request.inputs().stream()
                .map(name -> TableHistory.ofInput(spark, format.get(), name).version(request.asOf()))
                .toList();
        versions.forEach(version -> request.notes().accept(Message.of("Reads table ", version.words())));
        return request.asOf(new AsOf.Found(versions));
    }

    // Others of Spark's formats say how many rows they have.
    static Dataset<Row> counted(Dataset<Row> rows, ReadRequest request) {
        return request.counts().map(counts -> CountedRelation.of(rows, counts)).orElse(rows);
    }

    static Dataset<Row> read(SparkSession spark, ReadRequest given) {
        ReadRequest request = pinned(spark, given.silently());
        Dataset<Row> all = null;
        for (int i = 0; i < request.inputs().size(); i++) {
            String name = request.inputs().get(i);
            Dataset<Row> table = request.versions().isEmpty()
                    ? table(spark, name)
                    : TableHistory.ofInput(spark, request.format().tableFormat().orElseThrow(), name)
                            .rows(request.versions().get(i));
            all = all == null ? table : all.unionByName(table);
        }
        if (all == null) {
            throw new IllegalArgumentException("inputs must not be empty");
        }
        Columns.requireDistinct(
                List.of(all.columns()), "table " + request.inputs().get(0));
        // What a condition leaves out need not be read: Spark looks it up where the table knows.
        return request.where().isPresent() ? all : counted(all, request);
    }

    private static Dataset<Row> table(SparkSession spark, String name) {
        try {
            return spark.table(name);
        } catch (Exception e) {
            // A checked exception that Spark does not declare.
            if (e instanceof AnalysisException) {
                throw new ElbowException(
                        ErrorCategory.INPUT,
                        "input " + name + " must be a table that Spark's catalogue knows, but is none: "
                                + KnownFailures.plain(e),
                        e);
            }
            throw KnownFailures.translate(e);
        }
    }
}
