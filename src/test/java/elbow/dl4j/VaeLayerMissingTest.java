package elbow.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.math.FloatMemory;
import elbow.vae.BatchStatistics;
import elbow.vae.RowScores;
import elbow.vae.VaeEngine;
import elbow.vae.VaeScorer;
import elbow.vae.VaeSpec;
import elbow.vae.input.RowBatch;
import elbow.vae.likelihood.Categorical;
import elbow.vae.likelihood.ContinuousBernoulli;
import elbow.vae.likelihood.DiscretizedLogistic;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LogNormal;
import elbow.vae.likelihood.NegativeBinomial;
import elbow.vae.likelihood.Ordinal;
import elbow.vae.likelihood.Poisson;
import elbow.vae.likelihood.StudentT;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** A table of every type of column, with gaps, as a DL4J network. */
@Tag("kernels")
class VaeLayerMissingTest {
    private static final long SEED = 42;
    private static final int COLUMNS = 13;
    private static final int ROWS = 50;
    private static final int SAMPLES = 2;
    private static final float GAP = Float.NaN;
    private static final VaeSpec SPEC = VaeSpec.builder(COLUMNS, 2)
            .encoder(8)
            .decoder(8)
            .likelihoods(List.of(
                    new LikelihoodGroup(new Categorical(3), 3),
                    new LikelihoodGroup(new Ordinal(3), 3),
                    new LikelihoodGroup(new Poisson(), 1),
                    new LikelihoodGroup(new NegativeBinomial(), 1, new InputScale(List.of(1.0), List.of(1.0))),
                    new LikelihoodGroup(new LogNormal(Gaussian.learned(Gaussian.Variance.SHARED, 1e-3)), 1),
                    new LikelihoodGroup(new StudentT(1e-3, 2), 1),
                    new LikelihoodGroup(new ContinuousBernoulli(), 1),
                    new LikelihoodGroup(new DiscretizedLogistic(256, 1e-3), 1),
                    new LikelihoodGroup(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 1e-3), 1)))
            .missingColumns(List.of(0, 6, 9, 11))
            .build();
    private static final float[] MEANS = {0.5f, 0.25f, 0.25f, 0.2f, 0.3f, 0.5f, 2, 4, 0, 0, 0.5f, 0.5f, 0};

    private final float[] rows = rows();
    private final byte[] observed = mask();
    private final MultiLayerNetwork network = VaeNetworks.create(SPEC, SAMPLES, new Adam(1e-2), SEED, MEANS);

    @Test
    void gradientIsTheKernelsUnderTheMask() {
        network.setInput(matrix());
        network.setLabels(matrix());
        network.computeGradientAndScore();

        BatchStatistics statistics = new BatchStatistics();
        float[] expected;
        try (VaeEngine engine = new VaeEngine(SPEC, ROWS);
                FloatMemory parameters = parameters();
                FloatMemory gradients = FloatMemory.allocate(engine.layout().length())) {
            engine.bind(parameters, gradients);
            engine.gradient(batch(), SEED, 0, 1.0, statistics);
            expected = gradients.toArray();
        }
        assertThat(network.gradient().gradient().toFloatVector()).isEqualTo(expected);
        assertThat(network.score()).isEqualTo(statistics.loss() / ROWS).isFinite();
    }

    @Test
    void scoresAndOutputAreTheKernelsUnderTheMask() {
        RowScores scores = new RowScores(ROWS);
        float[] reconstruction = new float[rows.length];
        try (VaeScorer scorer = new VaeScorer(SPEC);
                FloatMemory parameters = parameters()) {
            scorer.bind(parameters);
            scorer.score(batch(), SEED, SAMPLES, scores);
            scorer.reconstruct(batch(), SEED, reconstruction);
        }
        INDArray losses = network.scoreExamples(new DataSet(matrix(), matrix()), false);
        for (int row = 0; row < ROWS; row++) {
            assertThat(losses.getDouble(row)).isEqualTo(-scores.elbo(row));
        }
        INDArray output = network.output(matrix());
        assertThat(output.reshape(rows.length).toFloatVector()).isEqualTo(reconstruction);
        assertThat(reconstruction).doesNotContain(Float.NaN);
    }

    @Test
    void otherColumnsOfAMissingCategoryHaveNoInfluence() {
        double[] expected =
                network.scoreExamples(new DataSet(matrix(), matrix()), false).toDoubleVector();
        float[] garbage = rows.clone();
        for (int at = 0; at < rows.length; at += COLUMNS) {
            if (observed[at] == 0) {
                garbage[at + 1] = 17;
            }
        }
        INDArray matrix = Nd4j.createFromArray(garbage).reshape(ROWS, COLUMNS);
        assertThat(network.scoreExamples(new DataSet(matrix, matrix), false).toDoubleVector())
                .isEqualTo(expected);
    }

    @Test
    void fitRaisesTheElbo() {
        DataSet data = new DataSet(matrix(), matrix());
        double before = -network.score(data);
        for (int step = 0; step < 300; step++) {
            network.fit(data);
        }
        assertThat(-network.score(data)).isGreaterThan(before + 1);
    }

    @Test
    void networkSurvivesModelSerializerToTheBit() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, bytes, true);
        MultiLayerNetwork restored =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(bytes.toByteArray()), true);
        assertThat(VaeNetworks.layerOf(restored).spec()).isEqualTo(SPEC);
        DataSet data = new DataSet(matrix(), matrix());
        assertThat(restored.scoreExamples(data, false).toDoubleVector())
                .isEqualTo(network.scoreExamples(data, false).toDoubleVector());
    }

    @Test
    void nanOutsideMissingColumnsIsRefused() {
        INDArray matrix = matrix();
        matrix.putScalar(4, 7, GAP);
        assertThatThrownBy(() -> network.output(matrix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows[4][7] must be finite and at least 0 for negativeBinomial, but is NaN");
    }

    @Test
    void maskArraysAreRefused() {
        DataSet data = new DataSet(matrix(), matrix(), Nd4j.ones(ROWS, 1), null);
        assertThatThrownBy(() -> network.fit(data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mask array of VaeLayer must be absent (NaN in the features stands for a missing value),"
                        + " but is [50, 1]");
    }

    private FloatMemory parameters() {
        float[] values = network.params().toFloatVector();
        FloatMemory memory = FloatMemory.allocate(values.length);
        memory.put(0, values, values.length);
        return memory;
    }

    private INDArray matrix() {
        return Nd4j.createFromArray(rows).reshape(ROWS, COLUMNS);
    }

    private RowBatch batch() {
        float[] filled = rows.clone();
        for (int i = 0; i < filled.length; i++) {
            filled[i] = observed[i] == 1 ? filled[i] : 0;
        }
        return RowBatch.of(COLUMNS, filled, observed);
    }

    private byte[] mask() {
        byte[] mask = new byte[rows.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (Float.isNaN(rows[i]) ? 0 : 1);
        }
        return mask;
    }

    private static float[] rows() {
        Random random = new Random(3);
        float[] rows = new float[ROWS * COLUMNS];
        for (int at = 0; at < rows.length; at += COLUMNS) {
            rows[at + random.nextInt(3)] = 1;
            rows[at + 3 + random.nextInt(3)] = 1;
            rows[at + 6] = random.nextInt(5);
            rows[at + 7] = random.nextInt(9);
            rows[at + 8] = (float) Math.exp(random.nextGaussian());
            rows[at + 9] = (float) random.nextGaussian();
            rows[at + 10] = random.nextFloat();
            rows[at + 11] = random.nextInt(256) / 255f;
            rows[at + 12] = (float) random.nextGaussian();
            for (int column : new int[] {0, 6, 9, 11}) {
                if (random.nextInt(4) == 0) {
                    Arrays.fill(rows, at + column, at + column + (column == 0 ? 3 : 1), GAP);
                }
            }
        }
        return rows;
    }
}
