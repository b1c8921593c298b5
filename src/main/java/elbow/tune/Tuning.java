package elbow.tune;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.files.MarkerFiles;
import elbow.files.Owner;
import elbow.files.Place;
import elbow.files.RunLock;
import elbow.fit.Fit;
import elbow.fit.RowSource;
import elbow.fit.SharedRows;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A search for settings:
 *
 * <pre>{@code
 * Configuration settings = Configuration.defaults()
 *         .withOverrides(List.of("tune.space={ model.latent-size = [2, 4, 8], model.prior = [standard-normal, flow] }"));
 * TuningResult found = Tuning.of(settings).run(rows);
 * FitResult best = Fit.of(found.configuration()).train(rows);
 * }</pre>
 *
 * <p>The section {@code tune} says what is tried, how trials are given epochs and what they are compared by. The rows
 * are read, split, encoded and laid out once. The same rows and settings end in the same result, to the bit but for
 * seconds, whatever the number of trials at a time, and however often the search was killed and started again.
 */
public final class Tuning {
    private static final RunLock.Purpose PURPOSE = new RunLock.Purpose("search", "the place of a search");
    private static final Duration EXPIRY = Duration.ofMinutes(2);

    /** What happens to trials that are in the output directory. */
    public enum Beginning {
        /** They are not trained again. */
        GO_ON,
        /** They are forgotten. */
        ANEW
    }

    private final Configuration configuration;
    private final List<String> ignored;
    private final Optional<RowSource> validation;
    private final Optional<RowSource> anomalies;
    private final Optional<Place> output;
    private final Beginning beginning;
    private final String title;
    private final String training;
    private final BooleanSupplier stops;
    private final TuningListener listener;
    private final TuneSettings settings;
    private final Optional<SearchSpace> given;

