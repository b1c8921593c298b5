package elbow.job.run;

import elbow.base.Parameter;
import elbow.data.rows.Quarantine;
import elbow.data.source.DataReader;
import elbow.data.source.ReadRequest;
import elbow.data.source.RowsRead;
import elbow.files.OutputDirectory;
import elbow.files.OutputDirectory.IfExists;
import elbow.fit.DataDescription;
import elbow.fit.Fit;
import elbow.fit.FitResult;
import elbow.fit.Start;
import elbow.job.console.Figures;
import elbow.model.Manifest;
import elbow.model.ModelDirectory;
import elbow.model.ModelFiles;
import elbow.train.checkpoint.CheckpointDirectory;
import elbow.train.checkpoint.TrainingStoppedException;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The work of {@code train}: from rows to a model directory. */
public final class TrainRun {
    private static final String CONTINUE = ", continue with --resume";

    private TrainRun() {}

    public static int run(TrainRequest request, Session session) {
        Fit.requireValid(request.configuration());
        SparkSession spark = session.spark();
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        OutputDirectory output = ModelDirectory.toWrite(
                request.model(), request.start() == Start.OVERWRITE ? IfExists.REPLACE : IfExists.REFUSE, hadoop);
        // That of a run that is resumed is there already, with the same rows.
        IfExists ifBadRows = request.start() == Start.NEW ? IfExists.REFUSE : IfExists.REPLACE;
        Optional<Quarantine> quarantine = request.quarantine().map(uri -> new Quarantine(uri, ifBadRows, hadoop));
        for (OutputDirectory written : Stream.concat(
                        Stream.of(output), quarantine.stream().map(Quarantine::output))
                .toList()) {
            written.requireApartFrom(Parameter.INPUT.name(), DataReader.roots(request.input(), hadoop));
            if (request.held().isPresent()) {
                written.requireApartFrom(
                        Parameter.VALIDATION.name(),
                        DataReader.roots(request.held().get(), hadoop));
            }
        }

        TrainingDisplay display = new TrainingDisplay(session.console(), request.quarantine(), session.stop());
        CheckpointDirectory checkpoints = CheckpointDirectory.beside(request.model(), hadoop);
        Fit.Builder fit = Fit.builder(request.configuration())
                .ignore(request.ignored())
                .describedAs(description(request))
                .checkpoints(checkpoints, request.start())
                .stopWhen(session.stop()::isAsked)
                .writeTo(output)
                .listener(display);
        request.held().ifPresent(held -> fit.validation(rows(held, request, spark)));
        quarantine.ifPresent(fit::quarantine);
        FitResult result;
        try {
            result = fit.build().train(rows(request.input(), request, spark));
        } catch (TrainingStoppedException e) {
            throw new StoppedException(" after round " + e.round() + CONTINUE, e);
        } catch (Exception e) {
            // Whatever a run that is cancelled meets, Spark's checked exceptions among it.
            if (session.stop().isAsked()) {
                throw new StoppedException(left(display, checkpoints), e);
            }
            throw e;
        }

        Figures figures = figures(result, output.path());
        session.console().print(figures.render());
        request.json().ifPresent(file -> session.writeText(file, figures.toJson()));
        return 0;
    }

    private static String left(TrainingDisplay display, CheckpointDirectory checkpoints) {
        return display.hasBegun() && !checkpoints.isEmpty()
                ? "; the last checkpoint is of round "
                        + checkpoints.load().state().round() + CONTINUE
                : " before the first round: nothing is left of the run";
    }

    private static InputRows rows(ReadRequest input, TrainRequest request, SparkSession spark) {
        return new InputRows(spark, input.countedBy(new RowsRead(spark)), request.normalOnly(), request.label());
    }

    private static DataDescription description(TrainRequest request) {
        TreeMap<String, String> selection = new TreeMap<>();
        selection.put(
                Parameter.NORMAL_ONLY.name(),
                request.normalOnly()
                        .map(normal -> normal.column() + "=" + normal.value())
                        .orElse("not given"));
        request.label().ifPresent(label -> selection.put(Parameter.LABEL.name(), label.toString()));
        selection.put(Parameter.WHERE.name(), request.input().where().orElse("not given"));
        selection.put(Parameter.SELECT.name(), String.join(",", request.input().select()));
        return new DataDescription(
                request.input().inputs(), request.input().format().toString().toLowerCase(Locale.ROOT), selection);
    }

    private static Figures figures(FitResult result, Path model) {
        Manifest manifest = result.model().manifest();
        Manifest.TrainingSummary training = result.summary();
        Figures figures = new Figures().add("trainingRows", manifest.data().trainingRows());
        result.setAside().ifPresent(count -> figures.add("setAside", count));
        return figures.add("validationRows", manifest.data().validationRows())
                .add("network", manifest.network())
                .add("parameters", manifest.parameters())
                .add("replicas", training.replicas())
                .add("epochs", training.epochs())
                .add("averagingFrequency", training.averagingFrequency())
                .add("roundOverhead", result.roundOverhead())
                .add("replicasLeftOut", training.replicasLeftOut())
                .with(TrainingFigures.of(training, "elboAfter"))
                .add("modelId", manifest.modelId())
                .add("model", model.toString())
                .add("report", shown(new Path(model, ModelFiles.REPORT)));
    }

    // A local path as the user would type it.
    private static String shown(Path path) {
        return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
    }
}
