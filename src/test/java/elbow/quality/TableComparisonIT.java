package elbow.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.SharedSpark;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.table.Markers;
import elbow.quality.PairTrend.Method;
import elbow.quality.TableComparison.Tables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableComparisonIT {
    private static final Markers NONE = new Markers(List.of("?", ""));

    private static final StructType SCHEMA = new StructType()
            .add("x", DataTypes.DoubleType)
            .add("y", DataTypes.IntegerType)
            .add("colour", DataTypes.StringType)
            .add("good", DataTypes.BooleanType);

    private static Dataset<Row> table(StructType schema, List<Row> rows) {
        return SharedSpark.session().createDataFrame(rows, schema);
    }

    private static Dataset<Row> table(String sql) {
        return SharedSpark.session().sql(sql);
    }

    /** y goes with x, the colour with good, and good with x. */
    private static List<Row> rows(int count, long seed) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double x = random.nextGaussian();
            boolean good = x + 0.3 * random.nextGaussian() > 0;
            String colour = random.nextInt(10) == 0 ? "?" : good ? "red" : random.nextBoolean() ? "blue" : "green";
            Integer y = random.nextInt(20) == 0 ? null : (int) Math.round(10 * x + random.nextGaussian());
            rows.add(RowFactory.create(x, y, colour, good));
        }
        return rows;
    }

    private static TableQuality compared(Dataset<Row> real, Dataset<Row> synthetic) {
        return TableComparison.of(new Tables(real, synthetic, Optional.empty(), Optional.empty(), NONE));
    }

    private static TableQuality compared(
            List<Row> real, List<Row> synthetic, List<Row> holdout, Optional<String> target) {
        return TableComparison.of(new Tables(
                table(SCHEMA, real), table(SCHEMA, synthetic), Optional.of(table(SCHEMA, holdout)), target, NONE));
    }

    @Test
    void aTableIsAsGoodAsItself() {
        Dataset<Row> rows = table(SCHEMA, rows(500, 1));
        TableQuality quality = compared(rows, rows.repartition(5));

        assertThat(quality.shapes()).extracting(ColumnShape::score).containsOnly(1.0);
        assertThat(quality.trends())
                .hasSize(6)
                .allSatisfy(trend -> assertThat(trend.score()).isCloseTo(1, within(1e-12)));
        assertThat(quality.columnShapes()).isEqualTo(1);
        assertThat(quality.pairTrends()).isCloseTo(1, within(1e-12));
        assertThat(quality.copies()).isEqualTo(1);
        assertThat(quality.realRows()).isEqualTo(500);
        // A marker is no value.
        assertThat(quality.shapes().get(2).realMissing()).isBetween(0.05, 0.15);
        assertThat(quality.shapes().get(2).bars())
                .extracting(ColumnShape.Bar::label)
                .containsExactlyInAnyOrder("red", "blue", "green");
        assertThat(quality.shapes().get(0).bars()).hasSize(PairTally.BINS);
    }

    @Test
    void aShuffledColumnKeepsItsShapeAndLosesItsTrends() {
        List<Row> rows = rows(2_000, 1);
        List<Row> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(5));
        List<Row> mixed = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            mixed.add(RowFactory.create(row.get(0), shuffled.get(i).get(1), row.get(2), row.get(3)));
        }
        TableQuality quality = compared(table(SCHEMA, rows), table(SCHEMA, mixed));

        assertThat(quality.columnShapes()).isEqualTo(1);
        PairTrend xy = quality.trends().get(0);
        assertThat(xy.method()).isEqualTo(Method.CORRELATION);
        assertThat(xy.real()).isGreaterThan(0.98);
        assertThat(xy.synthetic()).isCloseTo(0, within(0.12));
        assertThat(xy.score()).isCloseTo(0.5, within(0.07));
        assertThat(quality.pairTrends()).isLessThan(0.95);
        PairTrend untouched = quality.trends().get(1);
        assertThat(untouched.first() + untouched.second()).isEqualTo("xcolour");
        assertThat(untouched.score()).isCloseTo(1, within(1e-12));
        assertThat(quality.copies()).isLessThan(0.2);
    }

    @Test
    void scoresOfColumnsAreTheComplementsOfTheirDistances() {
        TableQuality quality = compared(
                table(
                        "SELECT * FROM VALUES (1, 'a', true), (2, 'a', false), (3, 'b', true), (4, 'b', null) AS t(n, c, b)"),
                table("SELECT * FROM VALUES (3L, 'a', true), (4L, 'b', true), (5L, 'b', true), (6L, 'c', true)"
                        + " AS t(n, c, b)"));

        // Half of the real numbers lie below all others; shares 1/2, 1/2, 0 against 1/4, 1/2, 1/4; 2/3, 1/3 against 1,
        // 0.
        assertThat(quality.shapes().get(0).score()).isEqualTo(0.5);
        assertThat(quality.shapes().get(1).score()).isEqualTo(0.75);
        assertThat(quality.shapes().get(2).score()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(quality.shapes().get(2).realMissing()).isEqualTo(0.25);
        assertThat(quality.columnShapes()).isCloseTo((0.5 + 0.75 + 2 / 3.0) / 3, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(true), (false), (true), (null) | (1), (0), (1), (null)",
                "(true), (false), (true), (null) | (1D), (0D), (1D), (null)",
                "(true), (false), (true), (null) | ('true'), ('false'), ('1'), ('?')",
                "('1'), ('0'), ('1'), ('?') | (true), (false), (true), (null)",
                "('1'), ('2'), ('-30'), ('?') | (1D), (2D), (-30D), (null)",
                "('a'), ('b'), ('c'), ('?') | ('a\u2003'), ('\tb'), (' c '), ('\u2003?\n')",
                "('1.0'), ('2.5'), ('10000000'), ('?') | (1.0), (2.5), (1E7), (null)",
                "('1.0'), ('2.0'), ('3.0'), ('?') | (1), (2), (3), (null)"
            })
    void aValueIsTheSameInTablesOfOtherTypes(String realAndSynthetic) {
        int bar = realAndSynthetic.indexOf('|');
        Dataset<Row> real = table("SELECT * FROM VALUES " + realAndSynthetic.substring(0, bar) + " AS t(a)");
        Dataset<Row> synthetic = table("SELECT * FROM VALUES " + realAndSynthetic.substring(bar + 1) + " AS t(a)");
        TableQuality quality = compared(real, synthetic);

        assertThat(quality.shapes().get(0).score()).isEqualTo(1);
        assertThat(quality.shapes().get(0).syntheticMissing()).isEqualTo(0.25);
        assertThat(quality.copies()).isEqualTo(1);
    }

    @Test
    void strictCastsChangeNothing() {
        String rows = "SELECT * FROM VALUES (1, 'red'), (2, '3'), (3, 'red') AS t(n, c)";
        List<List<ColumnShape>> found = new ArrayList<>();
        for (boolean strict : new boolean[] {false, true}) {
            SharedSpark.withStrictCasts(
                    strict, () -> found.add(compared(table(rows), table(rows)).shapes()));
        }
        assertThat(found.get(1)).isEqualTo(found.get(0));
    }

    @Test
    void scoresOfPairsAreThoseOfTheirCells() {
        TableQuality quality = compared(
                table("SELECT * FROM VALUES ('a', 'x', 0, 0), ('a', 'y', 1, 10), ('b', 'x', 2, 20), ('b', 'y', 10, 100)"
                        + " AS t(c, d, n, m)"),
                table(
                        "SELECT * FROM VALUES ('a', 'x', 0, 0), ('a', 'x', 1, -10), ('b', 'y', 2, -20), ('b', 'y', 10, -100)"
                                + " AS t(c, d, n, m)"));

        // c, d: each cell a quarter against two halves.
        assertThat(quality.trends().get(0).score()).isCloseTo(0.5, within(1e-12));
        // c, n: rows alike, n in the intervals 0, 1, 2 and 10 of tenths.
        assertThat(quality.trends().get(1).score()).isCloseTo(1, within(1e-12));
        PairTrend numbers = quality.trends().get(5);
        assertThat(numbers.real()).isCloseTo(1, within(1e-12));
        assertThat(numbers.synthetic()).isCloseTo(-1, within(1e-12));
        assertThat(numbers.score()).isCloseTo(0, within(1e-12));
    }

    @Test
    void countsAreTheSameToTheBitHoweverManyPartitionsComeAtOnce() {
        Dataset<Row> all = table(SCHEMA, rows(700, 1)).repartition(7);
        ComparedColumns columns = ComparedColumns.of(SCHEMA, SCHEMA, NONE);
        Dataset<Row> normal = columns.of(all);
        RowCodes codes = new RowCodes(ValueCounts.of(columns, normal, normal).values());
        PairTally together = PairTally.of(normal, codes);

        for (long most : new long[] {1, 2_000}) {
            PairTally some = PairTally.of(normal, codes, most);
            assertThat(some.against(some, columns.columns()))
                    .isEqualTo(together.against(together, columns.columns()))
                    .allSatisfy(trend -> assertThat(trend.score()).isEqualTo(1));
            assertThat(some.shares(0)).isEqualTo(together.shares(0));
        }
    }

    @Test
    void aNumberThatNeverVariesHasNoTrend() {
        TableQuality quality = compared(
                table("SELECT * FROM VALUES (1, 2D), (2, 3D), (3, 5D) AS t(n, m)"),
                table("SELECT * FROM VALUES (1, 4D), (2, 4D), (3, 4D) AS t(n, m)"));

        assertThat(quality.trends().get(0).score()).isNaN();
        assertThat(quality.pairTrends()).isNaN();
    }

    @Test
    void copiesAreNearerToTheRowsTheyWereMadeFrom() {
        List<Row> real = rows(1_000, 1);
        List<Row> holdout = rows(1_000, 2);
        TableQuality copied = compared(real, real.subList(0, 400), holdout, Optional.empty());
        TableQuality fresh = compared(real, rows(400, 3), holdout, Optional.empty());

        ClosestRecords ofCopies = copied.closest().orElseThrow();
        assertThat(ofCopies.toReal()).isZero();
        assertThat(ofCopies.closerToReal()).isGreaterThan(0.95);
        assertThat(copied.copies()).isEqualTo(1);
        ClosestRecords ofFresh = fresh.closest().orElseThrow();
        // A half, within five standard errors.
        assertThat(ofFresh.closerToReal()).isCloseTo(0.5, within(0.125));
        assertThat(ofFresh.toReal()).isCloseTo(ofFresh.holdoutToReal(), within(0.005));
        assertThat(ofFresh.rows()).isEqualTo(400);
        assertThat(ofFresh.others()).isEqualTo(1_000);
        assertThat(fresh.copies()).isZero();
        assertThat(fresh.holdoutCopies()).isZero();
    }

    @Test
    void copiesAreLookedForAmongAllRealRowsWhereASampleIsComparedOtherwise() {
        List<Row> real = rows(1_000, 1);
        TableQuality quality = TableComparison.of(
                new Tables(
                        table(SCHEMA, real),
                        table(SCHEMA, real.subList(0, 400)),
                        Optional.of(table(SCHEMA, real.subList(600, 1_000))),
                        Optional.empty(),
                        NONE),
                500);

        assertThat(quality.realRows()).isBetween(400L, 600L);
        assertThat(quality.syntheticRows()).isEqualTo(400);
        assertThat(quality.copies()).isEqualTo(1);
        assertThat(quality.holdoutCopies()).isEqualTo(1);
    }

    @Test
    void whatIsLearnedFromAWrongTableDoesNotHoldForRealRows() {
        List<Row> wrong = new ArrayList<>();
        for (Row row : rows(1_500, 3)) {
            wrong.add(RowFactory.create(row.get(0), row.get(1), row.get(2), !row.getBoolean(3)));
        }
        Usefulness found = compared(rows(1_500, 1), wrong, rows(800, 2), Optional.of("good"))
                .usefulness()
                .orElseThrow();

        assertThat(found.task()).isEqualTo(Usefulness.Task.CLASSES);
        assertThat(found.real().score()).isGreaterThan(0.85);
        assertThat(found.real().ranking()).isGreaterThan(0.9);
        assertThat(found.chance()).isBetween(0.4, 0.6);
        assertThat(found.synthetic().score()).isLessThan(0.2);
        assertThat(found.synthetic().ranking()).isLessThan(0.1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "colour"})
    void numbersAndSeveralClassesAreLearnedToo(String target) {
        Usefulness found = compared(rows(600, 1), rows(600, 3), rows(300, 2), Optional.of(target))
                .usefulness()
                .orElseThrow();

        assertThat(found.task()).isEqualTo(target.equals("x") ? Usefulness.Task.NUMBER : Usefulness.Task.CLASSES);
        assertThat(found.real().score()).isGreaterThan(0.6);
        assertThat(found.synthetic().score()).isCloseTo(found.real().score(), within(0.15));
        assertThat(found.real().ranking()).isNaN();
    }

    @Test
    void tablesThatCannotBeComparedAreRefused() {
        Dataset<Row> real = table(SCHEMA, rows(20, 1));
        assertThatThrownBy(() -> compared(real, table("SELECT 1 AS other")))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INPUT))
                .hasMessageContaining("the synthetic table must have columns of the real one, x, y, colour, good");
        assertThatThrownBy(() -> compared(real, table("SELECT 'much' AS x")))
                .hasMessageContaining(
                        "column x of the synthetic table must be of numbers or times as in the real one, but is of type"
                                + " string");
        assertThatThrownBy(
                        () -> TableComparison.of(new Tables(real, real, Optional.of(real), Optional.of("size"), NONE)))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageContaining("target must name a column that is compared, but size is none of them");
        Dataset<Row> single = real.select("good");
        assertThatThrownBy(() ->
                        TableComparison.of(new Tables(real, single, Optional.of(single), Optional.of("good"), NONE)))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageContaining("target must be one of several columns that are compared, to be learned from the"
                        + " others, but is good alone");
        assertThatThrownBy(() -> new Tables(real, real, Optional.empty(), Optional.of("good"), NONE))
                .hasMessageContaining("holdout must be given with a target");
    }

    @Test
    void tablesWithoutRowsAreRefused() {
        List<Row> some = rows(20, 1);
        assertThatThrownBy(() -> compared(List.of(), some, some, Optional.empty()))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INPUT))
                .hasMessage("the real table must have rows, but has none");
        assertThatThrownBy(() -> compared(some, List.of(), some, Optional.empty()))
                .hasMessage("the synthetic table must have rows, but has none");
        assertThatThrownBy(() -> compared(some, some, List.of(), Optional.empty()))
                .hasMessage("the held-out table must have rows, but has none");
    }

    @Test
    void columnsThatCannotBeComparedAreNamedWithTheReason() {
        TableQuality quality = compared(
                table("SELECT 1 AS a, array(1) AS b, 2 AS c UNION ALL SELECT 2, array(2), 3"),
                table("SELECT 1 AS a, array(1) AS b UNION ALL SELECT 2, array(1)"));

        assertThat(quality.leftOut())
                .containsEntry("b", "values of type array<int> are not compared")
                .containsEntry("c", "the synthetic table has no such column");
        assertThat(quality.shapes()).hasSize(1);
    }
}