    private Tuning(Builder builder) {
        configuration = builder.configuration;
        ignored = builder.ignored;
        validation = Optional.ofNullable(builder.validation);
        anomalies = Optional.ofNullable(builder.anomalies);
        output = Optional.ofNullable(builder.output);
        beginning = builder.beginning;
        title = builder.title;
        training = builder.training;
        stops = builder.stops;
        listener = builder.listener;
        Fit.requireValid(configuration);
        settings = TuneSettings.of(configuration);
        given = SearchSpace.given(configuration, settings.objective());
        given.ifPresent(space -> space.requireValid(configuration));
        if (settings.objective() == TuningObjective.AUROC && anomalies.isEmpty()) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of("tune.objective = auroc needs ", Parameter.LABEL, ", which says what anomalies are"));
        }
    }

    /** A search with these settings and nothing else: see {@link #builder}. */
    public static Tuning of(Configuration configuration) {
        return builder(configuration).build();
    }

    /** A search with these settings that keeps its trials in memory alone, over all columns of the rows. */
    public static Builder builder(Configuration configuration) {
        return new Builder(configuration);
    }

    /** As {@link #run(RowSource)}, on the rows of a DataFrame. */
    public TuningResult run(Dataset<Row> rows) {
        return run(RowSource.of(rows));
    }

    /**
     * Searches.
     *
     * @throws ElbowException as {@link Fit#train(RowSource)} does, but that a trial's divergence is no failure of the
     *     search; of category DIVERGED if all trials fail; of category USAGE if the output directory is that of another
     *     search; of category LOCKED if another search writes there
     * @throws TuningStoppedException if it was asked to stop
     */
    public TuningResult run(RowSource rows) {
        output.ifPresent(TrialLedger::requireOwn);
        try (SharedRows shared = read(rows)) {
            Planned planned = planned(shared);
            try (@Nullable RunLock lock = output.map(Tuning::lock).orElse(null)) {
                TuningResult result = run(planned, shared, () -> {
                    requireNotLost(lock);
                    return stops.getAsBoolean();
                });
                requireNotLost(lock);
                output.ifPresent(place -> TuningFiles.write(result, place, title, training));
                return result;
            }
        }
    }

    private static void requireNotLost(@Nullable RunLock lock) {
        if (lock != null) {
            lock.requireNotLost();
        }
    }

    private TuningResult run(Planned planned, SharedRows shared, BooleanSupplier asked) {
        shared.layOut();
        Optional<TrialLedger> ledger = output.map(TrialLedger::new);
        ledger.ifPresent(files -> begin(files, planned, shared));
        return new Search(configuration, settings, planned.plan, shared, ledger, asked, listener).run();
    }

    /** What {@link #run} would do: reads the rows and decides everything, and writes nothing. */
    public TuningPlan plan(RowSource rows) {
        output.ifPresent(TrialLedger::requireOwn);
        try (SharedRows shared = read(rows)) {
            return planned(shared).plan;
        }
    }

    private static RunLock lock(Place output) {
        return RunLock.acquire(
                PURPOSE, new MarkerFiles(output.child(TrialLedger.LOCK)), Owner.ofProcess(), EXPIRY, Clock.systemUTC());
    }

    private SharedRows read(RowSource rows) {
        boolean labelled = settings.objective() == TuningObjective.AUROC;
        return SharedRows.read(configuration, ignored, rows, validation, anomalies.filter(unused -> labelled));
    }

    private record Planned(TuningPlan plan, SearchSpace space) {}

    private Planned planned(SharedRows shared) {
        SearchSpace space = given.orElseGet(() -> SearchSpace.usual(shared.hasImages()));
        List<Bracket> brackets = settings.brackets(shared.epochs());
        List<Trial> trials = new ArrayList<>(List.of(new Trial(1, 0, new TreeMap<>())));
        int wanted = brackets.stream().mapToInt(Bracket::trials).sum();
        List<SortedMap<String, String>> drawn =
                space.draw(wanted - 1, configuration, new Random(configuration.longValue("seed")));
        int bracket = 0;
        int room = brackets.get(0).trials() - 1;
        for (SortedMap<String, String> next : drawn) {
            while (room == 0) {
                room = brackets.get(++bracket).trials();
            }
            trials.add(new Trial(trials.size() + 1, bracket, next));
            room--;
        }
        TuningPlan plan = new TuningPlan(
                settings.objective(),
                space.words(),
                filled(brackets, trials),
                trials,
                shared.describeColumns(),
                shared.trainingRows(),
                shared.validationRows(),
                shared.replicas(),
                parallel(shared, trials));
        listener.planned(plan);
        shared.remarks().forEach(listener::noted);
        shared.warnings().forEach(listener::warned);
        return new Planned(plan, space);
    }

    /** How many trials are trained at the same time: there is memory for it, whichever they are. */
    private int parallel(SharedRows shared, List<Trial> trials) {
        int parallel = settings.parallel().orElse(Math.max(1, shared.cores() / shared.replicas()));
        List<Configuration> all = new ArrayList<>();
        for (Trial trial : trials) {
            try {
                all.add(shared.settled(trial.configuration(configuration, shared.epochs())));
            } catch (ElbowException e) {
                // It fails when its turn comes, and needs nothing.
                if (e.category() != ErrorCategory.USAGE) {
                    throw e;
                }
            }
        }
        if (settings.parallel().isEmpty()) {
            for (Configuration trial : all) {
                parallel = shared.atOnce(trial, parallel);
            }
        }
        for (Configuration trial : all) {
            shared.requireRoom(trial, parallel);
        }
        return parallel;
    }

    /** The brackets of the trials that there are, which may be fewer than were asked for. */
    private List<Bracket> filled(List<Bracket> brackets, List<Trial> trials) {
        List<Bracket> filled = new ArrayList<>();
        for (int i = 0; i < brackets.size(); i++) {
            int bracket = i;
            int count = (int)
                    trials.stream().filter(trial -> trial.bracket() == bracket).count();
            // Trials are dealt to brackets in turn: those after an empty one are empty.
            if (count > 0) {
                Bracket wanted = brackets.get(i);
                filled.add(count < wanted.trials() ? wanted.of(count, settings.reduction()) : wanted);
            }
        }
        return filled;
    }

    private void begin(TrialLedger ledger, Planned planned, SharedRows shared) {
        if (beginning == Beginning.ANEW) {
            ledger.clear();
        }
        SortedMap<String, String> identity = new TreeMap<>(configuration.asTexts());
        identity.putAll(settings.asTexts());
        planned.space.words().forEach((key, domain) -> identity.put("tune.space of " + key, domain));
        identity.put("training.replicas", Integer.toString(shared.replicas()));
        identity.put("ignored columns", String.join(",", ignored));
        identity.put("rows' fingerprint", shared.fingerprint());
        if (settings.objective() == TuningObjective.AUROC) {
            identity.put("anomalies' fingerprint", shared.anomaliesFingerprint());
        }
        ledger.begin(identity);
    }

    /** Collects the parts of a search; each method returns this builder. */
    public static final class Builder {
        private final Configuration configuration;
        private List<String> ignored = List.of();
        private @Nullable RowSource validation;
        private @Nullable RowSource anomalies;
        private @Nullable Place output;
        private Beginning beginning = Beginning.GO_ON;
        private String title = "a DataFrame";
        private String training = "train --config " + TuningFiles.WINNER;
        private BooleanSupplier stops = () -> false;
        private TuningListener listener = TuningListener.SILENT;

        private Builder(Configuration configuration) {
            this.configuration = configuration;
        }

        /** Columns that are no features. */
        public Builder ignore(List<String> columns) {
            ignored = List.copyOf(columns);
            return this;
        }

        /** Rows to compare on, with the columns of those to train on, instead of a share of these. */
        public Builder validation(RowSource rows) {
            validation = rows;
            return this;
        }

        /** Rows that scores are to tell from the held-out ones, for {@code tune.objective = auroc}. */
        public Builder anomalies(RowSource rows) {
            anomalies = rows;
            return this;
        }

        /** A directory to keep the trials in, so that a search that is killed goes on, and to write the result to. */
        public Builder keptIn(Place directory, Beginning begins) {
            output = directory;
            beginning = begins;
            return this;
        }

        /**
         * What the files of the result say.
         *
         * @param rows where they are from
         * @param command how the winner is trained
         */
        public Builder describedAs(String rows, String command) {
            title = rows;
            training = command;
            return this;
        }

        /** Ends the search before the next trial once this holds. */
        public Builder stopWhen(BooleanSupplier asked) {
            stops = asked;
            return this;
        }

        /** What is informed of the progress. */
        public Builder listener(TuningListener hears) {
            listener = hears;
            return this;
        }

        /**
         * The search.
         *
         * @throws ElbowException of category USAGE if the settings are wrong, as far as that can be known without rows
         */
        public Tuning build() {
            return new Tuning(this);
        }
    }
}
