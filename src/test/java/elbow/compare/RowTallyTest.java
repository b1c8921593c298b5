package elbow.compare;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.score.ColumnScoring.Scores;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class RowTallyTest {
    private static final Comparability COLUMNS =
            new Comparability(Map.of("a", "gaussian"), Map.of("a", "gaussian"), List.of(), List.of(), List.of());

    @Test
    void aRowWithoutAFiniteElboIsFlaggedAndInNoMean() {
        RowTally tally = tally();
        add(tally, "usual", scores(-3, 1), scores(-2, 1));
        add(tally, "far", scores(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY), scores(-900, 1));

        assertThat(tally.rows).isEqualTo(2);
        assertThat(tally.notFinite).isEqualTo(1);
        assertThat(tally.mean(tally.firstElbo)).isEqualTo(-3);
        assertThat(tally.mean(tally.difference)).isEqualTo(1);
        assertThat(tally.flaggedByFirst).isEqualTo(1);
        assertThat(tally.onlyFirst.strangest())
                .extracting(row -> row.values().get(0))
                .containsExactly("far");
    }

    @Test
    void aScoreAtTheThresholdIsNotFlagged() {
        RowTally tally = tally();
        add(tally, "at", scores(-1, 5), scores(-1, 5.000001));

        assertThat(tally.flaggedByFirst).isZero();
        assertThat(tally.flaggedBySecond).isEqualTo(1);
    }

    @Test
    void ofManyRowsThatChangedSidesTheStrangestStayWhateverTheirOrderAndParts() {
        RowTally whole = tally();
        RowTally first = tally();
        RowTally second = tally();
        IntStream.range(0, 100).map(i -> (i * 37) % 100).forEach(i -> {
            add(whole, "row" + i, scores(-i, 6 + i), scores(-1, 0));
            add(i % 3 == 0 ? first : second, "row" + i, scores(-i, 6 + i), scores(-1, 0));
        });
        RowTally merged = tally().merge(second.sealed()).merge(first.sealed());

        assertThat(whole.onlyFirst.strangest()).hasSize(20);
        assertThat(whole.onlyFirst.strangest().get(0).values()).containsExactly("row99");
        assertThat(merged.onlyFirst.strangest()).isEqualTo(whole.onlyFirst.strangest());
        assertThat(merged.standardError(merged.difference)).isEqualTo(whole.standardError(whole.difference));
        assertThat(merged.rows).isEqualTo(100);
    }

    @Test
    void withoutMeasuredRowsThereAreNoMeans() {
        RowTally tally = tally();

        assertThat(tally.mean(tally.difference)).isNaN();
        assertThat(tally.mean(tally.firstKl)).isNaN();
        assertThat(tally.standardError(tally.difference)).isNaN();
    }

    private static RowTally tally() {
        return new RowTally(COLUMNS, 5, 5);
    }

    private static void add(RowTally tally, String name, Scores first, Scores second) {
        tally.add(first, second, () -> new ShownRow(new String[] {name}, ""));
    }

    private static Scores scores(double elbo, double anomalyScore) {
        return new Scores(RowFactory.create(), elbo, elbo, 0, anomalyScore, new double[] {elbo});
    }
}
