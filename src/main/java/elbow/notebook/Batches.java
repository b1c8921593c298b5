package elbow.notebook;

import elbow.base.Configuration;
import elbow.batch.Batch;
import elbow.batch.BatchOutcome;
import elbow.batch.BatchSettings;
import elbow.batch.DateRange;
import elbow.report.BatchReport.PastBatch;
import elbow.report.HtmlReport;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Scheduled batches, as their ledger tells of them. */
public final class Batches {
    private Batches() {}

    /**
     * Runs what is due up to a date, as the command {@code batch} does, for notebooks that have no schedule yet.
     *
     * @param settings keys of the section {@code batch}, with the section's name: {@code batch.input}
     * @param upTo the last date, as in 2026-11-23
     * @return one line for each partition that was scored, for each that could not be, and for each warning
     * @throws elbow.base.ElbowException as {@link Batch#run} does
     */
    public static List<String> run(SparkSession spark, Map<String, String> settings, String upTo) {
        Configuration configuration = Configuration.defaults().withTexts(settings, "notebook");
        BatchOutcome outcome = new Batch(
                        spark, BatchSettings.of(configuration), DateRange.upTo(LocalDate.parse(upTo)), note -> {})
                .run();
        return lines(outcome);
    }

    /** What {@link #run} returns. */
    static List<String> lines(BatchOutcome outcome) {
        Stream<String> scored = outcome.scored().stream()
                .map(partition ->
                        partition.date() + ": " + partition.rows() + " rows, " + partition.anomalies() + " anomalies");
        Stream<String> failed = outcome.failed().entrySet().stream()
                .map(failure -> failure.getKey() + ": " + failure.getValue().getMessage());
        Stream<String> warnings = outcome.warnings().stream().map(warning -> "warning: " + warning);
        return Stream.of(scored, failed, warnings).flatMap(lines -> lines).toList();
    }

    /**
     * What the ledgers of an output say, a row for each date that a model has scored and whose scores are published:
     * the newest entry of it.
     *
     * @param output as {@code batch.output} has it
     */
    public static Dataset<Row> ledger(SparkSession spark, String output) {
        return spark.read()
                .json(output + "/_ledger/*/*.json")
                .groupBy("modelId", "date")
                .agg(functions
                        .max_by(functions.struct("*"), functions.col("revision"))
                        .as("newest"))
                .select("newest.*")
                .where("path <> ''")
                .orderBy("modelId", "date");
    }

    /**
     * The share of flagged rows and the mean ELBO from batch to batch.
     *
     * @param ledger of one model, as {@link #ledger} gives it
     */
    public static Picture trend(Dataset<Row> ledger) {
        List<PastBatch> batches = ledger
                .selectExpr(
                        "date",
                        "`rows`",
                        "cast(if(`rows` = 0, 0, anomalies / `rows`) as double)",
                        "cast(meanElbo as double)",
                        "cast(scoreShift as double)")
                .orderBy("date")
                .collectAsList()
                .stream()
                .map(row -> new PastBatch(
                        LocalDate.parse(row.get(0).toString()),
                        row.getLong(1),
                        row.getDouble(2),
                        row.isNullAt(3) ? Double.NaN : row.getDouble(3),
                        row.isNullAt(4) ? Double.NaN : row.getDouble(4)))
                .toList();
        return Picture.of(List.of(HtmlReport.trend(batches)));
    }
}
