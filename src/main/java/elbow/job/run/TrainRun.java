package elbow.job.run;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.feature.GroupColumns;
import elbow.data.infer.FeatureSettings;
import elbow.data.rows.Quarantine;
import elbow.data.source.DataReader;
import elbow.data.source.InputSize;
import elbow.data.source.KnownColumns;
import elbow.data.source.ReadRequest;
import elbow.data.source.RowsRead;
import elbow.data.source.TableSource;
import elbow.files.OutputDirectory;
import elbow.files.OutputDirectory.IfExists;
import elbow.files.Place;
import elbow.files.RunPaths;
import elbow.fit.DataDescription;
import elbow.fit.Fit;
import elbow.fit.FitResult;
import elbow.fit.FitStart;
import elbow.fit.PlannedFit;
import elbow.fit.StartModel;
import elbow.job.console.Figures;
import elbow.lake.TableVersion;
import elbow.model.Manifest;
import elbow.model.ModelDirectory;
import elbow.model.ModelFiles;
import elbow.model.ModelTarget;
import elbow.signature.SigningKey;
import elbow.train.averaging.AveragingState;
import elbow.train.checkpoint.CheckpointDirectory;
import elbow.train.checkpoint.TrainingStoppedException;
import elbow.train.plan.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The work of {@code train}: from rows to a model directory. */
public final class TrainRun {
    private static final String TENSOR_BOARD = "training.tensorboard";

    private TrainRun() {}

    /**
     * How a run that is stopped goes on, in words.
     *
     * @param trained what follows the round of its last checkpoint
     * @param untrained what follows "before the first round"
     */
    record GoingOn(String trained, String untrained) {}

    public static int run(TrainRequest request, Session session) {
        GoingOn goingOn = new GoingOn(", continue with --resume", ": nothing is left of the run");
        return run(request, target(request, session), goingOn, session);
    }

    /** @param model what the request's model stands for */
    static int run(TrainRequest request, ModelTarget model, GoingOn goingOn, Session session) {
        Targets targets = Targets.of(request, model, session);
        TrainingDisplay display = new TrainingDisplay(session.console(), request.quarantine(), session.stop());
        SparkSession spark = session.spark();
        // A key that cannot be used shows now, and not after the training.
        Optional<SigningKey> key = request.signWith()
                .map(keystore -> SigningKey.open(
                        keystore, System.getenv(), spark.sparkContext().hadoopConfiguration()));
        FitResult result;
        try {
            result = fit(request, targets, display, session).train(rows(request.input(), request, spark));
        } catch (TrainingStoppedException e) {
            throw new StoppedException(" after round " + e.round() + goingOn.trained(), e);
        } catch (Exception e) {
            // Whatever a run that is cancelled meets, Spark's checked exceptions among it.
            if (session.stop().isRequested()) {
                throw new StoppedException(left(display, targets.checkpoints(), goingOn), e);
            }
            throw e;
        }

        Figures figures = figures(result, targets.output().path());
        key.ifPresent(signing -> {
            signing.sign(Place.of(
                    Parameter.MODEL.name(),
                    targets.output().path().toString(),
                    ErrorCategory.MODEL,
                    spark.sparkContext().hadoopConfiguration()));
            figures.add("signer", signing.signer());
        });
        session.console().print(figures.render());
        model.putInForce();
        request.json().ifPresent(file -> session.writeJson(file, figures));
        return 0;
    }

    /**
     * The model that a training is to start from.
     *
     * @throws ElbowException of category MODEL if it cannot be used
     */
    public static StartModel start(String uri, Session session) {
        Configuration hadoop = session.spark().sparkContext().hadoopConfiguration();
        return StartModel.load(new ModelDirectory(Parameter.FROM, uri, hadoop));
    }

