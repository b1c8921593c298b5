package elbow.fit;

import elbow.data.feature.TableColumns;
import elbow.data.infer.ColumnProfile;
import elbow.data.reference.DataReference;
import elbow.files.OutputDirectory;
import elbow.fit.weights.WeightChoice;
import elbow.model.Calibration;
import elbow.model.HistoryEntry;
import elbow.model.Lineage;
import elbow.model.Manifest;
import elbow.model.ModelDirectory;
import elbow.model.ModelFiles;
import elbow.model.TrainedModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a fit leaves. The model scores as it is; {@link #save} writes it as the directory that
 * {@link ModelDirectory#load} reads.
 *
 * @param model encoder, network, calibration and history, with the manifest that says what they were made from
 * @param files the contents of the model's directory, the report among them
 * @param reference how the training rows are spread, for the drift of later ones
 * @param table the columns of the model as the rows have them
 * @param columns every column of the rows and what became of it; none where the encoder of a model was kept
 * @param setAside how many bad rows were set aside; empty if none would have been
 * @param roundOverhead share of the rounds' time, in [0, 1], that was not spent in minibatch steps; NaN if not known
 * @param roundBytes bytes of the states that the replicas of a round began with and gave back, on average over the
 *     rounds of this process; empty if not known
 * @param lineage the model that the fit started from, compared with this one; empty if from none
 * @param weights what known anomalies chose that the parts of the anomaly score weigh; empty: none are known
 */
public record FitResult(
        TrainedModel model,
        ModelFiles files,
        DataReference reference,
        TableColumns table,
        List<ColumnProfile> columns,
        OptionalLong setAside,
        double roundOverhead,
        OptionalLong roundBytes,
        Optional<Lineage> lineage,
        Optional<WeightChoice> weights) {
    public FitResult {
        columns = List.copyOf(columns);
    }

    /** The first 12 hex digits of the SHA-256 over encoder and network: equal models have equal ones. */
    public String modelId() {
        return model.manifest().modelId();
    }

    /**
     * How training went: ELBO and its terms are means over the held-out rows, in nats per row of the original columns,
     * higher is better.
     */
    public Manifest.TrainingSummary summary() {
        return model.manifest().training();
    }

    /** The network, measured before training and after every few epochs. */
    public List<HistoryEntry> history() {
        return model.history();
    }

    /** Threshold and tail probabilities, from the held-out rows. */
    public Calibration calibration() {
        return model.calibration();
    }

    /**
     * Writes the model, which appears at its place whole or not at all.
     *
     * @param output see {@link ModelDirectory#toWrite}
     */
    public void save(OutputDirectory output) {
        ModelDirectory.save(files, model.manifest(), output);
    }
}
