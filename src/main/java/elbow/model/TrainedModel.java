package elbow.model;

import elbow.data.feature.FeatureEncoder;
import elbow.data.reference.MarginalTails;
import elbow.dl4j.VaeLayer;
import elbow.dl4j.VaeNetworks;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A model directory, loaded and checked.
 *
 * @param calibration the one in force
 * @param recalibration where it is from; empty: from training
 * @param tails what anomaly scores count beside the ELBO; empty: nothing
 */
public record TrainedModel(
        Manifest manifest,
        FeatureEncoder encoder,
        MultiLayerNetwork network,
        Calibration calibration,
        Optional<Recalibration> recalibration,
        Optional<MarginalTails> tails,
        List<HistoryEntry> history) {
    public TrainedModel {
        history = List.copyOf(history);
    }

    /** The network's only layer. */
    public VaeLayer layer() {
        return VaeNetworks.layerOf(network);
    }
}
