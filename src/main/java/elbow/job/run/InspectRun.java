package elbow.job.run;

import elbow.base.Configuration;
import elbow.data.feature.Feature;
import elbow.data.feature.LeftOut;
import elbow.data.feature.RealFeature;
import elbow.data.infer.FeatureFit;
import elbow.data.infer.FeatureSettings;
import elbow.data.rows.AllRows;
import elbow.data.rows.BadRows;
import elbow.data.source.DataReader;
import elbow.data.source.ReadRequest;
import elbow.data.source.RowsInFiles;
import elbow.data.source.RowsRead;
import elbow.data.table.InputErrors;
import elbow.fit.Fit;
import elbow.job.console.Figures;
import elbow.job.console.Table;
import elbow.lake.TableVersion;
import elbow.model.Manifest;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The work of {@code inspect}: says what a model is, or what the columns of a data set are. */
public final class InspectRun {
    private InspectRun() {}

    /** Prints what training would make of each column, and returns 0. */
    public static int input(ReadRequest input, Configuration configuration, List<String> ignored, Session session) {
        Fit.requireValid(configuration);
        FeatureSettings settings = FeatureSettings.of(configuration, ignored);
        ReadRequest counted = InputRows.asFeatures(input, configuration, ignored)
                .markingBadRows()
                .countedBy(new RowsRead(session.spark()));
        Dataset<Row> rows = DataReader.read(session.spark(), counted);
        long bad = BadRows.bad(rows).count();
        Dataset<Row> good = BadRows.good(rows);
        String fault = bad == 0 ? "" : told(BadRows.bad(rows).first());
        if (bad > 0 && good.isEmpty()) {
            throw InputErrors.input("input " + String.join(", ", input.inputs())
                    + " must have a row that can be read, but has none in " + bad + "; of the first, " + fault);
        }
        FeatureFit fit = FeatureFit.of(good, settings);
        AllRows.requireRead(
                "input " + String.join(", ", input.inputs()),
                RowsInFiles.of(session.spark(), counted),
                fit.rows() + bad);
        session.console().print(ColumnTable.of(fit.columns(), Integer.MAX_VALUE));
        session.console().print("");
        Figures figures = new Figures()
                .add("rows", fit.rows())
                .add("columns", fit.columns().size())
                .add("used", fit.encoder().features().size())
                .add("leftOut", fit.encoder().leftOut().size())
                .add("encodedColumns", fit.encoder().width())
                .add("unreadableRows", bad);
        session.console().print(figures.render());
        if (bad > 0) {
            session.console().note("The first of the unreadable rows: " + fault);
        }
        fit.badValueLines().forEach(session.console()::note);
        return 0;
    }

    // What is wrong with a row, and the row.
    private static String told(Row bad) {
        return bad.getString(0) + ": " + InputErrors.quote(bad.getString(2));
    }

    /** Prints what a model is, and returns 0. */
    public static int model(String uri, Session session) {
        ModelDirectory directory =
                new ModelDirectory(uri, session.spark().sparkContext().hadoopConfiguration());
        TrainedModel model = directory.load();
        Manifest manifest = model.manifest();
        Manifest.DataSummary data = manifest.data();
        Manifest.TrainingSummary training = manifest.training();
        Figures figures = new Figures()
                .add("modelId", manifest.modelId())
                .add("createdAt", manifest.createdAt().toString())
                .add("network", manifest.network())
                .add("parameters", manifest.parameters())
                .add("seed", manifest.seed())
                .add("inputs", String.join(", ", data.inputs()));
        TableVersion.listed(data.tables()).ifPresent(read -> figures.add("inputVersions", read));
        figures.add("trainingRows", data.trainingRows())
                .add("validationRows", data.validationRows())
                .add("master", training.master())
                .add("replicas", training.replicas())
                .add("epochs", training.epochs())
                .with(TrainingFigures.of(training, "elbo"))
                .add("threshold", model.calibration().threshold())
                .add("thresholdRule", model.calibration().rule().words())
                .add("calibrationRows", model.calibration().rows());
        figures.with(TrainingFigures.groups(model));
        CalibrateRun.addTail(figures, model.calibration());
        figures.add("scoringSamples", model.layer().scoringSamples());
        model.recalibration()
                .ifPresent(
                        later -> figures.add("calibratedAt", later.createdAt().toString())
                                .add("calibrationInputs", String.join(", ", later.inputs())));
        directory.lineage().ifPresent(lineage -> {
            figures.add("parent", lineage.parent());
            figures.add("ancestors", String.join(", ", lineage.ancestors()));
            figures.add("elboOfParent", lineage.before().elbo());
        });
        manifest.versions()
                .forEach((name, version) -> figures.add(name.equals("run") ? name : name + "Version", version));
        session.console().print(figures.render());
        session.console().print("");
        session.console().print(columns(model));
        model.groups().ifPresent(groups -> {
            session.console().print("");
            session.console().print(TrainingFigures.table(groups));
        });
        return 0;
    }

    private static Table columns(TrainedModel model) {
        Table table = new Table("column", "type", "mean", "standard deviation", "");
        for (Feature feature : model.encoder().features()) {
            if (feature instanceof RealFeature real) {
                table.row(
                        real.column(),
                        real.type().toString(),
                        number(real.mean()),
                        number(real.standardDeviation()),
                        role(model, feature));
            } else {
                table.row(feature.column(), feature.type().toString(), "", "", role(model, feature));
            }
        }
        for (LeftOut column : model.encoder().leftOut()) {
            table.row(column.column(), "", "", "", "left out: " + column.reason());
        }
        return table;
    }

    private static String role(TrainedModel model, Feature feature) {
        List<String> words = new ArrayList<>();
        if (model.encoder().conditions().contains(feature)) {
            words.add("condition");
        }
        if (feature instanceof RealFeature real && !real.commonWords().isEmpty()) {
            words.add(real.commonWords() + "; mean and deviation are those of the other values");
        }
        return String.join("; ", words);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
