package elbow.model;

import elbow.data.feature.FeatureEncoder;
import elbow.data.reference.MarginalTails;
import elbow.data.reference.NearestRows;
import elbow.density.FittedDensities;
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
 * @param tails what anomaly scores count of each column beside the ELBO; empty: nothing
 * @param nearest the training rows to which anomaly scores count the distance; empty: none
 * @param groups the networks of groups of rows; empty: there is one network
 * @param densities what was fitted for rows that are made; empty: they come from prior and likelihoods alone
 */
public record TrainedModel(
        Manifest manifest,
        FeatureEncoder encoder,
        MultiLayerNetwork network,
        Calibration calibration,
        Optional<Recalibration> recalibration,
        Optional<MarginalTails> tails,
        Optional<NearestRows> nearest,
        List<HistoryEntry> history,
        Optional<GroupNetworks> groups,
        Optional<FittedDensities> densities) {
    public TrainedModel {
        history = List.copyOf(history);
    }

    /** A model for which nothing was fitted. */
    public TrainedModel(
            Manifest manifest,
            FeatureEncoder encoder,
            MultiLayerNetwork network,
            Calibration calibration,
            Optional<Recalibration> recalibration,
            Optional<MarginalTails> tails,
            Optional<NearestRows> nearest,
            List<HistoryEntry> history,
            Optional<GroupNetworks> groups) {
        this(manifest, encoder, network, calibration, recalibration, tails, nearest, history, groups, Optional.empty());
    }

    /** A model that keeps no training rows, and for which nothing was fitted. */
    public TrainedModel(
            Manifest manifest,
            FeatureEncoder encoder,
            MultiLayerNetwork network,
            Calibration calibration,
            Optional<Recalibration> recalibration,
            Optional<MarginalTails> tails,
            List<HistoryEntry> history,
            Optional<GroupNetworks> groups) {
        this(manifest, encoder, network, calibration, recalibration, tails, Optional.empty(), history, groups);
    }

    /** A model of one network that keeps no training rows, and for which nothing was fitted. */
    public TrainedModel(
            Manifest manifest,
            FeatureEncoder encoder,
            MultiLayerNetwork network,
            Calibration calibration,
            Optional<Recalibration> recalibration,
            Optional<MarginalTails> tails,
            List<HistoryEntry> history) {
        this(manifest, encoder, network, calibration, recalibration, tails, history, Optional.empty());
    }

    /** This with what was fitted for rows that are made. */
    public TrainedModel with(FittedDensities fitted) {
        return new TrainedModel(
                manifest,
                encoder,
                network,
                calibration,
                recalibration,
                tails,
                nearest,
                history,
                groups,
                Optional.of(fitted));
    }

    /** The network's only layer. */
    public VaeLayer layer() {
        return VaeNetworks.layerOf(network);
    }
}
