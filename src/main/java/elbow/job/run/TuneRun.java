package elbow.job.run;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.rows.RowFilter;
import elbow.data.source.DataReader;
import elbow.data.source.ReadRequest;
import elbow.data.source.RowsRead;
import elbow.data.source.TableSource;
import elbow.data.table.Label;
import elbow.files.OutputDirectory.IfExists;
import elbow.files.Place;
import elbow.files.RunPaths;
import elbow.fit.FitStart;
import elbow.fit.RowSource;
import elbow.job.console.Console;
import elbow.job.console.Figures;
import elbow.job.console.ShellWords;
import elbow.job.console.Table;
import elbow.model.ModelDirectory;
import elbow.model.ModelTarget;
import elbow.train.checkpoint.CheckpointDirectory;
import elbow.tune.RankedTrial;
import elbow.tune.Trial;
import elbow.tune.TrialRun;
import elbow.tune.Tuning;
import elbow.tune.TuningFiles;
import elbow.tune.TuningListener;
import elbow.tune.TuningObjective;
import elbow.tune.TuningPlan;
import elbow.tune.TuningResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The work of {@code tune}: from rows to a configuration. */
public final class TuneRun {
    /** Trials that the console shows; all are in the files. */
    private static final int SHOWN = 20;

    private TuneRun() {}

    /** Searches, trains the winner if that is asked, prints the trials, and returns 0. */
    public static int run(TuneRequest request, Session session) {
        Optional<ModelTarget> model = target(request, session);
        Place output = output(request, model, session);
        Display display = new Display(session.console());
        TuningResult result;
        try {
            result = tuning(request, output, display, session).run(rows(request.input(), request, session.spark()));
        } catch (Exception e) {
            // Whatever a search that is cancelled meets, Spark's checked exceptions among it.
            if (session.stop().isRequested()) {
                throw new StoppedException(
                        " with " + display.done + " trainings done: the same command goes on with the next", e);
            }
            throw e;
        }
        session.console().print(table(result));
        int more = result.trials().size() - SHOWN;
        if (more > 0) {
            session.console().note("... and " + more + " more trials in trials.json");
        }
        session.console().print(figures(result, output).render());
        model.ifPresent(target -> train(request, target, result, session));
        return 0;
    }

    private static void train(TuneRequest request, ModelTarget model, TuningResult result, Session session) {
        boolean anew = request.beginning() == Tuning.Beginning.ANEW;
        boolean begun =
                !CheckpointDirectory.beside(model.place(), hadoop(session)).isEmpty();
        FitStart start = anew ? FitStart.OVERWRITE : begun ? FitStart.RESUME : FitStart.NEW;
        String goesOn = " of the winner's model: the same command" + (anew ? " without --overwrite" : "") + " goes on";
        TrainRun.run(
                request.training(model.place(), result.configuration(), start),
                model,
                new TrainRun.GoingOn(goesOn, goesOn),
                session);
    }

    // Settled once: the search may take days, in which others write versions.
    private static Optional<ModelTarget> target(TuneRequest request, Session session) {
        return request.model().map(model -> ModelTarget.of(model, hadoop(session)));
    }

    /** Says what {@link #run} would try and write; nothing is written. */
    public static int dryRun(TuneRequest request, Session session) {
        Place output = output(request, target(request, session), session);
        TuningPlan plan = tuning(request, output, TuningListener.SILENT, session)
                .plan(rows(request.input(), request, session.spark()));
        Table table = new Table("trial", "bracket", "settings");
        for (Trial trial : plan.trials()) {
            table.row(Integer.toString(trial.number()), Integer.toString(trial.bracket() + 1), trial.describe());
        }
        session.console().print(table);
        Figures figures = new Figures()
                .add("objective", plan.objective().toString().toLowerCase(Locale.ROOT))
                .add("trainingRows", plan.trainingRows())
                .add("validationRows", plan.validationRows())
                .add("trials", plan.trials().size())
                .add("brackets", plan.describeBrackets())
                .add("epochs", plan.epochs())
                .add("replicas", plan.replicas())
                .add("parallel", plan.parallel())
                .add("output", output.toString());
        session.console().print(figures.render());
        return 0;
    }

    private static Place output(TuneRequest request, Optional<ModelTarget> target, Session session) {
        Configuration hadoop = hadoop(session);
        Place output = Place.of(Parameter.OUTPUT.name(), request.output(), ErrorCategory.USAGE, hadoop);
        RunPaths paths = new RunPaths()
                .reads(Parameter.INPUT, DataReader.roots(request.input(), hadoop), hadoop)
                .replaces(output);
        request.held().ifPresent(held -> paths.reads(Parameter.VALIDATION, DataReader.roots(held, hadoop), hadoop));
        target.map(ModelTarget::place).ifPresent(model -> {
            boolean anew = request.beginning() == Tuning.Beginning.ANEW;
            CheckpointDirectory checkpoints = CheckpointDirectory.beside(model, hadoop);
            paths.replaces(ModelDirectory.toWrite(model, anew ? IfExists.REPLACE : IfExists.REFUSE, hadoop))
                    .replaces(checkpoints.place());
            if (!anew) {
                requireOwn(checkpoints, output);
            }
        });
        return output;
    }

