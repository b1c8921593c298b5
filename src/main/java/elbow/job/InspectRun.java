package elbow.job;

import elbow.data.Feature;
import elbow.data.LeftOut;
import elbow.data.RealFeature;
import elbow.model.Manifest;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import java.util.Locale;

/** The work of {@code inspect}: says what a model is. */
final class InspectRun {
    private InspectRun() {}

    static int run(String uri, Session session) {
        TrainedModel model =
                new ModelDirectory(uri, session.spark().sparkContext().hadoopConfiguration()).load();
        Manifest manifest = model.manifest();
        Manifest.DataSummary data = manifest.data();
        Manifest.TrainingSummary training = manifest.training();
        Figures figures = new Figures()
                .add("modelId", manifest.modelId())
                .add("createdAt", manifest.createdAt().toString())
                .add("network", manifest.network())
                .add("parameters", manifest.parameters())
                .add("seed", manifest.seed())
                .add("inputs", String.join(", ", data.inputs()))
                .add("trainingRows", data.trainingRows())
                .add("validationRows", data.validationRows())
                .add("master", training.master())
                .add("replicas", training.replicas())
                .add("epochs", training.epochs())
                .add("seconds", training.seconds())
                .add("examplesPerSecond", training.examplesPerSecond())
                .add("elboBefore", training.elboBefore())
                .add("elbo", training.elbo())
                .add("reconstruction", training.reconstruction())
                .add("kl", training.kl())
                .add("activeUnits", training.activeUnits())
                .add("threshold", model.calibration().threshold())
                .add("thresholdQuantile", model.calibration().thresholdQuantile())
                .add("scoringSamples", model.layer().scoringSamples());
        manifest.versions().forEach((name, version) -> figures.add(name + "Version", version));
        session.console().print(figures.render());
        session.console().print("\n" + columns(model));
        return 0;
    }

    private static String columns(TrainedModel model) {
        Table table = new Table("column", "type", "mean", "standard deviation", "");
        for (Feature feature : model.encoder().features()) {
            if (feature instanceof RealFeature real) {
                table.row(real.column(), real.type(), number(real.mean()), number(real.standardDeviation()), "");
            } else {
                table.row(feature.column(), feature.type(), "", "", "");
            }
        }
        for (LeftOut column : model.encoder().leftOut()) {
            table.row(column.column(), "", "", "", "left out: " + column.reason());
        }
        return table.render();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
