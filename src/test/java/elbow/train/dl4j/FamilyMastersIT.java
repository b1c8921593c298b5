package elbow.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.OneFactorRows;
import elbow.SharedSpark;
import elbow.SmallFamily;
import elbow.dl4j.VaeNetworks;
import elbow.vae.VaeSpec;
import elbow.vae.input.RowBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Each prior and posterior under DL4J's training master and Elbow's own, as users of DL4J work with them. */
class FamilyMastersIT {
    private static final int COLUMNS = 6;
    private static final int BATCH = 32;
    private static final int EPOCHS = 12;

    private final JavaSparkContext spark =
            JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());

    static Stream<VaeSpec> specs() {
        return SmallFamily.specs(COLUMNS);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void stockParameterAveragingTrainsIt(VaeSpec spec) throws IOException {
        ParameterAveragingTrainingMaster master = new ParameterAveragingTrainingMaster.Builder(2, BATCH)
                .batchSizePerWorker(BATCH)
                .averagingFrequency(5)
                .saveUpdater(true)
                .rngSeed(1)
                .build();
        assertTrains(spec, master);
        master.deleteTempFiles(spark);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void elbowsMasterTrainsIt(VaeSpec spec) throws IOException {
        try (AveragingMaster master =
                AveragingMaster.builder(2, BATCH).averagingFrequency(5).build()) {
            assertTrains(spec, master);
        }
    }

    private void assertTrains(VaeSpec spec, TrainingMaster<?, ?> master) throws IOException {
        MultiLayerNetwork network = VaeNetworks.create(spec, 4, new Adam(1e-2), 42, new float[COLUMNS]);
        if (spec.pseudoInputs() > 0) {
            VaeNetworks.setPseudoInputs(network, RowBatch.of(COLUMNS, flat(10)));
        }
        JavaRDD<DataSet> rows = spark.parallelize(batches(), 2);
        double untrained = meanElbo(network);
        SparkDl4jMultiLayer distributed = new SparkDl4jMultiLayer(spark, network, master);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            distributed.fit(rows);
        }
        MultiLayerNetwork trained = distributed.getNetwork();
        // Six columns of standard deviation 1 with one factor, which leaves each a deviation of 0.3.
        assertThat(meanElbo(trained)).isGreaterThan(untrained + 1.5);

        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        ModelSerializer.writeModel(trained, saved, true);
        MultiLayerNetwork restored =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(saved.toByteArray()), true);
        assertThat(meanElbo(restored)).isEqualTo(meanElbo(trained));
    }

    private static double meanElbo(MultiLayerNetwork network) {
        List<DataSet> batches = batches();
        return -batches.stream().mapToDouble(network::score).sum() / batches.size();
    }

    private static float[] flat(int rows) {
        float[] flat = new float[rows * COLUMNS];
        List<float[]> all = OneFactorRows.of(rows, COLUMNS);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(all.get(row), 0, flat, row * COLUMNS, COLUMNS);
        }
        return flat;
    }

    private static List<DataSet> batches() {
        List<float[]> rows = OneFactorRows.of(20 * BATCH, COLUMNS);
        List<DataSet> batches = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += BATCH) {
            float[][] batch = rows.subList(from, from + BATCH).toArray(float[][]::new);
            var matrix = Nd4j.createFromArray(batch);
            batches.add(new DataSet(matrix, matrix));
        }
        return batches;
    }
}
