package elbow.export;

import elbow.data.feature.FeatureEncoder;
import elbow.dl4j.VaeNetworks;
import elbow.model.TrainedModel;
import elbow.score.SmallModels;
import elbow.vae.VaeSpec;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Sgd;

/** Small models with random parameters. */
final class ExportedModels {
    /** Latents of the layer that the data hang on. */
    static final int LATENTS = 2;

    private ExportedModels() {}

    /**
     * A model of an encoder's columns.
     *
     * @param settings what the network has beside the encoder's likelihoods
     * @param formula of anomaly scores
     * @param version of anomaly scores
     */
    static TrainedModel of(
            FeatureEncoder encoder, UnaryOperator<VaeSpec.Builder> settings, String formula, int version) {
        VaeSpec.Builder builder = VaeSpec.builder(encoder.width(), LATENTS)
                .encoder(8)
                .decoder(7)
                .likelihoods(encoder.likelihoods())
                .conditions(encoder.conditionGroups())
                .inputTransform(encoder.inputTransform())
                .missingColumns(encoder.missingColumns());
        MultiLayerNetwork network =
                VaeNetworks.create(settings.apply(builder).build(), 0, new Sgd(0.1), 7, encoder.columnMeans());
        float[] parameters = VaeNetworks.parametersOf(network);
        Random random = new Random(3);
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] += (float) (0.2 * random.nextGaussian());
        }
        VaeNetworks.setState(network, parameters, null, null, 0);
        return SmallModels.trained(
                encoder, network, version, Map.of("scoring.anomaly-score", formula), Optional.empty());
    }
}
