package elbow.compare;

import elbow.base.ElbowException;
import elbow.compare.ModelComparison.Changed;
import elbow.compare.ModelComparison.ColumnDifference;
import elbow.compare.ModelComparison.Difference;
import elbow.compare.ModelComparison.FlagCounts;
import elbow.compare.ModelComparison.Histogram;
import elbow.compare.ModelComparison.Mean;
import elbow.compare.ModelComparison.ScoreGrid;
import elbow.compare.ModelComparison.Side;
import elbow.data.table.InputErrors;
import elbow.math.ExactMoments;
import elbow.model.Calibration;
import elbow.model.Manifest;
import elbow.score.ColumnScoring;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Compares two models on the same rows. Each row goes once through each network; two scores and an ELBO of it stay in
 * Spark's memory or on disk while ranks and histograms are made of them. The result depends on the rows and the models
 * alone, to the bit.
 */
public final class Comparison {
    private static final int BARS = 40;
    private static final int GRID = 36;

    private final ComparedModel first;
    private final ComparedModel second;
    private final Comparability comparability;

    private Comparison(ComparedModel first, ComparedModel second) {
        this.first = first;
        this.second = second;
        comparability = Comparability.of(first, second);
    }

    /**
     * Compares.
     *
     * @param rows with the columns of both models
     * @param shown columns by which rows that changed sides are shown; they must be there
     * @throws ElbowException of category INPUT if there are no rows, if a column that a model needs is missing or of
     *     another type, or if a value cannot be encoded
     */
    public static ModelComparison of(Dataset<Row> rows, ComparedModel first, ComparedModel second, List<String> shown) {
        return new Comparison(first, second).compare(rows, shown);
    }

    private ModelComparison compare(Dataset<Row> rows, List<String> shown) {
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
        StructType schema = rows.schema();
        ShownRows shownRows = ShownRows.of(
                schema, shown, List.of(first.model().encoder(), second.model().encoder()));
        try (ColumnScoring ofFirst = ColumnScoring.of(spark, first.model(), first.samples(), schema);
                ColumnScoring ofSecond = ColumnScoring.of(spark, second.model(), second.samples(), schema)) {
            JavaRDD<Serializable> scored = rows.javaRDD()
                    .mapPartitions(new PairedScoring(
                            ofFirst, ofSecond, comparability, first.threshold(), second.threshold(), shownRows))
                    .persist(StorageLevel.MEMORY_AND_DISK());
            try {
                RowTally tally = scored.filter(RowTally.class::isInstance)
                        .map(RowTally.class::cast)
                        .treeAggregate(
                                new RowTally(comparability, first.threshold(), second.threshold()),
                                RowTally::merge,
                                RowTally::merge);
                if (tally.rows == 0) {
                    throw InputErrors.input("the rows to compare models on must be at least one, but there are none");
                }
                return result(tally, scored.filter(double[].class::isInstance).map(double[].class::cast), shown);
            } finally {
                scored.unpersist(false);
            }
        }
    }

    private ModelComparison result(RowTally tally, JavaRDD<double[]> scores, List<String> shown) {
        ScoreCounts counts = ScoreCounts.of(
                scores,
                Bins.around(0, tally.differences, BARS),
                Bins.beyond(first.threshold(), tally.firstScores, GRID),
                Bins.beyond(second.threshold(), tally.secondScores, GRID));
        long onlyFirst = tally.flaggedByFirst - tally.flaggedByBoth;
        long onlySecond = tally.flaggedBySecond - tally.flaggedByBoth;
        long flagged = onlyFirst + onlySecond + tally.flaggedByBoth;
        return new ModelComparison(
                side(first, mean(tally, tally.firstElbo), tally.mean(tally.firstKl)),
                side(second, mean(tally, tally.secondElbo), tally.mean(tally.secondKl)),
                tally.rows,
                tally.notFinite,
                comparability,
                new Difference(
                        mean(tally, tally.difference),
                        tally.higherInSecond,
                        tally.higherInFirst,
                        tally.measured() - tally.higherInSecond - tally.higherInFirst,
                        counts.differences()),
                mean(tally, tally.klDifference),
                RankCorrelation.of(scores, PairedScoring.FIRST_SCORE, PairedScoring.SECOND_SCORE),
                new FlagCounts(tally.flaggedByBoth, onlyFirst, onlySecond, tally.rows - flagged),
                counts.grid(),
                columns(tally),
                shown,
                changed(tally.onlyFirst),
                changed(tally.onlySecond));
    }

