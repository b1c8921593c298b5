package elbow.batch;

import elbow.batch.LedgerEntry.ColumnDriver;
import elbow.report.BatchReport.StrangeGroup;
import elbow.score.ScoreColumns;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Why rows are flagged, by the contributions that stand with their scores. */
final class FlaggedScores {
    /** A column that raises a score by at least this share of what the first one does makes the row strange, too. */
    private static final double BESIDE_THE_FIRST = 0.5;

    private static final int MOST_GROUPS = 10;
    private static final int MOST_DRIVERS = 50;

    private static final String ROWS = "rows";
    private static final String SCORE = "score";
    private static final String NATS = "nats";
    private static final String COLUMN = "column";
    private static final String COLUMNS = "columns";
    private static final String EXAMPLE = "example";

    private final Dataset<Row> flagged;
    private final int named;

    /**
     * @param scores as they are written
     * @param named how many columns the contributions name of each row, the first ones; 0: there are none
     */
    FlaggedScores(Dataset<Row> scores, int named) {
        flagged = scores.filter(functions
                .col(ScoreColumns.IS_ANOMALY)
                .and(functions.col(ScoreColumns.CONTRIBUTIONS).isNotNull()));
        this.named = named;
    }

    /** The columns that raise the scores of most rows most. */
    List<ColumnDriver> drivers() {
        if (named == 0) {
            return List.of();
        }
        Column first = functions.get(functions.col(ScoreColumns.CONTRIBUTIONS), functions.lit(0));
        return flagged
                .select(first.getField(COLUMN).as(COLUMN), first.getField(NATS).as(NATS))
                .filter(functions.col(NATS).gt(0))
                .groupBy(COLUMN)
                .agg(
                        functions.count(functions.lit(1)).as(ROWS),
                        functions.avg(NATS).as(NATS))
                .orderBy(functions.col(ROWS).desc(), functions.col(COLUMN).asc())
                .limit(MOST_DRIVERS)
                .collectAsList()
                .stream()
                .map(row -> new ColumnDriver(row.getString(0), row.getLong(1), row.getDouble(2)))
                .toList();
    }

    /** Rows that the same columns make strange, the largest group first. */
    List<StrangeGroup> groups() {
        if (named == 0) {
            return List.of();
        }
        // In the order of names: which of them adds more is chance.
        Column columns =
                functions.expr("array_sort(transform(filter(slice(" + ScoreColumns.CONTRIBUTIONS + ", 1, " + named
                        + "), c -> c.nats > 0 and c.nats >= " + BESIDE_THE_FIRST + " * get("
                        + ScoreColumns.CONTRIBUTIONS + ", 0).nats), c -> c.column))");
        Column score = functions.col(ScoreColumns.ANOMALY_SCORE);
        return flagged
                .groupBy(columns.as(COLUMNS))
                .agg(
                        functions.count(functions.lit(1)).as(ROWS),
                        functions.avg(score).as(SCORE),
                        functions
                                .max_by(functions.col(ScoreColumns.CONTRIBUTIONS), score)
                                .as(EXAMPLE))
                .orderBy(functions.col(ROWS).desc(), functions.col(SCORE).desc())
                .limit(MOST_GROUPS)
                .collectAsList()
                .stream()
                .map(row -> new StrangeGroup(
                        row.getList(0), row.getLong(1), row.getDouble(2), BatchReports.parts(row.getList(3))))
                .toList();
    }
}
