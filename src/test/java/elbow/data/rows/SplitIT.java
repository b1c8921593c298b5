package elbow.data.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.base.ElbowException;
import elbow.data.rows.Split.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitIT {
    // The note is ignored: copies of a row may differ in it.
    private static final StructType SCHEMA = new StructType()
            .add("a.b", DataTypes.DoubleType)
            .add("word", DataTypes.StringType)
            .add("note", DataTypes.TimestampType);

    private static final StructType NUMBERED = new StructType()
            .add("a.b", DataTypes.DoubleType)
            .add("word", DataTypes.StringType)
            .add("number", DataTypes.IntegerType);

    @ParameterizedTest
    @EnumSource(Rule.class)
    void differentRowsAreSplitByTheirHashAlone(Rule rule) {
        List<Row> rows = new ArrayList<>(distinct(1000));
        // A few copies, as any table may have.
        rows.addAll(distinct(5));
        Dataset<Row> table = table(rows, 3);

        Split split = Split.of(table, List.of("a.b", "word"), 0.1, 7, rule);

        Dataset<Row> hashed = rule == Rule.WITHOUT_UNITS ? table(withoutPowers(rows), 3) : table;
        long held = hashed.filter("shiftrightunsigned(xxhash64(7L, `a.b`, word), 11) * power(2D, -53) < 0.1")
                .count();
        assertThat(split.validationRows()).isEqualTo(held).isBetween(70L, 130L);
        assertThat(split.validation().count()).isEqualTo(held);
        assertThat(split.training().count()).isEqualTo(split.trainingRows()).isEqualTo(1005 - held);
        assertThat(split.remarks()).isEmpty();
        // It changes with the rows that are held out.
        String together = Split.of(table, List.of("a.b", "word"), 0.1, 7, Rule.COPIES_TOGETHER)
                .fingerprint();
        assertThat(split.fingerprint().equals(together)).isEqualTo(rule != Rule.WITHOUT_UNITS);
    }

    /** 16 contents: 2,000 * 0.1, each rounded by at most 1. One of 60 %: 60 and of 400 others 40 +- 5 * 6. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void commonRowsAreHeldOutByTheFractionWhateverTheSeed(long seed) {
        List<Row> survey = repeated(distinct(16), 125);
        List<Row> oneCommon = new ArrayList<>(repeated(distinct(1), 600));
        oneCommon.addAll(distinct(401).subList(1, 401));

        Split ofSurvey = split(table(survey, 2), 0.1, seed);
        Split ofOne = split(table(oneCommon, 2), 0.1, seed);

        assertThat(ofSurvey.validationRows()).isBetween(184L, 216L);
        assertThat(ofSurvey.remarks())
                .singleElement()
                .asString()
                .isEqualTo("Split: 2,000 of the 2,000 rows are copies of 16 rows that each more than 1 % of them are"
                        + " equal to: of the copies of each a share of 0.1 is held out");
        assertThat(ofOne.validationRows()).isBetween(69L, 131L);
        assertThat(ofOne.remarks()).singleElement().asString().contains("600 of the 1,000 rows are copies of one row");
    }

    @ParameterizedTest
    @CsvSource({"0.1", "0.5", "0.93"})
    void howManyCopiesGoWhereDependsOnContentAndSeedOnly(double fraction) {
        List<Row> rows = new ArrayList<>(repeated(distinct(7), 40));
        rows.addAll(distinct(107).subList(7, 107));
        Split split = split(table(rows, 2), fraction, 3);
        Map<String, Long> held = contents(split.validation());

        Collections.shuffle(rows, new Random(1));
        Split other = split(table(rows, 5), fraction, 3);

        assertThat(contents(other.validation())).isEqualTo(held);
        assertThat(other.fingerprint()).isEqualTo(split.fingerprint());
        assertThat(split(table(rows, 5), fraction, 4).fingerprint()).isNotEqualTo(split.fingerprint());
        assertThat(other.validation().count()).isEqualTo(other.validationRows());
        assertThat(other.training().count()).isEqualTo(other.trainingRows());
        assertThat(other.training().schema()).isEqualTo(SCHEMA);
        List<Row> both = Stream.concat(
                        other.training().collectAsList().stream(), other.validation().collectAsList().stream())
                .toList();
        assertThat(both).containsExactlyInAnyOrderElementsOf(rows);
    }

    /** Without more a seed in eight would hold none of 20 rows out, and leave none to train on at 0.9. */
    @Test
    void noSideIsLeftWithoutARow() {
        int remarked = 0;
        for (long seed = 0; seed < 25; seed++) {
            for (double fraction : new double[] {0.05, 0.95}) {
                Split split = split(table(distinct(20), 2), fraction, seed);
                assertThat(split.validationRows()).isBetween(1L, 19L);
                assertThat(split.training().count()).isEqualTo(split.trainingRows());
                assertThat(split.validation().count()).isEqualTo(split.validationRows());
                remarked += split.remarks().size();
            }
        }
        assertThat(remarked).isBetween(1, 49);
        Split same = split(table(repeated(distinct(1), 3), 2), 0.1, 1);
        assertThat(same.validationRows()).isEqualTo(1);
        assertThat(same.training().count()).isEqualTo(2);
    }

    @Test
    void copiesStayTogetherWhereTheyDidBefore() {
        Split split =
                Split.of(table(repeated(distinct(4), 50), 2), List.of("a.b", "word"), 0.5, 1, Rule.COPIES_TOGETHER);

        assertThat(split.validationRows() % 50).isZero();
        assertThat(split.remarks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-300, -20, -1, 1, 20, 300})
    void aColumnTimesAPowerOfTwoLeavesEveryRowOnItsSide(int power) {
        Random random = new Random(5);
        List<Row> rows = new ArrayList<>();
        List<Row> scaled = new ArrayList<>();
        for (int i = 0; i < 800; i++) {
            // Of a few rows there are many copies; 2, 4 and 8 have one place, and are no copies of each other.
            double value = i % 4 == 0 ? i % 16 * 0.5 + 2 : random.nextGaussian();
            rows.add(RowFactory.create(value, "w" + i % 4, i));
            scaled.add(RowFactory.create(Math.scalb(value, power), "w" + i % 4, i));
        }

        Split first = split(NUMBERED, rows);
        Split other = split(NUMBERED, scaled);

        assertThat(first.validationRows()).isBetween(50L, 110L);
        assertThat(contentsByNumber(other.validation())).isEqualTo(contentsByNumber(first.validation()));
        assertThat(contentsByNumber(other.training())).isEqualTo(contentsByNumber(first.training()));
        assertThat(contentsByNumber(first.validation())).contains(-1, -5, -9, -13);
        // Still, they are other data: a run of the one is not resumed with the other.
        assertThat(other.fingerprint()).isNotEqualTo(first.fingerprint());
    }

    @Test
    void moreRowsMoveNoneToTheOtherSide() {
        List<Row> rows = new ArrayList<>();
        Random random = new Random(6);
        for (int i = 0; i < 900; i++) {
            rows.add(RowFactory.create(Math.exp(random.nextInt(40) - random.nextDouble()), "w", i));
        }
        List<Integer> held = numbers(split(NUMBERED, rows).validation());

        Split fewer = split(NUMBERED, rows.subList(0, 400));

        assertThat(numbers(fewer.validation()))
                .isEqualTo(held.stream().filter(i -> i < 400).toList());
    }

    @Test
    void wholeNumbersHaveNoUnit() {
        StructType counts = new StructType()
                .add("a.b", DataTypes.LongType)
                .add("word", DataTypes.StringType)
                .add("number", DataTypes.IntegerType);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            rows.add(RowFactory.create((long) i, "w", i));
        }
        Dataset<Row> table = SharedSpark.session().createDataFrame(rows, counts);

        assertThat(numbers(Split.of(table, List.of("a.b", "word"), 0.1, 3).validation()))
                .isEqualTo(numbers(Split.of(table, List.of("a.b", "word"), 0.1, 3, Rule.COPIES_DEALT)
                        .validation()));
    }

    @Test
    void aFractionOfZeroHoldsNothingOut() {
        assertThatThrownBy(() -> split(table(distinct(20), 1), 0, 1))
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining(
                        "of 20 rows 20 are for training and 0 for validation at a validation fraction of");
    }

    private static Split split(Dataset<Row> rows, double fraction, long seed) {
        return Split.of(rows, List.of("a.b", "word"), fraction, seed);
    }

    private static Split split(StructType schema, List<Row> rows) {
        return split(SharedSpark.session().createDataFrame(rows, schema).repartition(3), 0.1, 9);
    }

    private static List<Integer> numbers(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(row -> row.getInt(2)).sorted().toList();
    }

    /** The same, copies by one number below 0, as it does not matter which of them are where. */
    private static List<Integer> contentsByNumber(Dataset<Row> rows) {
        return numbers(rows).stream()
                .map(number -> number % 4 == 0 ? -1 - number % 16 : number)
                .sorted()
                .toList();
    }

    private static List<Row> withoutPowers(List<Row> rows) {
        return rows.stream()
                .map(row -> RowFactory.create(withoutPower((Double) row.get(0)), row.get(1), row.get(2)))
                .toList();
    }

    private static @Nullable Double withoutPower(@Nullable Double number) {
        if (number == null || number == 0) {
            return number;
        }
        double left = number;
        while (left >= 2) {
            left /= 2;
        }
        while (left < 1) {
            left *= 2;
        }
        return left;
    }

    private static Map<String, Long> contents(Dataset<Row> rows) {
        return rows.collectAsList().stream()
                .map(row -> row.get(0) + " " + row.get(1))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static Dataset<Row> table(List<Row> rows, int partitions) {
        return SharedSpark.session().createDataFrame(rows, SCHEMA).repartition(partitions);
    }

    private static List<Row> repeated(List<Row> rows, int times) {
        return Collections.nCopies(times, rows).stream().flatMap(List::stream).toList();
    }

    private static List<Row> distinct(int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(RowFactory.create(
                    i % 3 == 0 ? null : i / 8.0, "w" + i / 2, new java.sql.Timestamp(1_700_000_000_000L + i)));
        }
        return rows;
    }
}
