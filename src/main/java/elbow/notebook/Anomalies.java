package elbow.notebook;

import elbow.base.Check;
import elbow.data.table.Columns;
import elbow.data.table.Label;
import elbow.report.BatchReport.Contribution;
import elbow.report.BatchReport.StrangeRow;
import elbow.report.ChartColour;
import elbow.report.Html;
import elbow.report.HtmlReport;
import elbow.report.Numbers;
import elbow.report.Page;
import elbow.score.ScoreColumns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Strange rows, and what makes them strange. Takes rows with their scores, as
 * {@link elbow.ml.VariationalAutoencoderModel#transform} gives them.
 */
public final class Anomalies {
    /** As many scores are drawn, of larger tables a sample without replacement. */
    private static final int MOST_SCORES = 200_000;

    private static final int MOST_ROWS = 1_000;

    private Anomalies() {}

    /**
     * How the anomaly scores are spread.
     *
     * @param threshold in nats; what lies above it counts as an anomaly
     */
    public static Picture distribution(Dataset<Row> scored, double threshold) {
        List<Row> rows = scores(scored, List.of());
        return drawn(rows, threshold, Optional.empty());
    }

    /**
     * The same for two classes, each in shares of its own.
     *
     * @param labelCol column of 1 and 0, true and false, or yes and no: whether a row is known to be an anomaly
     */
    public static Picture distribution(Dataset<Row> scored, double threshold, String labelCol) {
        List<Row> rows = scores(scored, List.of(Label.of(labelCol).anomalous().as("anomalous")));
        boolean[] anomalous = new boolean[rows.size()];
        for (int i = 0; i < anomalous.length; i++) {
            Check.argument(!rows.get(i).isNullAt(1), labelCol, "say of every row what it is", "null");
            anomalous[i] = rows.get(i).getBoolean(1);
        }
        return drawn(rows, threshold, Optional.of(anomalous));
    }

    private static List<Row> scores(Dataset<Row> scored, List<Column> others) {
        Column[] columns = Stream.concat(Stream.of(functions.col(ScoreColumns.ANOMALY_SCORE)), others.stream())
                .toArray(Column[]::new);
        Dataset<Row> chosen = scored.select(columns)
                .where(functions.col(ScoreColumns.ANOMALY_SCORE).isNotNull());
        Check.argument(!chosen.isEmpty(), "scored", "have at least one row with a score", 0);
        return Samples.of(chosen, MOST_SCORES).collectAsList();
    }

    private static Picture drawn(List<Row> rows, double threshold, Optional<boolean[]> anomalous) {
        double[] scores = rows.stream().mapToDouble(row -> row.getDouble(0)).toArray();
        return Picture.of(List.of(HtmlReport.scores(scores, threshold, anomalous)));
    }

    /**
     * The rows with the highest anomaly scores as a table; what makes each of them strange in words, if the rows are
     * explained.
     *
     * @param rows how many, at most 1,000
     * @param shown columns that tell which row it is
     */
    public static Picture strangest(Dataset<Row> scored, int rows, String... shown) {
        Check.argument(rows >= 1 && rows <= MOST_ROWS, "rows", "lie in 1.." + MOST_ROWS, rows);
        List<Column> columns = new ArrayList<>();
        for (String name : List.of(
                ScoreColumns.ANOMALY_SCORE,
                ScoreColumns.TAIL_PROBABILITY,
                ScoreColumns.IS_ANOMALY,
                ScoreColumns.CONTRIBUTIONS)) {
            columns.add(functions.col(name));
        }
        Stream.of(shown).map(name -> Columns.column(name).cast("string")).forEach(columns::add);
        List<StrangeRow> found = scored
                .where(functions.col(ScoreColumns.ANOMALY_SCORE).isNotNull())
                .orderBy(functions.col(ScoreColumns.ANOMALY_SCORE).desc())
                .select(columns.toArray(Column[]::new))
                .takeAsList(rows)
                .stream()
                .map(Anomalies::strange)
                .toList();
        return Picture.of(List.of(HtmlReport.strangest(List.of(shown), found)));
    }

    private static StrangeRow strange(Row row) {
        List<String> kept = new ArrayList<>();
        for (int i = 4; i < row.size(); i++) {
            kept.add(row.isNullAt(i) ? "" : row.getString(i));
        }
        return new StrangeRow(
                kept,
                row.getDouble(0),
                row.isNullAt(1) ? Double.NaN : row.getDouble(1),
                row.getBoolean(2),
                row.isNullAt(3) ? List.of() : parts(row.getList(3)));
    }

    private static List<Contribution> parts(List<Row> entries) {
        return entries.stream()
                .map(part -> new Contribution(
                        part.getString(0),
                        part.getDouble(1),
                        part.isNullAt(2) ? "" : part.getString(2),
                        part.isNullAt(3) ? "" : part.getString(3)))
                .sorted(Comparator.comparingDouble(Contribution::nats).reversed())
                .toList();
    }

    /**
     * What the score of one row is made of: a bar for each entry of its {@code contributions}, in nats above what is
     * normal.
     *
     * @param explained one row, or rows of which the strangest is shown
     */
    public static Picture contributions(Dataset<Row> explained) {
        List<Row> found = explained
                .where(functions.col(ScoreColumns.CONTRIBUTIONS).isNotNull())
                .orderBy(functions.col(ScoreColumns.ANOMALY_SCORE).desc())
                .select(ScoreColumns.ANOMALY_SCORE, ScoreColumns.CONTRIBUTIONS)
                .takeAsList(1);
        Check.argument(!found.isEmpty(), "explained", "have a row with contributions", "none");
        List<Contribution> parts = parts(found.get(0).getList(1));
        double largest =
                parts.stream().mapToDouble(part -> Math.abs(part.nats())).max().orElse(1);
        List<Html> rows = parts.stream().map(part -> bar(part, largest)).toList();
        double sum = parts.stream().mapToDouble(Contribution::nats).sum();
        return Picture.of(List.of(Page.table(
                "A score of " + Numbers.nats(found.get(0).getDouble(0)) + " nats, " + Numbers.nats(sum)
                        + " above normal, and what it is made of",
                Stream.concat(
                                Page.textHeadings("Column", "Found", "Expected"),
                                Stream.concat(Page.numberHeadings("Nats"), Page.textHeadings("")))
                        .toList(),
                rows)));
    }

    private static Html bar(Contribution part, double largest) {
        double width = largest > 0 ? 100 * Math.abs(part.nats()) / largest : 0;
        ChartColour colour = part.nats() > 0 ? ChartColour.VERMILION : ChartColour.BLUE;
        return Html.of(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td class=\"number\">{}</td><td"
                        + " style=\"width:45%\"><div style=\"width:{}%;height:1em;background:{}\"></div></td></tr>",
                part.column(),
                part.observed(),
                part.expected(),
                Numbers.nats(part.nats()),
                String.format(Locale.ROOT, "%.1f", width),
                colour.variable());
    }
}