    /** Says what {@link #run} would read, train and write; nothing is written. */
    public static int dryRun(TrainRequest request, Session session) {
        Targets targets = Targets.of(request, target(request, session), session);
        TrainingDisplay display = new TrainingDisplay(session.console(), request.quarantine(), session.stop());
        Configuration hadoop = session.spark().sparkContext().hadoopConfiguration();
        boolean replaces = targets.output().exists();
        long began = System.nanoTime();
        PlannedFit planned =
                fit(request, targets, display, session).plan(rows(request.input(), request, session.spark()));
        double seconds = (System.nanoTime() - began) / 1e9;
        Optional<AveragingState> resumed = request.start() == FitStart.RESUME
                ? Optional.of(targets.checkpoints().load().state())
                : Optional.empty();
        long steps = planned.steps(resumed.map(AveragingState::step).orElse(0L));

        Figures figures = new Figures();
        InputSize.of(request.input(), hadoop)
                .ifPresent(size -> figures.add("files", size.files()).add("bytes", size.bytes()));
        figures.add("trainingRows", planned.trainingRows());
        planned.setAside().ifPresent(count -> figures.add("setAside", count));
        figures.add("validationRows", planned.validationRows());
        planned.knownAnomalies().ifPresent(count -> figures.add("knownAnomalies", count));
        figures.add("network", planned.network())
                .add("parameters", planned.parameters())
                .add("replicas", planned.plan().replicas())
                .add("epochs", planned.plan().epochs())
                .add("steps", steps)
                .with(resolved(request.configuration(), planned.plan()))
                .add("secondsToRead", seconds)
                .add(
                        "secondsToTrain",
                        planned.secondsToTrain(
                                steps, session.spark().sparkContext().defaultParallelism()))
                .add("modelBytes", (long) Float.BYTES * planned.parameters())
                .add("model", targets.output().path().toString())
                .add("replaces", replaces ? "what is there" : "nothing")
                .add("checkpoints", targets.checkpoints().path().toString());
        request.from().ifPresent(model -> figures.add("from", model.id()));
        resumed.ifPresent(state -> figures.add("resumesAfterRound", state.round()));
        session.console().print(figures.render());
        request.json().ifPresent(file -> session.writeJson(file, figures));
        return 0;
    }

    private static ModelTarget target(TrainRequest request, Session session) {
        return ModelTarget.of(request.model(), session.spark().sparkContext().hadoopConfiguration());
    }

    // What follows from settings that are auto, and which are not as they are by default.
    private static Figures resolved(elbow.base.Configuration settings, TrainingPlan plan) {
        OptionalInt frequency = plan.averaging().frequency();
        return new Figures()
                .add("batchSize", plan.batchSize())
                .add("learningRate", plan.learningRate().base())
                .add(
                        "averagingFrequency",
                        frequency.isPresent() ? Integer.toString(frequency.getAsInt()) : "as the first rounds show")
                .add("maskShare", plan.maskShare())
                .add("trimmedShare", plan.trimmedShare())
                .add("scoringSamples", plan.scoringSamples())
                .add("seed", plan.seed())
                .add(
                        "changedSettings",
                        settings.asTexts().entrySet().stream()
                                .filter(setting -> settings.isChanged(setting.getKey()))
                                .map(setting -> setting.getKey() + "=" + setting.getValue())
                                .collect(Collectors.joining(", ")));
    }

    /** What a run writes, apart from all that it reads. */
    private record Targets(OutputDirectory output, CheckpointDirectory checkpoints, Optional<Quarantine> quarantine) {
        static Targets of(TrainRequest request, ModelTarget model, Session session) {
            Fit.requireValid(request.configuration());
            request.normalOnly().ifPresent(normal -> requireNoColumn(Parameter.NORMAL_ONLY, normal.column(), request));
            request.label().ifPresent(label -> requireNoColumn(Parameter.LABEL, label.column(), request));
            request.anomalies().ifPresent(known -> requireNoColumn(Parameter.ANOMALIES, known.column(), request));
            Configuration hadoop = session.spark().sparkContext().hadoopConfiguration();
            OutputDirectory output = ModelDirectory.toWrite(
                    model.place(), request.start() == FitStart.OVERWRITE ? IfExists.REPLACE : IfExists.REFUSE, hadoop);
            UnfinishedOutputs.warn(output, session.console());
            // That of a run that is resumed is there already, with the same rows.
            IfExists ifBadRows = request.start() == FitStart.NEW ? IfExists.REFUSE : IfExists.REPLACE;
            Optional<Quarantine> quarantine = request.quarantine().map(uri -> new Quarantine(uri, ifBadRows, hadoop));
            CheckpointDirectory checkpoints = CheckpointDirectory.beside(model.place(), hadoop);
            RunPaths paths = paths(request, output, checkpoints, hadoop);
            quarantine.ifPresent(place -> paths.replaces(place.output()));
            return new Targets(output, checkpoints, quarantine);
        }
    }

