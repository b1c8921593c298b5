package elbow.fit.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.fit.weights.WeightSearch.Part;
import elbow.fit.weights.WeightSearch.Parts;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeightSearchTest {
    private static final ScoreWeights USUAL = new ScoreWeights(0.25, 0.5);
    private static final Set<Part> BOTH = EnumSet.allOf(Part.class);

    private final Random random = new Random(3);

    @Test
    void aPartThatTellsThemApartWeighsMore() {
        Parts anomalies = parts(10, i -> 0, i -> 0, i -> 3);
        Parts heldOut = parts(400, i -> 4 * random.nextGaussian(), i -> 0, i -> 0.3 * random.nextGaussian());

        WeightChoice choice = WeightSearch.choose(USUAL, BOTH, anomalies, heldOut);

        assertThat(choice.differs()).isTrue();
        assertThat(choice.chosen().neighbour()).isGreaterThan(0.5);
        assertThat(choice.chosen().marginal()).isEqualTo(0.25);
        assertThat(choice.auroc()).isGreaterThan(choice.usualAuroc() + choice.standardError());
        assertThat(choice.settings()).contains("scoring.marginal-weight=0.25");
        assertThat(choice.sentence())
                .startsWith("10 known anomalies, each scored by weights that the others choose")
                .contains("against 400 held-out rows")
                .contains("instead of 0.25 and 0.5");
    }

    @Test
    void aPartThatMisleadsWeighsNothing() {
        Parts anomalies = parts(8, i -> 2 + 0.1 * i, i -> 0, i -> 0);
        Parts heldOut = parts(300, i -> random.nextGaussian(), i -> 20 * random.nextDouble(), i -> 0);

        WeightChoice choice = WeightSearch.choose(USUAL, BOTH, anomalies, heldOut);

        assertThat(choice.chosen()).isEqualTo(new ScoreWeights(0, 0.5));
    }

    @Test
    void whatIsNotFreeStays() {
        Parts anomalies = parts(10, i -> 0, i -> 0, i -> 3);
        Parts heldOut = parts(400, i -> 4 * random.nextGaussian(), i -> 0, i -> 0.3 * random.nextGaussian());

        assertThat(WeightSearch.choose(USUAL, EnumSet.of(Part.MARGINAL), anomalies, heldOut)
                        .differs())
                .isFalse();
        assertThat(WeightSearch.choose(USUAL, EnumSet.of(Part.NEIGHBOUR), anomalies, heldOut)
                        .chosen()
                        .marginal())
                .isEqualTo(0.25);
    }

    @Test
    void noiseSeldomChoosesAndWhatItChoosesIsLittleWorse() {
        int changed = 0;
        for (int turn = 0; turn < 100; turn++) {
            Parts anomalies = noise(6, 1);
            Parts heldOut = noise(200, 0);
            changed += WeightSearch.choose(USUAL, BOTH, anomalies, heldOut).differs() ? 1 : 0;
        }
        // All three parts tell as much: no weights are much better than the usual ones.
        assertThat(changed).isLessThan(25);
    }

    @Test
    void theGainIsThatOfAnomaliesThatHadNoPartInTheChoice() {
        Parts anomalies = new Parts(new double[] {1, 1, 1}, new double[3], new double[] {1, 1, -1});
        Parts heldOut = new Parts(new double[] {0, 0, 2, 2}, new double[4], new double[4]);
        ScoreWeights usual = new ScoreWeights(0, 0.5);

        WeightChoice choice = WeightSearch.choose(usual, EnumSet.of(Part.NEIGHBOUR), anomalies, heldOut);

        // Of two of which one is the third, half of the shares are lost with a weight of 2. The first two choose it,
        // which puts the third below all.
        assertThat(choice.usualAuroc()).isEqualTo(0.5);
        assertThat(choice.auroc()).isCloseTo((0.5 + 0.5 + 0) / 3, within(1e-12));
        assertThat(choice.differs()).isFalse();
        assertThat(choice.settings()).isEmpty();
        assertThat(choice.sentence()).endsWith("the usual weights stay, as no others are clearly better");
    }

    @Test
    void aScoreWithoutANumberIsTheHighest() {
        Parts anomalies =
                new Parts(new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1}, new double[3], new double[3]);
        Parts heldOut = new Parts(new double[] {0, 0}, new double[2], new double[2]);

        assertThat(WeightSearch.choose(USUAL, BOTH, anomalies, heldOut).usualAuroc())
                .isEqualTo(1);
    }

    @Test
    void oneHeldOutRowDecidesNothing() {
        Parts anomalies = parts(5, i -> 0, i -> 0, i -> 3);
        Parts heldOut = parts(1, i -> 1, i -> 0, i -> 0);

        WeightChoice choice = WeightSearch.choose(USUAL, BOTH, anomalies, heldOut);

        assertThat(choice.standardError()).isNaN();
        assertThat(choice.differs()).isFalse();
    }

    @Test
    void manyRowsAreThinned() {
        Parts anomalies = parts(40, i -> 1, i -> 0, i -> 0);
        Parts heldOut = parts(30_000, i -> i % 4, i -> 0, i -> 0);

        WeightChoice choice = WeightSearch.choose(USUAL, BOTH, anomalies, heldOut);

        assertThat(choice.heldOut()).isEqualTo(10_000);
        assertThat(choice.usualAuroc()).isCloseTo(0.375, within(0.01));
    }

    @Test
    void twoAreTooFew() {
        assertThatThrownBy(() -> WeightSearch.choose(USUAL, BOTH, noise(2, 1), noise(9, 0)))
                .hasMessage("anomalies must be at least 3, but is 2");
    }

    private Parts noise(int rows, double shift) {
        IntToDoubleFunction value = i -> shift + random.nextGaussian();
        return parts(rows, value, value, value);
    }

    private static Parts parts(
            int rows, IntToDoubleFunction elbo, IntToDoubleFunction marginal, IntToDoubleFunction neighbour) {
        return new Parts(array(rows, elbo), array(rows, marginal), array(rows, neighbour));
    }

    private static double[] array(int rows, IntToDoubleFunction value) {
        return IntStream.range(0, rows).mapToDouble(value).toArray();
    }
}
