package elbow.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearestNeighboursTest {
    private static final double ROUNDING = 1e-6;

    @Test
    void distanceIsTheSquareOfThatToTheFifthRow() {
        float[][] line = line(10);

        assertThat(NearestNeighbours.of(line, new float[][] {{12}, {4.5f}}).distances())
                .containsExactly(49, 2.5 * 2.5);
    }

    @Test
    void aTrainingRowIsNotItsOwnNeighbour() {
        assertThat(NearestNeighbours.among(line(10)).distances()).containsExactly(25, 16, 9, 9, 9, 9, 9, 9, 16, 25);
    }

    // Of 0, 1 and 2 each has the two others for neighbours. Distances to the second: 2, 1, 2. Mean reachability
    // distances: of 0 (max(1, 1) + max(2, 2)) / 2, of 1 (2 + 2) / 2, of 2 as of 0; densities 2/3, 1/2, 2/3.
    @Test
    void outlierFactorsOfThreeRowsAreThoseByHand() {
        double[] factors = NearestNeighbours.among(line(3)).outlierFactors();

        assertThat(factors[0]).isCloseTo((1.0 / 2 + 2.0 / 3) / 2 / (2.0 / 3), within(ROUNDING));
        assertThat(factors[1]).isCloseTo(2.0 / 3 / (1.0 / 2), within(ROUNDING));
        assertThat(factors[2]).isCloseTo(factors[0], within(ROUNDING));
    }

    // The neighbours of 4 are 2 and 1: reachability distances max(2, 2) and max(1, 3), density 2/5.
    @Test
    void outlierFactorOfARowThatIsNoTrainingRowIsThatByHand() {
        assertThat(NearestNeighbours.of(line(3), new float[][] {{4}}).outlierFactors()[0])
                .isCloseTo((2.0 / 3 + 1.0 / 2) / 2 / (2.0 / 5), within(ROUNDING));
    }

    @Test
    void whereAllRowsHaveTheSameSurroundingsEveryOutlierFactorIsOne() {
        float[][] circle = IntStream.range(0, 48)
                .mapToObj(i -> new float[] {(float) Math.cos(Math.PI * i / 24), (float) Math.sin(Math.PI * i / 24)})
                .toArray(float[][]::new);

        for (double factor : NearestNeighbours.among(circle).outlierFactors()) {
            assertThat(factor).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void aRowBesideADenseClusterIsStrangerThanOneAsFarFromASparseOne() {
        float[][] clusters = IntStream.range(0, 60)
                .mapToObj(i -> new float[] {i < 30 ? 0.01f * i : 100 + 2 * i})
                .toArray(float[][]::new);
        double[] factors =
                NearestNeighbours.of(clusters, new float[][] {{-3}, {157}}).outlierFactors();

        assertThat(factors[0]).isGreaterThan(10);
        assertThat(factors[1]).isBetween(0.9, 1.5);
    }

    @Test
    void copiesHaveFiniteOutlierFactors() {
        float[][] copies = new float[50][1];
        copies[49][0] = 1;
        double[] factors = NearestNeighbours.among(copies).outlierFactors();

        assertThat(factors[0]).isCloseTo(1, within(ROUNDING));
        assertThat(factors[49]).isFinite().isGreaterThan(1e6);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 40})
    void searchFindsWhatComparingWithAllRowsFinds(int columns) {
        SplittableRandom random = new SplittableRandom(columns);
        float[][] rows = random(random, 300, columns);
        // Copies, and a cluster far away.
        rows[17] = rows[3].clone();
        for (int row = 250; row < 300; row++) {
            rows[row][0] += 40;
        }
        float[][] queries = random(random, 50, columns);
        NeighbourSearch.Neighbours[] found = new NeighbourSearch(rows).nearest(queries, 20);

        for (int query = 0; query < queries.length; query++) {
            float[] one = queries[query];
            double[] all = Arrays.stream(rows)
                    .mapToDouble(row -> squaredDistance(one, row))
                    .toArray();
            double[] nearest = Arrays.stream(found[query].indices())
                    .mapToDouble(row -> all[row])
                    .toArray();
            assertThat(nearest)
                    .containsExactly(Arrays.stream(all).sorted().limit(20).toArray());
        }
    }

    private static float squaredDistance(float[] one, float[] other) {
        float sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }
        return sum;
    }

    private static float[][] line(int rows) {
        return IntStream.range(0, rows).mapToObj(row -> new float[] {row}).toArray(float[][]::new);
    }

    private static float[][] random(SplittableRandom random, int rows, int columns) {
        float[][] values = new float[rows][columns];
        for (float[] row : values) {
            for (int i = 0; i < columns; i++) {
                row[i] = (float) random.nextDouble(-1, 1);
            }
        }
        return values;
    }
}