    private static Fit fit(TrainRequest request, Targets targets, TrainingDisplay display, Session session) {
        Fit.Builder fit = Fit.builder(request.configuration())
                .ignore(request.ignored())
                .describedAs(description(request))
                .checkpoints(targets.checkpoints(), request.start())
                .stopWhen(session.stop()::isRequested)
                .writeTo(targets.output())
                .listener(display);
        request.held().ifPresent(held -> fit.validation(rows(held, request, session.spark())));
        request.anomalies()
                .ifPresent(known -> fit.anomalies(new InputRows.Anomalies(
                        rows(request.input(), request, session.spark()),
                        request.held().map(held -> rows(held, request, session.spark())),
                        known)));
        targets.quarantine().ifPresent(fit::quarantine);
        request.from().ifPresent(fit::from);
        return fit.build();
    }

    private static RunPaths paths(
            TrainRequest request, OutputDirectory output, CheckpointDirectory checkpoints, Configuration hadoop) {
        RunPaths paths = new RunPaths()
                .reads(Parameter.INPUT, DataReader.roots(request.input(), hadoop), hadoop)
                .replaces(output)
                .replaces(checkpoints.place());
        request.held().ifPresent(held -> paths.reads(Parameter.VALIDATION, DataReader.roots(held, hadoop), hadoop));
        request.from()
                .ifPresent(model ->
                        paths.reads(Place.of(Parameter.FROM.name(), model.place(), ErrorCategory.MODEL, hadoop)));
        request.json().ifPresent(file -> paths.writes(Parameter.JSON, file, hadoop));
        String board = request.configuration().text(TENSOR_BOARD);
        if (!board.isEmpty()) {
            paths.addsTo(Place.of(TENSOR_BOARD, board, ErrorCategory.USAGE, hadoop));
        }
        return paths;
    }

    // A column that says what rows are trained on is none of the model's.
    private static void requireNoColumn(Parameter parameter, String column, TrainRequest request) {
        requireNoCondition(parameter, column, request);
        if (Fit.keepsEncoder(request.configuration())) {
            request.from().ifPresent(model -> requireNoFeature(parameter, column, model));
        }
    }

