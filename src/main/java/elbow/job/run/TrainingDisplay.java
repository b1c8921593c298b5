package elbow.job.run;

import elbow.fit.FitListener;
import elbow.fit.PlannedFit;
import elbow.job.console.Console;
import elbow.job.console.ProgressBar;
import elbow.model.HistoryEntry;
import elbow.train.plan.TrainingPlan;
import elbow.train.progress.RoundReport;
import elbow.train.progress.SparkMetrics;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a fit on the console, its training on a progress bar and as gauges of Spark's metrics; writes each measurement
 * to the log.
 */
final class TrainingDisplay implements FitListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(TrainingDisplay.class);

    private final Console console;
    private final Optional<String> quarantine;
    private final Stop stop;
    private @Nullable ProgressBar bar;
    private @Nullable SparkMetrics metrics;
    private boolean begun;
    private int epochs;
    private double fraction;
    private String round = "";
    private String measured = "";

    /**
     * A display of one fit.
     *
     * @param quarantine where bad rows are set aside
     * @param stop hears when rounds begin and end
     */
    TrainingDisplay(Console console, Optional<String> quarantine, Stop stop) {
        this.console = console;
        this.quarantine = quarantine;
        this.stop = stop;
    }

    /** Whether rounds have begun. */
    boolean hasBegun() {
        return begun;
    }

    @Override
    public void planned(PlannedFit fit) {
        TrainingPlan plan = fit.plan();
        epochs = plan.epochs();
        // Of an encoder that is kept nothing is found out about columns.
        if (!fit.columns().isEmpty()) {
            console.note(ColumnTable.of(fit.columns(), ColumnTable.SHOWN_BEFORE_TRAINING));
            console.note(ColumnTable.rest(fit.columns(), ColumnTable.SHOWN_BEFORE_TRAINING));
        }
        fit.setAside().ifPresent(count -> note("Bad rows: %,d set aside in %s", count, quarantine.orElseThrow()));
        note(
                "Data: %,d rows to train on and %,d held out, %s",
                fit.trainingRows(), fit.validationRows(), fit.describeColumns());
        fit.knownAnomalies()
                .ifPresent(count -> note(
                        "Known anomalies: %,d rows, not trained on and not held out, choose weights of the score",
                        count));
        note("Network: %s, %,d parameters", fit.network(), fit.parameters());
        fit.latents().forEach((what, words) -> note("%s: %s", what, words));
        note(
                "Training: epochs %d, replicas %d, batches of %d rows, learning rate %s%s",
                plan.epochs(),
                plan.replicas(),
                plan.batchSize(),
                plan.learningRate().base(),
                fit.hidden().map(words -> ", mask-share " + words).orElse(""));
        plan.reducedPrecision().ifPresent(words -> note("Precision: %s", words));
        console.note("Memory: " + fit.memory().describe());
    }

    @Override
    public void noted(String remark) {
        console.note(remark);
    }

    @Override
    public void resumed(int from) {
        console.note("Resuming after round " + from);
    }

    @Override
    public void trainingStarted() {
        begun = true;
        stop.enterRounds();
        bar = new ProgressBar(console, "training");
        metrics = SparkMetrics.register();
    }

    @Override
    public void trainingEnded() {
        stop.leaveRounds();
        if (metrics != null) {
            metrics.close();
        }
        if (bar != null) {
            bar.close();
        }
    }

    @Override
    public void frequencyChosen(int steps) {
        LOGGER.info("replicas are averaged every {} steps", steps);
        console.note("Averaging: every " + steps + " steps of a replica");
    }

    @Override
    public void warned(String message) {
        LOGGER.warn("{}", message);
        console.warning(message);
    }

    @Override
    public void roundFinished(RoundReport report) {
        if (metrics != null) {
            metrics.roundFinished(report);
        }
        LOGGER.info("finished {}", report);
        fraction = report.fraction();
        round = String.format(Locale.ROOT, ", round %,d, %,.0f rows/s", report.round(), report.examplesPerSecond());
        show(report.epoch());
    }

    @Override
    public void measured(HistoryEntry entry) {
        if (metrics != null) {
            metrics.measured(entry);
        }
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
        if (bar != null) {
            bar.update(fraction, "epoch " + epoch + "/" + epochs + measured + round);
        }
    }

    private void note(String format, Object... values) {
        console.note(String.format(Locale.ROOT, format, values));
    }
}
