package elbow.job.run;

import elbow.job.console.Console;
import elbow.job.console.ProgressBar;
import elbow.model.HistoryEntry;
import elbow.train.progress.RoundReport;
import elbow.train.progress.TrainingListener;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a training run on a progress bar, and writes each measurement to the log. */
final class BarListener implements TrainingListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(BarListener.class);

    private final ProgressBar bar;
    private final Console console;
    private final int epochs;
    private double fraction;
    private String round = "";
    private String measured = "";

    BarListener(ProgressBar bar, Console console, int epochs) {
        this.bar = bar;
        this.console = console;
        this.epochs = epochs;
    }

    @Override
    public void frequencyChosen(int steps) {
        LOGGER.info("replicas are averaged every {} steps", steps);
        console.note("Averaging: every " + steps + " steps of a replica");
    }

    @Override
    public void warned(String message) {
        LOGGER.warn("{}", message);
        console.note("Warning: " + message);
    }

    @Override
    public void roundFinished(RoundReport report) {
        LOGGER.info("finished {}", report);
        fraction = report.fraction();
        round = String.format(Locale.ROOT, ", round %,d, %,.0f rows/s", report.round(), report.examplesPerSecond());
        show(report.epoch());
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
        show(entry.epoch());
    }

    private void show(int epoch) {
        bar.update(fraction, "epoch " + epoch + "/" + epochs + measured + round);
    }
}
