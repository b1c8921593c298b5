package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.math.FloatMemory;
import elbow.vae.input.RowBatch;
import elbow.vae.latent.DiagonalGaussian;
import elbow.vae.latent.Hierarchy;
import elbow.vae.latent.InverseAutoregressiveFlows;
import elbow.vae.layer.ImageSize;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LikelihoodGroup.Role;
import elbow.vae.prior.ConditionalGaussian;
import elbow.vae.prior.FlowPrior;
import elbow.vae.prior.Prior;
import elbow.vae.prior.StandardNormal;
import elbow.vae.prior.VampPrior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A row's score is the same to the bit wherever the row and the parameters stand. */
@Tag("kernels")
final class ScoringPlacesTest {
    private static final int ROWS = VaeScorer.ROOM + 10;
    private static final int CACHE_LINE = 16;
    private static final long SEED = 17;

    /** Layers of one unit, of few, around the widths of vectors and tiles, and wide ones. */
    static Stream<VaeSpec> specs() {
        return Stream.of(
                VaeSpec.builder(2, 1).build(),
                VaeSpec.builder(5, 1).encoder(1).decoder(1).build(),
                VaeSpec.builder(3, 2).encoder(128, 128).decoder(128, 128).build(),
                VaeSpec.builder(30, 8).encoder(64).decoder(64).build(),
                VaeSpec.builder(37, 5).encoder(61, 19).decoder(23, 67).build(),
                VaeSpec.builder(17, 3).encoder(15, 33, 16).decoder(7, 31, 49).build(),
                VaeSpec.builder(400, 20).encoder(300).decoder(257).build(),
                VaeSpec.builder(37, 9)
                        .encoder(61)
                        .decoder(23)
                        .prior(new FlowPrior(4, 33))
                        .posterior(new InverseAutoregressiveFlows(2, 21))
                        .build(),
                VaeSpec.builder(37, 6)
                        .encoder(61)
                        .decoder(23)
                        .prior(new VampPrior(250))
                        .build(),
                VaeSpec.builder(37, 6)
                        .encoder(61)
                        .decoder(23)
                        .likelihoods(List.of(new LikelihoodGroup(new Bernoulli(), 30)))
                        .conditions(List.of(new LikelihoodGroup(new Bernoulli(), 7, InputScale.NONE, Role.CONDITION)))
                        .prior(new ConditionalGaussian(33))
                        .build(),
                deep(Hierarchy.BOTTOM_UP, new StandardNormal()),
                deep(Hierarchy.LADDER, new VampPrior(30)),
                VaeSpec.builder(8 * 12 * 3, 6)
                        .encoder(61)
                        .decoder(23)
                        .convolutions(new Convolutions(new ImageSize(8, 12, 3), List.of(7, 19), 4, List.of(2, 2)))
                        .build(),
                VaeSpec.builder(37, 6)
                        .encoder(61)
                        .decoder(23)
                        .convolutions(new Convolutions(new ImageSize(5, 6, 1), List.of(9), 3, List.of(1)))
                        .build());
    }

    private static VaeSpec deep(Hierarchy kind, Prior prior) {
        return VaeSpec.builder(37, 17)
                .encoder(61)
                .decoder(23)
                .upper(
                        kind,
                        List.of(
                                HierarchySpecs.layer(9, new DiagonalGaussian(), 33, 5),
                                HierarchySpecs.layer(3, new DiagonalGaussian(), 19)))
                .prior(prior)
                .build();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void everyNumberOfRowsGivesTheSameScores(VaeSpec spec) {
        float[] rows = rows(spec);
        try (VaeScorer scorer = new VaeScorer(spec);
                FloatMemory parameters = parameters(spec, 0)) {
            scorer.bind(parameters);
            double[] together = score(scorer, rows, 0, ROWS);
            for (int count = 1; count < ROWS; count++) {
                // The last rows: each of them stands in another place every time, beside what was there before.
                double[] some = score(scorer, rows, ROWS - count, count);
                assertThat(some)
                        .as("the last %d rows", count)
                        .isEqualTo(Arrays.copyOfRange(together, ROWS - count, ROWS));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void parametersScoreAlikeWhereverTheyBegin(VaeSpec spec) {
        float[] rows = rows(spec);
        List<double[]> scores = new ArrayList<>();
        for (int offset = 0; offset < CACHE_LINE; offset++) {
            try (VaeScorer scorer = new VaeScorer(spec);
                    FloatMemory parameters = parameters(spec, offset)) {
                scorer.bind(parameters.slice(offset, scorer.layout().length()));
                scores.add(score(scorer, rows, 0, ROWS));
            }
        }
        assertThat(scores).allMatch(some -> Arrays.equals(some, scores.get(0)));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void rowScoresAloneInAnotherThreadAsAmongMany(VaeSpec spec) throws Exception {
        float[] rows = rows(spec);
        try (FloatMemory parameters = parameters(spec, 0)) {
            double[][] scores = new double[2][ROWS];
            Thread many = new Thread(() -> {
                try (VaeScorer scorer = new VaeScorer(spec)) {
                    scorer.bind(parameters);
                    scores[0] = score(scorer, rows, 0, ROWS);
                }
            });
            many.start();
            many.join();
            try (VaeScorer scorer = new VaeScorer(spec)) {
                scorer.bind(parameters);
                for (int row = 0; row < ROWS; row++) {
                    scores[1][row] = score(scorer, rows, row, 1)[0];
                }
            }
            assertThat(scores[1]).isEqualTo(scores[0]);
        }
    }

    private static FloatMemory parameters(VaeSpec spec, int offset) {
        int length = spec.layout().length();
        FloatMemory memory = FloatMemory.allocate(length + offset);
        try (FloatMemory initial = FloatMemory.allocate(length)) {
            Initialisation.initialise(spec, 3, initial);
            memory.slice(offset, length).put(initial);
        }
        return memory;
    }

    private static float[] rows(VaeSpec spec) {
        Random random = new Random(2);
        float[] rows = new float[ROWS * spec.inputSize()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.nextFloat();
        }
        return rows;
    }

    private static double[] score(VaeScorer scorer, float[] rows, int first, int count) {
        int columns = scorer.spec().inputSize();
        float[] some = Arrays.copyOfRange(rows, first * columns, (first + count) * columns);
        RowScores scores = new RowScores(count);
        scorer.score(RowBatch.of(columns, some), SEED, 1, scores);
        double[] elbos = new double[count];
        Arrays.setAll(elbos, scores::elbo);
        return elbos;
    }
}
