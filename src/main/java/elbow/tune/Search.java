package elbow.tune;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.failure.KnownFailures;
import elbow.fit.SharedRows;
import elbow.score.EncodedScores;
import elbow.train.progress.TrainingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One search, its rows laid out. */
final class Search {
    private static final Logger LOGGER = LoggerFactory.getLogger(Search.class);

    /** So long an interrupted training may take to its end. */
    private static final Duration LONGEST_END = Duration.ofMinutes(1);

    private final Configuration base;
    private final TuneSettings settings;
    private final TuningPlan plan;
    private final SharedRows rows;
    private final Optional<TrialLedger> ledger;
    private final BooleanSupplier stops;
    private final TuningListener listener;
    private final SortedMap<Integer, List<TrialRun>> runs = new TreeMap<>();
    private volatile boolean failed;

    Search(
            Configuration base,
            TuneSettings settings,
            TuningPlan plan,
            SharedRows rows,
            Optional<TrialLedger> ledger,
            BooleanSupplier stops,
            TuningListener listener) {
        this.base = base;
        this.settings = settings;
        this.plan = plan;
        this.rows = rows;
        this.ledger = ledger;
        this.stops = stops;
        this.listener = listener;
    }

    TuningResult run() {
        AtomicInteger count = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(plan.parallel(), task -> {
            Thread thread = new Thread(task, "trials " + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (int bracket = 0; bracket < plan.brackets().size(); bracket++) {
                run(plan.brackets().get(bracket), plan.of(bracket), threads);
            }
        } finally {
            failed = true;
            threads.shutdownNow();
            awaitEnd(threads);
        }
        return result();
    }

    // What trials read and write is theirs until they have ended, on every way out.
    private static void awaitEnd(ExecutorService threads) {
        boolean interrupted = Thread.interrupted();
        try {
            if (!threads.awaitTermination(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
                LOGGER.warn("trials that were interrupted have not ended within {}", LONGEST_END);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Bracket bracket, List<Trial> trials, ExecutorService threads) {
        List<Trial> active = trials;
        for (int rung = 0; rung < bracket.rungs().size() && !active.isEmpty(); rung++) {
            int epochs = bracket.rungs().get(rung).epochs();
            List<TrialRun> ended = trainAll(active, epochs, threads);
            ended.forEach(run -> runs.computeIfAbsent(run.trial(), unused -> new ArrayList<>())
                    .add(run));
            if (rung + 1 < bracket.rungs().size()) {
                active = promoted(active, ended, bracket.rungs().get(rung + 1).trials());
            }
        }
    }

    /** The best part of a rung; the configuration as it is goes along, for all to be held against. */
    private List<Trial> promoted(List<Trial> active, List<TrialRun> ended, int places) {
        List<Integer> best = ended.stream()
                .filter(run -> !run.hasFailed())
                .sorted(TrialRun.BY_SCORE)
                .limit(places)
                .map(TrialRun::trial)
                .toList();
        List<Integer> sound = ended.stream()
                .filter(run -> !run.hasFailed())
                .map(TrialRun::trial)
                .toList();
        return active.stream()
                .filter(trial ->
                        best.contains(trial.number()) || (trial.isBaseline() && sound.contains(trial.number())))
                .toList();
    }

    private List<TrialRun> trainAll(List<Trial> trials, int epochs, ExecutorService threads) {
        listener.rungStarted(epochs, trials);
        List<Future<TrialRun>> futures = new ArrayList<>();
        for (Trial trial : trials) {
            futures.add(threads.submit(() -> foundOrTrained(trial, epochs)));
        }
        List<TrialRun> ended = new ArrayList<>();
        @Nullable RuntimeException first = null;
        for (Future<TrialRun> future : futures) {
            try {
                ended.add(future.get());
            } catch (ExecutionException e) {
                // Those that run come to their end; none begins after a failure.
                RuntimeException cause = unchecked(e);
                boolean better = first == null || first instanceof TuningStoppedException;
                first = better ? cause : first;
            } catch (InterruptedException e) {
                failed = true;
                Thread.currentThread().interrupt();
                throw new TuningStoppedException();
            }
        }
        if (first != null) {
            throw first;
        }
        return ended;
    }

    private static RuntimeException unchecked(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    }

    private TrialRun foundOrTrained(Trial trial, int epochs) {
        if (failed || stops.getAsBoolean()) {
            throw new TuningStoppedException();
        }
        try {
            Optional<TrialRun> found = ledger.flatMap(files -> files.find(trial, epochs));
            TrialRun run = found.orElseGet(() -> trained(trial, epochs));
            if (found.isEmpty()) {
                ledger.ifPresent(files -> files.add(trial, run));
            }
            synchronized (listener) {
                if (found.isPresent()) {
                    listener.found(trial, run);
                } else {
                    listener.trained(trial, run);
                }
            }
            return run;
        } catch (Error e) {
            failed = true;
            throw e;
        } catch (Exception e) {
            failed = true;
            // Spark throws checked exceptions without declaring them.
            throw KnownFailures.translate(e);
        }
    }

    private TrialRun trained(Trial trial, int epochs) {
        Configuration configuration;
        try {
            configuration = rows.settled(trial.configuration(base, epochs));
        } catch (ElbowException e) {
            // Settings that do not fit these rows never will.
            if (e.category() == ErrorCategory.USAGE) {
                return TrialRun.failed(trial.number(), epochs, Message.firstLine(e));
            }
            throw e;
        }
        try {
            SharedRows.Trained trained = rows.train(configuration, TrainingListener.SILENT);
            double[] score = score(trained);
            if (!Double.isFinite(score[0])) {
                return TrialRun.failed(trial.number(), epochs, "the score must be finite, but is " + score[0]);
            }
            return new TrialRun(
                    trial.number(),
                    epochs,
                    null,
                    score[0],
                    score[1],
                    trained.measuredElbo(),
                    trained.keptEpoch(),
                    trained.parameters(),
                    trained.seconds());
        } catch (ElbowException e) {
            // The settings' fault, and not the rows' or the cluster's: too little memory, too, may be more next time.
            if (e.category() == ErrorCategory.DIVERGED) {
                return TrialRun.failed(trial.number(), epochs, Message.firstLine(e));
            }
            throw e;
        }
    }

    /** The score and its standard error. */
    private double[] score(SharedRows.Trained trained) {
        if (settings.objective() == TuningObjective.ELBO) {
            EncodedScores heldOut = trained.heldOut(settings.samples());
            return new double[] {heldOut.meanElbo() + trained.logJacobian(), heldOut.elboStandardError()};
        }
        int samples = trained.scoringSamples();
        Auroc auroc = Auroc.of(
                trained.anomalies(samples).anomalyScores(),
                trained.heldOut(samples).anomalyScores());
        return new double[] {auroc.area(), auroc.standardError()};
    }

    private TuningResult result() {
        List<RankedTrial> ordered = new ArrayList<>();
        for (Trial trial : plan.trials()) {
            ordered.add(new RankedTrial(1, trial, runs.getOrDefault(trial.number(), List.of())));
        }
        ordered.sort(RankedTrial.ORDER);
        List<RankedTrial> ranked = new ArrayList<>();
        ordered.forEach(trial -> ranked.add(trial.at(ranked.size() + 1)));
        RankedTrial winner = ranked.get(0);
        TrialRun best = winner.best()
                .orElseThrow(() -> new ElbowException(
                        ErrorCategory.DIVERGED,
                        "of " + ranked.size() + " trials at least one must come to a score, but all failed; trial "
                                + winner.trial().number() + ", "
                                + winner.trial().describe() + ": "
                                + winner.failure().orElse("")));
        return new TuningResult(plan, ranked, rows.settled(winner.trial().configuration(base, best.epochs())));
    }
}