    private static Side side(ComparedModel compared, Mean elbo, double kl) {
        Manifest manifest = compared.model().manifest();
        return new Side(
                compared.name(),
                manifest.modelId(),
                manifest.network(),
                manifest.parameters(),
                manifest.createdAt(),
                compared.samples(),
                compared.threshold(),
                elbo,
                kl);
    }

    private static Mean mean(RowTally tally, ExactMoments moments) {
        return new Mean(tally.mean(moments), tally.standardError(moments));
    }

    private List<ColumnDifference> columns(RowTally tally) {
        List<String> ofFirst = List.copyOf(comparability.first().keySet());
        List<String> ofSecond = List.copyOf(comparability.second().keySet());
        List<String> shared = comparability.shared();
        Set<String> all = new LinkedHashSet<>(ofFirst);
        all.addAll(ofSecond);
        List<ColumnDifference> columns = new ArrayList<>();
        for (String column : all) {
            int inFirst = ofFirst.indexOf(column);
            int inSecond = ofSecond.indexOf(column);
            int inShared = shared.indexOf(column);
            columns.add(new ColumnDifference(
                    column,
                    comparability.first().getOrDefault(column, ""),
                    comparability.second().getOrDefault(column, ""),
                    inFirst < 0 ? Double.NaN : tally.mean(tally.firstColumns[inFirst]),
                    inSecond < 0 ? Double.NaN : tally.mean(tally.secondColumns[inSecond]),
                    inShared < 0 ? new Mean(Double.NaN, Double.NaN) : mean(tally, tally.columnDifferences[inShared])));
        }
        // NaN is the largest of all doubles.
        columns.sort(Comparator.comparingDouble(
                column -> -Math.abs(column.difference().value())));
        return columns;
    }

    private List<Changed> changed(ChangedRows rows) {
        Calibration one = first.model().calibration();
        Calibration other = second.model().calibration();
        return rows.strangest().stream()
                .map(row -> new Changed(
                        row.values(),
                        row.first(),
                        row.second(),
                        one.tailProbability(row.first()),
                        other.tailProbability(row.second()),
                        row.picture()))
                .toList();
    }

    /** What rows are in which bins. */
    private record ScoreCounts(Histogram differences, ScoreGrid grid) {
        static ScoreCounts of(JavaRDD<double[]> scores, Bins differences, Bins ofFirst, Bins ofSecond) {
            // Below all, the bins of differences, above all; then the grid.
            int bars = differences.count() + 2;
            int size = bars + ofFirst.count() * ofSecond.count();
            long[] counts = scores.mapPartitions(rows -> {
                        long[] found = new long[size];
                        while (rows.hasNext()) {
                            double[] row = rows.next();
                            double difference = row[PairedScoring.DIFFERENCE];
                            if (Double.isFinite(difference)) {
                                found[1 + differences.of(difference)]++;
                            }
                            int one = ofFirst.nearest(row[PairedScoring.FIRST_SCORE]);
                            int other = ofSecond.nearest(row[PairedScoring.SECOND_SCORE]);
                            found[bars + one * ofSecond.count() + other]++;
                        }
                        return List.of(found).iterator();
                    })
                    .treeAggregate(new long[size], ScoreCounts::plus, ScoreCounts::plus);
            return new ScoreCounts(
                    new Histogram(differences, list(counts, 1, bars - 1), counts[0], counts[bars - 1]),
                    new ScoreGrid(ofFirst, ofSecond, list(counts, bars, size)));
        }

        private static long[] plus(long[] one, long[] other) {
            long[] sum = one.clone();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += other[i];
            }
            return sum;
        }

        private static List<Long> list(long[] counts, int from, int to) {
            return Arrays.stream(counts, from, to).boxed().toList();
        }
    }
}
