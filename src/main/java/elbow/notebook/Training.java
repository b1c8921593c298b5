package elbow.notebook;

import elbow.ml.ModelSummary;
import elbow.ml.VariationalAutoencoderModel;
import elbow.model.HistoryEntry;
import elbow.model.Manifest.TrainingSummary;
import elbow.report.HtmlReport;
import elbow.report.Numbers;
import elbow.report.Page;
import java.util.List;

/** How the training of a model went. */
public final class Training {
    private Training() {}

    /** The figures at the end: ELBO and its terms, means over the rows held out, in nats per row. */
    public static Picture glance(VariationalAutoencoderModel model) {
        TrainingSummary training = model.summary().training();
        return Picture.of(
                "glance",
                "Model " + model.summary().modelId(),
                List.of(Page.cards(List.of(
                        Page.card(
                                "ELBO",
                                Numbers.nats(training.elbo()),
                                "nats per held-out row, higher is better; " + Numbers.nats(training.elboBefore())
                                        + " before training"),
                        Page.card(
                                "Reconstruction",
                                Numbers.nats(training.reconstruction()),
                                "nats per row, higher is better"),
                        Page.card(
                                "KL divergence",
                                Numbers.nats(training.kl()),
                                "nats per row, the cost of the latent code"),
                        Page.card(
                                "Active units",
                                Numbers.count(training.activeUnits()),
                                "latents that vary between rows, of "
                                        + model.used().latentSize()),
                        Page.card(
                                "Threshold",
                                Numbers.nats(model.calibration().threshold()),
                                "nats; a row whose anomaly score is above it is an anomaly")))));
    }

    /**
     * ELBO, reconstruction and KL divergence from epoch to epoch, how much each latent is used, and the figures as a
     * table.
     */
    public static Picture course(VariationalAutoencoderModel model) {
        ModelSummary summary = model.summary();
        return Picture.of(List.of(HtmlReport.training(summary.history(), kept(summary))));
    }

    /** The last entry with the model's ELBO; of a model that was measured in another way at its end, the last one. */
    private static int kept(ModelSummary summary) {
        List<HistoryEntry> history = summary.history();
        for (int i = history.size() - 1; i >= 0; i--) {
            if (history.get(i).elbo() == summary.training().elbo()) {
                return i;
            }
        }
        return history.size() - 1;
    }
}
