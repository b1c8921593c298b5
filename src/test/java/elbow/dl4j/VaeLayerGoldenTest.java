package elbow.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Networks as each version of the spec's format wrote them; a file is never changed, only added to. */
@Tag("kernels")
class VaeLayerGoldenTest {
    @Test
    void networkOfVersionOneIsLoadedScoresAsBeforeAndTrains() throws IOException {
        MultiLayerNetwork network;
        try (InputStream stream = VaeLayerGoldenTest.class.getResourceAsStream("network-1.zip")) {
            network = ModelSerializer.restoreMultiLayerNetwork(Objects.requireNonNull(stream), true);
        }
        INDArray row = Nd4j.createFromArray(1f, 0f, 1f, 0.5f, 1.5f, -1f, 0.25f).reshape(1, 7);
        DataSet rows = new DataSet(row, row);

        // To what another BLAS may round otherwise.
        assertThat(network.scoreExamples(rows, false).getDouble(0)).isCloseTo(8.076860344329274, within(1e-5));
        float[] before = network.params().toFloatVector();
        network.fit(rows);
        assertThat(network.params().toFloatVector()).hasSameSizeAs(before).isNotEqualTo(before);
    }
}
