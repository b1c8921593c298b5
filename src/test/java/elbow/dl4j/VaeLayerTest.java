package elbow.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.math.FloatMemory;
import elbow.vae.BatchStatistics;
import elbow.vae.RowScores;
import elbow.vae.VaeEngine;
import elbow.vae.VaeScorer;
import elbow.vae.VaeSpec;
import elbow.vae.input.InputTransform;
import elbow.vae.input.RowBatch;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.LikelihoodGroup;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

@Tag("kernels")
class VaeLayerTest {
    private static final long SEED = 42;
    private static final int COLUMNS = 7;
    private static final int ROWS = 33;
    private static final int SAMPLES = 3;
    private static final VaeSpec SPEC = VaeSpec.builder(COLUMNS, 2)
            .encoder(6)
            .decoder(5)
            .likelihoods(List.of(
                    new LikelihoodGroup(new Bernoulli(), 3),
                    new LikelihoodGroup(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 1e-3), 4)))
            .inputTransform(InputTransform.SAMPLE)
            .build();

    private final float[] rows = rows();
    private final MultiLayerNetwork network =
            VaeNetworks.create(SPEC, SAMPLES, new Adam(1e-2), SEED, new float[COLUMNS]);

    @Test
    void configurationSurvivesItsJson() {
        MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();

        MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());

        assertThat(read).isEqualTo(configuration);
        VaeLayer layer = (VaeLayer) read.getConf(0).getLayer();
        assertThat(layer.spec()).isEqualTo(SPEC);
        assertThat(layer.scoringSamples()).isEqualTo(SAMPLES);
    }

    @Test
    void networkSurvivesModelSerializerToTheBit() throws IOException {
        network.fit(dataSet());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, bytes, true);

        MultiLayerNetwork restored =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(bytes.toByteArray()), true);

        assertThat(restored.params().toFloatVector()).isEqualTo(network.params().toFloatVector());
        assertThat(restored.getUpdater().getStateViewArray().toFloatVector())
                .isEqualTo(network.getUpdater().getStateViewArray().toFloatVector());
        assertThat(restored.scoreExamples(dataSet(), false).toDoubleVector())
                .isEqualTo(network.scoreExamples(dataSet(), false).toDoubleVector());
        network.fit(dataSet());
        restored.fit(dataSet());
        assertThat(restored.params().toFloatVector()).isEqualTo(network.params().toFloatVector());
    }

    @Test
    void gradientAndScoreAreTheKernels() {
        network.setInput(matrix());
        network.setLabels(matrix());
        network.computeGradientAndScore();

        BatchStatistics statistics = new BatchStatistics();
        float[] expected;
        try (VaeEngine engine = new VaeEngine(SPEC, ROWS);
                FloatMemory parameters = FloatMemory.allocate(engine.layout().length());
                FloatMemory gradients = FloatMemory.allocate(engine.layout().length())) {
            float[] values = network.params().toFloatVector();
            parameters.put(0, values, values.length);
            engine.bind(parameters, gradients);
            engine.gradient(RowBatch.of(COLUMNS, rows), SEED, 0, 1.0, statistics);
            expected = gradients.toArray();
        }
        assertThat(network.gradient().gradient().toFloatVector()).isEqualTo(expected);
        assertThat(network.score()).isEqualTo(statistics.loss() / ROWS);
    }

    @Test
    void scoreExamplesIsTheNegativeElboOfTheKernel() {
        RowScores expected = new RowScores(ROWS);
        try (VaeScorer scorer = new VaeScorer(SPEC);
                FloatMemory parameters = FloatMemory.allocate(scorer.layout().length())) {
            float[] values = network.params().toFloatVector();
            parameters.put(0, values, values.length);
            scorer.bind(parameters);
            scorer.score(RowBatch.of(COLUMNS, rows), SEED, SAMPLES, expected);
        }

        INDArray scores = network.scoreExamples(dataSet(), false);

        assertThat(scores.shape()).containsExactly(ROWS, 1);
        double sum = 0;
        for (int row = 0; row < ROWS; row++) {
            assertThat(scores.getDouble(row)).isEqualTo(-expected.elbo(row));
            sum += expected.elbo(row);
        }
        assertThat(network.score(dataSet())).isCloseTo(-sum / ROWS, within(1e-9));
    }

    @Test
    void optimalVariancesAreMeasuredAfterFit() {
        VaeSpec spec = VaeSpec.builder(COLUMNS, 2)
                .likelihood(Gaussian.learned(Gaussian.Variance.OPTIMAL_SHARED, 1e-3))
                .build();
        MultiLayerNetwork optimal = VaeNetworks.create(spec, 1, new Adam(1e-2), SEED, new float[COLUMNS]);
        for (int i = 0; i < 20; i++) {
            optimal.fit(dataSet());
        }
        int variance = (int) optimal.numParams() - 1;
        assertThat(optimal.params().getFloat(variance)).isZero();
        double before = optimal.score(dataSet());

        VaeNetworks.measureVariances(optimal, matrix());

        double logVariance = optimal.params().getFloat(variance);
        double scores = optimal.score(dataSet());
        assertThat(scores).isLessThan(before);
        double kl = scores - 0.5 * COLUMNS * (1 + Math.log(2 * Math.PI) + logVariance);
        assertThat(kl).isPositive();
        // The same rows and draws again: the measurement is a function of the network.
        VaeNetworks.measureVariances(optimal, matrix());
        assertThat((double) optimal.params().getFloat(variance)).isEqualTo(logVariance);
    }

    @Test
    void scoresDoNotDependOnTheRowsBesideThem() {
        double[] together = network.scoreExamples(dataSet(), false).toDoubleVector();
        INDArray single = matrix().getRow(5, true).dup();

        assertThat(network.scoreExamples(new DataSet(single, single), false).getDouble(0))
                .isEqualTo(together[5]);
    }

    @Test
    void aTransposedOrDoubleInputIsReadByItsMeaning() {
        double[] expected = network.scoreExamples(dataSet(), false).toDoubleVector();
        INDArray columnMajor = matrix().dup('f');
        INDArray wide = matrix().castTo(DataType.DOUBLE);

        assertThat(network.scoreExamples(new DataSet(columnMajor, columnMajor), false)
                        .toDoubleVector())
                .isEqualTo(expected);
        assertThat(network.scoreExamples(new DataSet(wide, wide), false).toDoubleVector())
                .isEqualTo(expected);
    }

    @Test
    void outputIsTheExpectedRow() {
        INDArray output = network.output(matrix());

        assertThat(output.shape()).containsExactly(ROWS, COLUMNS);
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < 3; column++) {
                assertThat(output.getFloat(row, column)).isBetween(0f, 1f);
            }
        }
    }

    @Test
    void fitRaisesTheElbo() {
        double before = -network.score(dataSet());
        for (int step = 0; step < 400; step++) {
            network.fit(dataSet());
        }
        assertThat(-network.score(dataSet())).isGreaterThan(before + 1);
    }

    @Test
    void initialParametersDependOnTheSeedAlone() {
        assertThat(parametersWithSeed(SEED)).isEqualTo(network.params().toFloatVector());
        assertThat(parametersWithSeed(43)).isNotEqualTo(network.params().toFloatVector());
    }

    @Test
    void refusesToBeOneOfSeveralLayers() {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(COLUMNS).nOut(COLUMNS).build())
                .layer(new VaeLayer(SPEC, 0))
                .build();

        assertThatThrownBy(() -> new MultiLayerNetwork(configuration).init())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("index of VaeLayer in the network must be 0 (it is the only layer), but is 1");
    }

    @Test
    void refusesMoreSamplesThanCanBeScored() {
        assertThatThrownBy(() -> new VaeLayer(SPEC, VaeScorer.MOST_SAMPLES + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("scoringSamples must lie in 0..1048576, but is 1048577");
    }

    @Test
    void refusesDoublePrecisionNetworks() {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new VaeLayer(SPEC, 0))
                .build();

        assertThatThrownBy(() -> new MultiLayerNetwork(configuration).init())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data type of a VaeLayer network must be FLOAT, but is DOUBLE");
    }

    @Test
    void refusesRegularizationThatItWouldNotApply() {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .l2(1e-4)
                .list()
                .layer(new VaeLayer(SPEC, 0))
                .build();

        assertThatThrownBy(() -> new MultiLayerNetwork(configuration).init())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("regularization of VaeLayer must be empty");
    }

    @Test
    void refusesInputOfAnotherWidth() {
        INDArray narrow = Nd4j.zeros(DataType.FLOAT, 4, COLUMNS - 1);

        assertThatThrownBy(() -> network.output(narrow))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input of VaeLayer must have shape [rows, 7], but is [4, 6]");
    }

    @Test
    void aNetworkWithoutVaeLayerIsNamed() {
        MultiLayerNetwork other = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder().nIn(3).nOut(2).build())
                .build());
        other.init();

        assertThatThrownBy(() -> VaeNetworks.layerOf(other))
                .hasMessage(
                        "network must be one VaeLayer, but has 1 layers, the first a " + OutputLayer.class.getName());
    }

    private static float[] parametersWithSeed(long seed) {
        return VaeNetworks.create(SPEC, SAMPLES, new Adam(1e-2), seed, new float[COLUMNS])
                .params()
                .toFloatVector();
    }

    private DataSet dataSet() {
        return new DataSet(matrix(), matrix());
    }

    private INDArray matrix() {
        return Nd4j.createFromArray(rows).reshape(ROWS, COLUMNS);
    }

    private static float[] rows() {
        Random random = new Random(3);
        float[] rows = new float[ROWS * COLUMNS];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i % COLUMNS < 3 ? random.nextFloat() : (float) random.nextGaussian();
        }
        return rows;
    }
}
