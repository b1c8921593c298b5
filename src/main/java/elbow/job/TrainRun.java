package elbow.job;

import elbow.base.Configuration;
import elbow.data.DataReader;
import elbow.data.OutputDirectory;
import elbow.data.OutputDirectory.IfExists;
import elbow.model.Calibration;
import elbow.model.Manifest;
import elbow.model.ModelDirectory;
import elbow.model.ModelFiles;
import elbow.report.HtmlReport;
import elbow.score.BlockScores;
import elbow.score.ScoringModel;
import elbow.train.Trainer;
import elbow.train.TrainingData;
import elbow.train.TrainingOutcome;
import elbow.train.TrainingPlan;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/** The work of {@code train}: from rows to a model directory. */
final class TrainRun {
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

    static int run(TrainRequest request, Session session) {
        org.apache.hadoop.conf.Configuration hadoop =
                session.spark().sparkContext().hadoopConfiguration();
        IfExists ifExists = request.overwrite() ? IfExists.REPLACE : IfExists.REFUSE;
        OutputDirectory output = ModelDirectory.toWrite(request.model(), ifExists, hadoop);
        Optional<Quarantine> quarantine = request.quarantine().map(uri -> new Quarantine(uri, ifExists, hadoop));
        for (OutputDirectory written : Stream.concat(
                        Stream.of(output), quarantine.stream().map(Quarantine::output))
                .toList()) {
            written.requireApartFrom("--input", DataReader.roots(request.input(), hadoop));
            if (request.validation().isPresent()) {
                written.requireApartFrom("--validation", DataReader.roots(request.held(), hadoop));
            }
        }
        return new TrainRun(request, session).run(output, quarantine);
    }

    private int run(OutputDirectory output, Optional<Quarantine> quarantine) {
        // Settings that only the end of the run needs: refused now, if they are wrong.
        double thresholdQuantile = configuration.fraction("scoring.threshold-quantile");
        int images = configuration.positiveInt("report.images");
        try (PreparedRows rows = new PreparedRows(request, session.spark(), quarantine)) {
            TrainingPlan plan = TrainingPlan.resolve(
                    configuration, rows.encoder(), rows.trainingRows(), spark.defaultParallelism());
            TrainingSummary summary = new TrainingSummary(request, rows, plan);
            session.console().note(ColumnTable.render(rows.columns(), ColumnTable.SHOWN_BEFORE_TRAINING) + "\n");
            summary.beforeTraining().forEach(session.console()::note);

            TrainingData data = rows.sharded(plan);
            TrainingOutcome outcome = train(plan, data);
            BlockScores heldOut =
                    BlockScores.of(spark, data.validation(), ScoringModel.of(outcome.network(), plan.scoringSamples()));
            Calibration calibration = Calibration.of(
                    heldOut.anomalyScores(rows.encoder().logJacobian()), thresholdQuantile, plan.scoringSamples());

            ModelFiles files = new ModelFiles(rows.encoder(), outcome.network());
            files.calibration(calibration);
            files.history(outcome.history());
            ReportContents report = new ReportContents(data, plan, outcome, heldOut, calibration, images);
            String title = summary.title();
            files.report(HtmlReport.render(report.of(title, files.modelId(), summary.facts(outcome, heldOut))));
            Manifest manifest = summary.manifest(files, outcome, heldOut);
            ModelDirectory.save(files, manifest, output, spark.hadoopConfiguration());

            Figures figures = summary.figures(manifest, output.path());
            session.console().print(figures.render());
            request.json().ifPresent(file -> session.writeText(file, figures.toJson()));
        }
        return 0;
    }

    private TrainingOutcome train(TrainingPlan plan, TrainingData data) {
        try (ProgressBar bar = new ProgressBar(session.console(), "training")) {
            return Trainer.train(spark, plan, data, new BarListener(bar, plan.epochs()));
        }
    }
}