    private static void requireNoFeature(Parameter parameter, String column, StartModel model) {
        if (model.model().encoder().features().stream()
                .anyMatch(feature -> feature.column().equals(column))) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            parameter,
                            " must not name a column that the model to start from has as a feature, but " + column
                                    + " is one of " + model.id()
                                    + ": name another, or fit the encoder anew (refresh.encoder=refit)"));
        }
    }

    private static void requireNoCondition(Parameter parameter, String column, TrainRequest request) {
        if (FeatureSettings.conditions(request.configuration()).contains(column)) {
            boolean group = request.configuration().texts(GroupColumns.KEY).contains(column);
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            (group ? GroupColumns.KEY : FeatureSettings.CONDITIONS) + " must not name " + column
                                    + ", which says what rows are trained on (",
                            parameter,
                            ") and is no feature"));
        }
    }

    private static String left(TrainingDisplay display, CheckpointDirectory checkpoints, GoingOn goingOn) {
        return display.hasBegun() && !checkpoints.isEmpty()
                ? "; the last checkpoint is of round "
                        + checkpoints.load().state().round() + goingOn.trained()
                : " before the first round" + goingOn.untrained();
    }

    private static InputRows rows(ReadRequest input, TrainRequest request, SparkSession spark) {
        // One version for all that is read of a table; that of --input is found before.
        ReadRequest asked =
                InputRows.asFeatures(TableSource.pinned(spark, input), request.configuration(), request.ignored());
        if (request.from().isPresent() && Fit.keepsEncoder(request.configuration())) {
            List<String> beside = new ArrayList<>();
            request.normalOnly().ifPresent(normal -> beside.add(normal.column()));
            request.label().ifPresent(label -> beside.add(label.column()));
            request.anomalies().ifPresent(known -> beside.add(known.column()));
            asked = asked.known(KnownColumns.of(request.from().get().model().encoder(), beside));
        }
        return new InputRows(
                spark,
                asked.countedBy(new RowsRead(spark)),
                request.normalOnly(),
                request.label(),
                request.anomalies());
    }

    private static DataDescription description(TrainRequest request) {
        TreeMap<String, String> selection = new TreeMap<>();
        selection.put(
                Parameter.NORMAL_ONLY.name(),
                request.normalOnly()
                        .map(normal -> normal.column() + "=" + normal.value())
                        .orElse("not given"));
        request.label().ifPresent(label -> selection.put(Parameter.LABEL.name(), label.toString()));
        request.anomalies()
                .ifPresent(known -> selection.put(Parameter.ANOMALIES.name(), known.column() + "=" + known.value()));
        selection.put(Parameter.WHERE.name(), request.input().where().orElse("not given"));
        selection.put(Parameter.SELECT.name(), String.join(",", request.input().select()));
        return new DataDescription(
                request.input().inputs(),
                request.input().format().toString().toLowerCase(Locale.ROOT),
                selection,
                request.input().versions());
    }

    private static Figures figures(FitResult result, Path model) {
        Manifest manifest = result.model().manifest();
        Manifest.TrainingSummary training = result.summary();
        Figures figures = new Figures().add("trainingRows", manifest.data().trainingRows());
        result.setAside().ifPresent(count -> figures.add("setAside", count));
        TableVersion.listed(manifest.data().tables()).ifPresent(read -> figures.add("inputVersions", read));
        figures.add("validationRows", manifest.data().validationRows())
                .add("network", manifest.network())
                .add("parameters", manifest.parameters())
                .add("replicas", training.replicas())
                .add("epochs", training.epochs())
                .add("averagingFrequency", training.averagingFrequency())
                .add("roundOverhead", result.roundOverhead());
        result.roundBytes().ifPresent(bytes -> figures.add("roundBytes", bytes));
        return figures.add("replicasLeftOut", training.replicasLeftOut())
                .with(TrainingFigures.of(training, "elboAfter"))
                .with(lineage(result))
                .with(weights(result))
                .with(TrainingFigures.groups(result.model()))
                .add("modelId", manifest.modelId())
                .add("model", model.toString())
                .add("report", shown(new Path(model, ModelFiles.REPORT)));
    }

    private static Figures weights(FitResult result) {
        Figures figures = new Figures();
        result.weights()
                .ifPresent(choice -> figures.add("knownAnomalies", choice.anomalies())
                        .add("knownAnomaliesAuroc", choice.auroc())
                        .add("knownAnomaliesAurocBefore", choice.usualAuroc())
                        .add("knownAnomaliesStandardError", choice.standardError())
                        .add("marginalWeight", choice.chosen().marginal())
                        .add("neighbourWeight", choice.chosen().neighbour()));
        return figures;
    }

    private static Figures lineage(FitResult result) {
        Figures figures = new Figures();
        result.lineage()
                .ifPresent(lineage -> figures.add("parent", lineage.parent())
                        .add("parametersTaken", lineage.parametersTaken())
                        .add("elboOfParent", lineage.before().elbo())
                        .add("flaggedShareOfParent", lineage.before().flaggedShare())
                        .add("flaggedShare", lineage.after().flaggedShare()));
        return figures;
    }

    // A local path as the user would type it.
    private static String shown(Path path) {
        return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
    }
}
