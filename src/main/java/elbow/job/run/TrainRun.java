package elbow.job.run;

import elbow.base.Configuration;
import elbow.data.reference.DataReference;
import elbow.data.source.DataReader;
import elbow.files.OutputDirectory;
import elbow.files.OutputDirectory.IfExists;
import elbow.job.console.Figures;
import elbow.job.console.ProgressBar;
import elbow.job.run.TrainRequest.Start;
import elbow.model.Calibration;
import elbow.model.Manifest;
import elbow.model.ModelDirectory;
import elbow.model.ModelFiles;
import elbow.model.ThresholdRule;
import elbow.report.HtmlReport;
import elbow.score.AnomalyScoring;
import elbow.score.EncodedScores;
import elbow.score.ScoringModel;
import elbow.train.Trainer;
import elbow.train.TrainingData;
import elbow.train.TrainingOutcome;
import elbow.train.checkpoint.Checkpoints;
import elbow.train.plan.ExecutorMemory;
import elbow.train.plan.TrainingPlan;
import elbow.train.progress.SparkMetrics;
import elbow.train.progress.TensorBoard;
import elbow.train.progress.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/** The work of {@code train}: from rows to a model directory. */
public final class TrainRun {
    private final TrainRequest request;
    private final Session session;
    private final Configuration configuration;
    private final JavaSparkContext spark;

    private TrainRun(TrainRequest request, Session session) {
        this.request = request;
        this.session = session;
        this.configuration = request.configuration();
        this.spark = JavaSparkContext.fromSparkContext(session.spark().sparkContext());
    }

    public static int run(TrainRequest request, Session session) {
        org.apache.hadoop.conf.Configuration hadoop =
                session.spark().sparkContext().hadoopConfiguration();
        OutputDirectory output = ModelDirectory.toWrite(
                request.model(), request.start() == Start.OVERWRITE ? IfExists.REPLACE : IfExists.REFUSE, hadoop);
        // That of a run that is resumed is there already, with the same rows.
        IfExists ifBadRows = request.start() == Start.NEW ? IfExists.REFUSE : IfExists.REPLACE;
        Optional<Quarantine> quarantine = request.quarantine().map(uri -> new Quarantine(uri, ifBadRows, hadoop));
        for (OutputDirectory written : Stream.concat(
                        Stream.of(output), quarantine.stream().map(Quarantine::output))
                .toList()) {
            written.requireApartFrom("--input", DataReader.roots(request.input(), hadoop));
            if (request.validation().isPresent()) {
                written.requireApartFrom("--validation", DataReader.roots(request.held(), hadoop));
            }
        }
        return new TrainRun(request, session).run(output, quarantine, TrainingCheckpoints.of(request, hadoop));
    }

    private int run(OutputDirectory output, Optional<Quarantine> quarantine, TrainingCheckpoints checkpoints) {
        // Settings that only the end of the run needs: refused now, if they are wrong.
        ThresholdRule rule = ThresholdRule.of(configuration);
        int images = configuration.positiveInt("report.images");
        try (PreparedRows rows = new PreparedRows(request, session.spark(), quarantine)) {
            rule.requireRows(rows.validationRows());
            AnomalyScoring anomalyScoring = AnomalyScoring.of(configuration, rows.encoder());
            TrainingPlan plan = TrainingPlan.resolve(
                    configuration,
                    rows.encoder(),
                    rows.trainingRows(),
                    checkpoints.replicas(spark.defaultParallelism()));
            TrainingSummary summary = new TrainingSummary(request, rows, plan);
            session.console().note(ColumnTable.render(rows.columns(), ColumnTable.SHOWN_BEFORE_TRAINING) + "\n");
            summary.beforeTraining().forEach(session.console()::note);

            ExecutorMemory memory = ExecutorMemory.of(plan, spark.sc());
            session.console().note("Memory: " + memory.describe());
            memory.check();
            Checkpoints opened = checkpoints.opened(rows, plan);
            opened.start()
                    .ifPresent(start -> session.console()
                            .note("Resuming after round " + start.state().round()));
            TrainingData data = rows.sharded(plan);
            TrainingOutcome outcome = train(plan, data, opened);
            EncodedScores heldOut = EncodedScores.of(
                    spark,
                    data.validation(),
                    ScoringModel.of(outcome.network(), plan.scoringSamples()),
                    rows.encoder().layout(),
                    anomalyScoring);
            Calibration calibration = Calibration.of(
                    heldOut.anomalyScores(rows.encoder().logJacobian()),
                    rule,
                    plan.scoringSamples(),
                    Optional.of(heldOut.normalParts()));

            ModelFiles files = new ModelFiles(rows.encoder(), outcome.network());
            files.calibration(calibration);
            files.history(outcome.history());
            files.reference(
                    DataReference.of(data.trainingSample(), data.training().all(), rows.encoder()));
            ReportContents report = new ReportContents(data, plan, outcome, heldOut, calibration, images);
            String title = summary.title();
            files.report(HtmlReport.render(report.of(title, files.modelId(), summary.facts(outcome, heldOut))));
            Manifest manifest = summary.manifest(files, outcome, heldOut);
            ModelDirectory.save(files, manifest, output);
            checkpoints.delete();

            Figures figures = summary.figures(manifest, outcome.roundOverhead(), output.path());
            session.console().print(figures.render());
            request.json().ifPresent(file -> session.writeText(file, figures.toJson()));
        }
        return 0;
    }

    private TrainingOutcome train(TrainingPlan plan, TrainingData data, Checkpoints checkpoints) {
        String tensorBoard = configuration.text("training.tensorboard");
        try (ProgressBar bar = new ProgressBar(session.console(), "training");
                SparkMetrics metrics = SparkMetrics.register();
                TensorBoard board =
                        tensorBoard.isEmpty() ? null : TensorBoard.open(tensorBoard, spark.hadoopConfiguration())) {
            List<TrainingListener> listeners =
                    new ArrayList<>(List.of(new BarListener(bar, session.console(), plan.epochs()), metrics));
            if (board != null) {
                listeners.add(board);
            }
            return Trainer.train(spark, plan, data, TrainingListener.all(listeners), checkpoints);
        }
    }
}
