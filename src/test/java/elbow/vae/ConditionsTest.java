package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.math.FloatMemory;
import elbow.vae.RowScores.Detail;
import elbow.vae.input.RowBatch;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Categorical;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LikelihoodGroup.Role;
import elbow.vae.prior.ConditionalGaussian;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Conditions are given: they count in no score, and all that is said is said given them. */
@Tag("kernels")
final class ConditionsTest {
    private static final int MODELLED = 4;
    private static final VaeSpec SPEC =
            ConditionalSpecs.builder().prior(new ConditionalGaussian(4)).build();
    private static final int COLUMNS = SPEC.inputSize();

    @Test
    void conditionsDoNotEnterTheReconstruction() {
        Fixture fixture = new Fixture(SPEC);
        try (VaeScorer scorer = new VaeScorer(SPEC);
                FloatMemory parameters = fixture.parameterMemory()) {
            scorer.bind(parameters);
            RowScores scores = new RowScores(SPEC, Fixture.ROWS, Set.of(Detail.COLUMNS, Detail.EXPECTATIONS));
            scorer.score(fixture.batch(), 1, 0, scores);
            for (int row = 0; row < Fixture.ROWS; row++) {
                int at = row * COLUMNS;
                double sum = Arrays.stream(scores.columnReconstructions(), at, at + MODELLED)
                        .sum();
                assertThat(sum).isCloseTo(scores.reconstruction(row), within(1e-9));
                assertThat(Arrays.copyOfRange(scores.columnReconstructions(), at + MODELLED, at + COLUMNS))
                        .containsOnly(0);
                assertThat(Arrays.copyOfRange(scores.expected(), at + MODELLED, at + COLUMNS))
                        .isEqualTo(Arrays.copyOfRange(fixture.rows, at + MODELLED, at + COLUMNS));
                assertThat(scores.observed(row)).isEqualTo(MODELLED);
            }
        }
    }

    @Test
    void decodingTakesTheConditionsOfRowsAndNothingElseOfThem() {
        Fixture fixture = new Fixture(SPEC);
        float[] noise = {0.3f, -0.2f, 1f};
        float[] latents = new float[Fixture.ROWS * 3];
        for (int i = 0; i < latents.length; i++) {
            latents[i] = noise[i % 3];
        }
        float[] others = fixture.rows.clone();
        for (int row = 0; row < Fixture.ROWS; row++) {
            Arrays.fill(others, row * COLUMNS, row * COLUMNS + MODELLED, Float.NaN);
        }
        float[] expected = new float[others.length];
        float[] again = new float[others.length];
        float[] drawn = new float[others.length];
        float[] drawnAgain = new float[others.length];
        long[] numbers = LongStream.range(0, Fixture.ROWS).toArray();
        try (VaeGenerator generator = new VaeGenerator(SPEC);
                FloatMemory parameters = fixture.parameterMemory()) {
            generator.bind(parameters);
            generator.put(latents, RowBatch.of(COLUMNS, fixture.rows));
            generator.expected(expected);
            generator.put(latents, RowBatch.of(COLUMNS, others));
            generator.expected(again);
            generator.drawPrior(7, numbers, RowBatch.of(COLUMNS, fixture.rows));
            generator.expected(drawn);
            generator.drawPrior(7, numbers, RowBatch.of(COLUMNS, others));
            generator.expected(drawnAgain);

            assertThat(again).isEqualTo(expected);
            assertThat(drawnAgain).isEqualTo(drawn).isNotEqualTo(expected);
            assertThat(Arrays.copyOf(expected, MODELLED))
                    .isNotEqualTo(Arrays.copyOfRange(expected, COLUMNS, COLUMNS + MODELLED));
            assertThatThrownBy(() -> generator.put(latents, Fixture.ROWS))
                    .hasMessage("conditions must be given to a model that has some, but is none");
            assertThatThrownBy(() -> generator.drawPrior(7, numbers, Fixture.ROWS))
                    .hasMessage("conditions must be given to a model that has some, but is none");
        }
    }

    /** The last category of the second condition is hidden: its factor is 0. */
    @Test
    void aCategoryThatTrainingHasNotSeenIsSeenAsAMissingOne() {
        Fixture fixture = new Fixture(SPEC);
        float[] unseen = Arrays.copyOf(fixture.rows, COLUMNS);
        Arrays.fill(unseen, 7, 10, 0);
        unseen[9] = 1;
        float[] missing = unseen.clone();
        missing[9] = 0;
        byte[] observed = new byte[COLUMNS];
        Arrays.fill(observed, (byte) 1);
        Arrays.fill(observed, 7, 10, (byte) 0);
        float[] other = unseen.clone();
        other[9] = 0;
        other[8] = 1;
        try (VaeScorer scorer = new VaeScorer(SPEC);
                FloatMemory parameters = fixture.parameterMemory()) {
            scorer.bind(parameters);
            RowScores scores = new RowScores(1);
            scorer.score(RowBatch.of(COLUMNS, unseen).withKeys(3), 1, 2, scores);
            double elbo = scores.elbo(0);
            scorer.score(RowBatch.of(COLUMNS, missing, observed).withKeys(3), 1, 2, scores);
            assertThat(scores.elbo(0)).isEqualTo(elbo);
            scorer.score(RowBatch.of(COLUMNS, other).withKeys(3), 1, 2, scores);
            assertThat(scores.elbo(0)).isNotEqualTo(elbo);
        }
    }

    @Test
    void aValueThatThereCannotBeIsRefusedInAConditionToo() {
        Fixture fixture = new Fixture(SPEC);
        float[] rows = Arrays.copyOf(fixture.rows, COLUMNS);
        rows[11] = -1;
        try (VaeScorer scorer = new VaeScorer(SPEC);
                FloatMemory parameters = fixture.parameterMemory()) {
            scorer.bind(parameters);
            assertThatThrownBy(() -> scorer.score(RowBatch.of(COLUMNS, rows), 1, 0, new RowScores(1)))
                    .hasMessageContaining("rows[0][11]");
        }
    }

    @Test
    void specsRoundTripAndSayWhatIsNoConditionAsBefore() {
        assertThat(VaeSpecJson.read("spec", VaeSpecJson.write(SPEC).toString())).isEqualTo(SPEC);
        assertThat(VaeSpecJson.write(SPEC).at("/columnGroups/0").has("role")).isFalse();
        assertThat(VaeSpecJson.write(SPEC).at("/columnGroups/2/role").asText()).isEqualTo("condition");
        assertThat(VaeSpecJson.write(SPEC).at("/formatVersion").asInt()).isEqualTo(3);
    }

    @Test
    void invalidConditionsAreRefused() {
        LikelihoodGroup modelled = new LikelihoodGroup(new Bernoulli(), 2);
        LikelihoodGroup condition = new LikelihoodGroup(new Categorical(2), 2, InputScale.NONE, Role.CONDITION);
        assertThatThrownBy(() -> VaeSpec.builder(4, 2)
                        .likelihoods(List.of(condition, modelled))
                        .build())
                .hasMessageStartingWith("conditions must stand after what is modelled");
        assertThatThrownBy(() ->
                        VaeSpec.builder(2, 2).likelihoods(List.of(condition)).build())
                .hasMessageStartingWith("likelihoods must have at least one group");
        assertThatThrownBy(
                        () -> Fixture.base().prior(new ConditionalGaussian(4)).build())
                .hasMessage("conditions must be at least one with a conditional prior, but is 0");
    }
}
