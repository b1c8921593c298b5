package elbow.job.run;

import elbow.data.rows.Quarantine;
import elbow.data.source.KnownColumns;
import elbow.files.OutputDirectory.IfExists;
import elbow.job.console.Figures;
import elbow.lake.TableVersion;
import elbow.model.Calibration;
import elbow.model.ModelDirectory;
import elbow.model.Recalibration;
import elbow.model.ThresholdRule;
import elbow.model.TrainedModel;
import elbow.score.AnomalyScoring;
import elbow.score.ReferenceScores;
import elbow.score.UnknownConditions;
import elbow.signature.RequiredSignature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The work of {@code calibrate}: from reference rows to a new calibration file in the model directory. */
public final class CalibrateRun {
    private CalibrateRun() {}

    /**
     * Whether a key of the configuration means something here: those of the threshold do. What a score is stays as the
     * model was trained, and samples have an option of their own.
     */
    public static boolean heeds(String key) {
        return key.startsWith("scoring.") && !key.equals("scoring.samples") && !AnomalyScoring.KEYS.contains(key);
    }

    /**
     * Writes a new calibration, and returns the exit code.
     *
     * @param settings the run's configuration over the given settings of the model's training
     */
    public static int run(
            CalibrateRequest request,
            Function<Map<String, String>, elbow.base.Configuration> settings,
            Session session) {
        Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Configuration hadoop = session.spark().sparkContext().hadoopConfiguration();
        Optional<Quarantine> quarantine = request.quarantine().map(uri -> new Quarantine(uri, IfExists.REFUSE, hadoop));
        ModelDirectory directory = new ModelDirectory(request.model(), hadoop);
        RowsToScore.requireApart(request.input(), directory, quarantine, request.json(), hadoop);
        TrainedModel model = directory.load();
        ThresholdRule rule = ThresholdRule.of(settings.apply(model.manifest().settings()));
        int samples = request.samples().orElse(model.layer().scoringSamples());
        RowsToScore rows = new RowsToScore(
                session, request.input(), model.encoder(), KnownColumns.of(model.encoder(), List.of()), quarantine);

        Calibration calibration = rows.use(good -> ReferenceScores.calibrate(good, model, rule, samples));
        rows.requireAllUsed(calibration.rows());
        // Whatever may still fail comes before the calibration is in force.
        List<String> unknown = rows.use(good -> UnknownConditions.notes(model, good));
        String modelId = model.manifest().modelId();
        Path file =
                directory.add(new Recalibration(modelId, start, request.input().inputsRead(), calibration));

        calibration.remarks().forEach(session.console()::note);
        if (RequiredSignature.isSigned(directory.place())) {
            session.console()
                    .note("The model's signature does not cover this calibration, so that whoever requires one refuses"
                            + " it now: sign it again with elbow sign");
        }
        unknown.forEach(session.console()::note);

        Figures figures = new Figures().add("rows", calibration.rows());
        rows.setAside().ifPresent(count -> figures.add("setAside", count));
        figures.add("threshold", calibration.threshold())
                .add("thresholdRule", rule.words())
                .add("formerThreshold", model.calibration().threshold());
        addTail(figures, calibration);
        calibration.normal().ifPresent(normal -> figures.add("meanAnomalyScore", normal.total()));
        figures.add("samples", samples).add("modelId", modelId).add("calibration", file.toString());
        TableVersion.listed(request.input().versions()).ifPresent(read -> figures.add("inputVersions", read));
        session.console().print(figures.render());
        request.json().ifPresent(json -> session.writeJson(json, figures));
        return 0;
    }

    static void addTail(Figures figures, Calibration calibration) {
        calibration
                .tail()
                .ifPresent(tail -> figures.add("tailStart", tail.start())
                        .add("tailShape", tail.shape())
                        .add("tailScale", tail.scale())
                        .add("tailAtBound", tail.atBound() ? "yes" : "no"));
    }
}