    // A search trains its model once it has a winner: checkpoints without one are those of another run.
    private static void requireOwn(CheckpointDirectory checkpoints, Place output) {
        if (!checkpoints.isEmpty() && !output.child(TuningFiles.WINNER).isFile()) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            Parameter.MODEL,
                            " must name a model that no other interrupted run was making, but " + checkpoints.path()
                                    + " has checkpoints of one: name another, or begin anew with ",
                            Parameter.OVERWRITE));
        }
    }

    private static Configuration hadoop(Session session) {
        return session.spark().sparkContext().hadoopConfiguration();
    }

    private static Tuning tuning(TuneRequest request, Place output, TuningListener listener, Session session) {
        Tuning.Builder tuning = Tuning.builder(request.configuration())
                .ignore(request.ignored())
                .keptIn(output, request.beginning())
                .describedAs(
                        String.join(", ", request.input().inputs()),
                        "train --config " + TuningFiles.WINNER + " " + ShellWords.join(request.words()))
                .stopWhen(session.stop()::isRequested)
                .listener(listener);
        request.held().ifPresent(held -> tuning.validation(rows(held, request, session.spark())));
        ReadRequest all = InputRows.asFeatures(request.input(), request.configuration(), request.ignored());
        request.label().ifPresent(label -> tuning.anomalies(new Anomalies(session.spark(), all, label)));
        return tuning.build();
    }

    private static InputRows rows(ReadRequest input, TuneRequest request, SparkSession spark) {
        // One version for all that is read of a table; that of --input is found before.
        ReadRequest asked =
                InputRows.asFeatures(TableSource.pinned(spark, input), request.configuration(), request.ignored());
        return new InputRows(
                spark, asked.countedBy(new RowsRead(spark)), request.normalOnly(), request.label(), Optional.empty());
    }

    private static Table table(TuningResult result) {
        Table table =
                new Table("rank", "trial", result.plan().objective().title(), "±", "epochs", "seconds", "settings");
        for (RankedTrial ranked :
                result.trials().subList(0, Math.min(SHOWN, result.trials().size()))) {
            Optional<TrialRun> best = ranked.best();
            table.row(
                    Integer.toString(ranked.rank()),
                    Integer.toString(ranked.trial().number()),
                    best.map(run -> number(run.score())).orElse("-"),
                    best.map(run -> number(run.standardError())).orElse("-"),
                    best.map(run -> Integer.toString(run.epochs())).orElse("-"),
                    String.format(Locale.ROOT, "%.1f", ranked.seconds()),
                    ranked.trial().describe()
                            + ranked.failure()
                                    .map(why -> " (failed: " + why + ")")
                                    .orElse(""));
        }
        return table;
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "-";
    }

    private static Figures figures(TuningResult result, Place output) {
        TrialRun winning = result.winning();
        Figures figures = new Figures()
                .add("trials", result.trials().size())
                .add(
                        "failed",
                        result.trials().stream()
                                .filter(trial -> trial.failure().isPresent())
                                .count())
                .add("winner", winning.trial())
                .add(name(result.plan().objective()), winning.score())
                .add("standardError", winning.standardError());
        result.baseline()
                .best()
                .filter(run -> run.epochs() == winning.epochs())
                .ifPresent(run -> figures.add(name(result.plan().objective()) + "AsConfigured", run.score()));
        return figures.add("epochs", winning.epochs())
                .add(
                        "secondsOfTraining",
                        result.trials().stream()
                                .mapToDouble(RankedTrial::seconds)
                                .sum())
                .add("configuration", output.child(TuningFiles.WINNER).toString());
    }

    private static String name(TuningObjective objective) {
        return objective.toString().toLowerCase(Locale.ROOT);
    }

    /** The rows that a label calls anomalies. */
    private record Anomalies(SparkSession spark, ReadRequest request, Label label) implements RowSource {
        @Override
        public Dataset<Row> rows() {
            return RowFilter.anomalies(DataReader.read(spark, request), label);
        }

        @Override
        public Dataset<Row> marked() {
            throw new ElbowException(
                    ErrorCategory.INTERNAL, Message.of("anomalies are scored, and not looked through for bad rows"));
        }

        @Override
        public boolean isCheap() {
            return DataReader.isCheap(spark, request);
        }
    }

    /** Shows a search on the console. */
    private static final class Display implements TuningListener {
        private final Console console;
        private int done;

        Display(Console console) {
            this.console = console;
        }

        @Override
        public void planned(TuningPlan plan) {
            note(
                    "Data: %,d rows to train on and %,d held out, %s",
                    plan.trainingRows(), plan.validationRows(), plan.columns());
            plan.space().forEach((key, domain) -> note("Tried: %s = %s", key, domain));
            note(
                    "Search: %s, compared by %s, %d at a time with replicas %d",
                    plan.describeBrackets(), plan.objective().title(), plan.parallel(), plan.replicas());
        }

        @Override
        public void noted(String remark) {
            console.note(remark);
        }

        @Override
        public void warned(String message) {
            console.warning(message);
        }

        @Override
        public void rungStarted(int epochs, List<Trial> trials) {
            note("Rung: %d trials of %d epochs", trials.size(), epochs);
        }

        @Override
        public void trained(Trial trial, TrialRun run) {
            done++;
            show(trial, run, "");
        }

        @Override
        public void found(Trial trial, TrialRun run) {
            show(trial, run, "found, ");
        }

        private void show(Trial trial, TrialRun run, String how) {
            if (run.hasFailed()) {
                note(
                        "  trial %d failed: %s (%s%s)",
                        trial.number(), String.valueOf(run.failure()), how, trial.describe());
            } else {
                note(
                        "  trial %d: %.4f ± %.2g (%s%.1f s, %s)",
                        trial.number(), run.score(), run.standardError(), how, run.seconds(), trial.describe());
            }
        }

        private void note(String format, Object... values) {
            console.note(String.format(Locale.ROOT, format, values));
        }
    }
}
