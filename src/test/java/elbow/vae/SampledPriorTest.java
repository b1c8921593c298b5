package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.math.FloatMemory;
import elbow.vae.VaeSpecJson.Parts;
import elbow.vae.latent.PosteriorReaders;
import elbow.vae.layer.LayerReaders;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.prior.Prior;
import elbow.vae.prior.StandardNormal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A prior that main code does not know fits without a change there; without a closed form its KL is sampled. */
@Tag("kernels")
final class SampledPriorTest {
    private static final Parts PARTS = new Parts(
            LayerReaders.ALL,
            PosteriorReaders.ALL,
            Map.of(
                    TestPriors.TwoGaussians.TYPE,
                    TestPriors.TwoGaussians::fromJson,
                    TestPriors.LearnedMeans.TYPE,
                    settings -> new TestPriors.LearnedMeans()));

    static List<Prior> priors() {
        return List.of(new TestPriors.TwoGaussians(0.75), new TestPriors.LearnedMeans());
    }

    @ParameterizedTest
    @MethodSource("priors")
    void jsonRoundTripsWithItsSettings(Prior prior) {
        VaeSpec spec = Fixture.base().prior(prior).build();
        String text = VaeSpecJson.write(spec).toString();
        assertThat(VaeSpecJson.read("spec", text, PARTS)).isEqualTo(spec);
        assertThatThrownBy(() -> VaeSpecJson.read("spec", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "spec: prior: type must be one of .*standardNormal.*, but is \"" + prior.type() + "\"");
    }

    /** Over 3,000 independent draws, within 5 standard errors for each of six rows: false-reject rate below 1e-5. */
    @Test
    void sampledKlOfAStandardNormalIsTheClosedFormOnAverage() {
        Fixture fixture = new Fixture(Fixture.base().build());
        Fixture sampled =
                new Fixture(Fixture.base().prior(new TestPriors.SampledNormal()).build());
        RowScores expected = score(fixture, 0, 1);
        int draws = 3000;
        double[] sums = new double[Fixture.ROWS];
        double[] squares = new double[Fixture.ROWS];
        try (VaeScorer scorer = new VaeScorer(sampled.spec);
                FloatMemory parameters = sampled.parameterMemory()) {
            scorer.bind(parameters);
            RowScores scores = new RowScores(Fixture.ROWS);
            for (int seed = 0; seed < draws; seed++) {
                scorer.score(sampled.batch(), seed, 1, scores);
                for (int row = 0; row < Fixture.ROWS; row++) {
                    sums[row] += scores.kl(row);
                    squares[row] += scores.kl(row) * scores.kl(row);
                }
            }
        }
        for (int row = 0; row < Fixture.ROWS; row++) {
            double mean = sums[row] / draws;
            double standardError = Math.sqrt((squares[row] / draws - mean * mean) / draws);
            assertThat(mean).as("row %d", row).isCloseTo(expected.kl(row), within(5 * standardError));
        }
    }

    @Test
    void ofOneSampleTheBoundIsTheElbo() {
        Fixture fixture =
                new Fixture(Fixture.base().prior(new TestPriors.TwoGaussians(1)).build());
        RowScores scores = score(fixture, 3, 1);
        for (int row = 0; row < Fixture.ROWS; row++) {
            assertThat(scores.importanceWeightedBound(row)).isCloseTo(scores.elbo(row), within(1e-10));
        }
    }

    @ParameterizedTest
    @MethodSource("priors")
    void withoutSamplesTheKlIsThatOf64Draws(Prior prior) {
        Fixture fixture = new Fixture(Fixture.base().prior(prior).build());
        RowScores many = score(fixture, 3, 64);
        RowScores none = score(fixture, 3, 0);
        for (int row = 0; row < Fixture.ROWS; row++) {
            assertThat(none.kl(row)).isEqualTo(many.kl(row)).isNotZero();
            assertThat(none.reconstruction(row)).isNotEqualTo(many.reconstruction(row));
            assertThat(none.elbo(row)).isEqualTo(none.reconstruction(row) - none.kl(row));
            assertThat(none.importanceWeightedBound(row)).isNaN();
        }
    }

    private static RowScores score(Fixture fixture, long seed, int samples) {
        RowScores scores = new RowScores(Fixture.ROWS);
        try (VaeScorer scorer = new VaeScorer(fixture.spec);
                FloatMemory parameters = fixture.parameterMemory()) {
            scorer.bind(parameters);
            scorer.score(fixture.batch(), seed, samples, scores);
        }
        return scores;
    }

    @Test
    void freeBitsNeedAClosedForm() {
        assertThatThrownBy(() -> Fixture.base()
                        .prior(new TestPriors.TwoGaussians(1))
                        .objective(Fixture.elbo(1, 1, 0.1))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("freeBits must be 0 with the prior twoGaussians, whose KL divergence has no closed form by"
                        + " latent, but is 0.1");
    }

    @Test
    void parametersOfThePriorStandLastAndChangeNoOthersStart() {
        VaeSpec plain = Fixture.base().prior(new StandardNormal()).build();
        VaeSpec learned = Fixture.base().prior(new TestPriors.LearnedMeans()).build();
        ParameterLayout layout = learned.layout();
        assertThat(layout.blocks()).startsWith(plain.layout().blocks().toArray(new ParameterBlock[0]));
        assertThat(layout.block("prior.means").offset())
                .isEqualTo(plain.layout().length());
        assertThat(layout.length()).isEqualTo(plain.layout().length() + 3);
        try (FloatMemory with = FloatMemory.allocate(layout.length());
                FloatMemory without = FloatMemory.allocate(plain.layout().length())) {
            Initialisation.initialise(learned, 1, with);
            Initialisation.initialise(plain, 1, without);
            assertThat(Arrays.copyOf(with.toArray(), without.length())).isEqualTo(without.toArray());
        }
    }

    @Test
    void drawsFollowThePriorsParameters() {
        VaeSpec spec = Fixture.base().prior(new TestPriors.LearnedMeans()).build();
        ParameterBlock means = spec.layout().block("prior.means");
        float[] before = new float[7];
        float[] after = new float[7];
        float[] shifted = {5, -5, 5};
        Fixture fixture = new Fixture(spec);
        try (VaeGenerator generator = new VaeGenerator(spec);
                FloatMemory parameters = fixture.parameterMemory()) {
            generator.bind(parameters);
            generator.drawPrior(1, new long[1], 1);
            generator.expected(before);
            parameters.put(means.offset(), shifted, means.length());
            generator.bind(parameters);
            generator.drawPrior(1, new long[1], 1);
            generator.expected(after);
        }
        assertThat(after).isNotEqualTo(before);
    }
}
