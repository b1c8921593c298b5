package elbow.job;

import elbow.model.HistoryEntry;
import elbow.train.TrainingListener;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a training run on a progress bar, and writes each measurement to the log. */
final class BarListener implements TrainingListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(BarListener.class);

    private final ProgressBar bar;
    private final int epochs;
    private String measured = "";

    BarListener(ProgressBar bar, int epochs) {
        this.bar = bar;
        this.epochs = epochs;
    }

    @Override
    public void roundFinished(int epoch, int round, int rounds) {
        bar.update((epoch - 1 + (double) round / rounds) / epochs, "epoch " + epoch + "/" + epochs + measured);
    }

    @Override
    public void measured(HistoryEntry entry) {
        LOGGER.info("measured {}", entry);
        measured = String.format(
                Locale.ROOT,
                ", ELBO %.2f nats, KL %.2f, %d active units",
                entry.elbo(),
                entry.kl(),
                entry.activeUnits());
        if (entry.epoch() > 0) {
            measured += String.format(Locale.ROOT, ", %,.0f rows/s", entry.examplesPerSecond());
        }
        bar.update((double) entry.epoch() / epochs, "epoch " + entry.epoch() + "/" + epochs + measured);
    }
}
