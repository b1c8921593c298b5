package elbow.job.run;

import elbow.job.console.Figures;
import elbow.model.HistoryEntry;
import elbow.model.Manifest;
import elbow.model.ModelFiles;
import elbow.model.Versions;
import elbow.score.EncodedScores;
import elbow.train.TrainingOutcome;
import elbow.train.plan.TrainingPlan;
import elbow.vae.VaeSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/** What a training run says of itself: on the console, in the report, in the manifest, as figures. */
final class TrainingSummary {
    private final TrainRequest request;
    private final PreparedRows rows;
    private final TrainingPlan plan;

    TrainingSummary(TrainRequest request, PreparedRows rows, TrainingPlan plan) {
        this.request = request;
        this.rows = rows;
        this.plan = plan;
    }

    /** Lines for the console: what will be done. */
    List<String> beforeTraining() {
        String data = String.format(
                Locale.ROOT,
                "Data: %,d rows to train on and %,d held out, %s",
                rows.trainingRows(),
                rows.validationRows(),
                rows.describeColumns());
        String network = String.format(
                Locale.ROOT, "Network: %s, %,d parameters", network(plan.spec()), parameters(plan.spec()));
        String training = String.format(
                Locale.ROOT,
                "Training: epochs %d, replicas %d, batches of %d rows, learning rate %s",
                plan.epochs(),
                plan.replicas(),
                plan.batchSize(),
                plan.learningRate().base());
        List<String> lines = new ArrayList<>();
        rows.setAside()
                .ifPresent(count -> lines.add(String.format(
                        Locale.ROOT,
                        "Bad rows: %,d set aside in %s",
                        count,
                        request.quarantine().orElseThrow())));
        lines.addAll(List.of(data, network, training));
        return lines;
    }

    /** Heading of the report: the names of the inputs. */
    String title() {
        return request.input().inputs().stream()
                .map(input -> new Path(input).getName())
                .collect(Collectors.joining(", "));
    }

    /** Facts for the report, in their order. */
    Map<String, String> facts(TrainingOutcome outcome, EncodedScores heldOut) {
        HistoryEntry kept = outcome.after();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Data", String.join(", ", request.input().inputs()));
        facts.put(
                "Rows",
                String.format(
                        Locale.ROOT, "%,d to train on, %,d held out", rows.trainingRows(), rows.validationRows()));
        facts.put("Columns", rows.describeColumns());
        facts.put("Network", network(plan.spec()));
        facts.put("Parameters", String.format(Locale.ROOT, "%,d", parameters(plan.spec())));
        facts.put(
                "Replicas",
                plan.replicas() + ", averaged every " + outcome.averagingFrequency() + " batches of " + plan.batchSize()
                        + " rows");
        facts.put("Outer step", plan.averaging().outer().describe(outcome.averagingFrequency()));
        facts.put("Epochs", plan.epochs() + ", the network after epoch " + kept.epoch() + " is kept");
        facts.put("Seed", Long.toString(plan.seed()));
        facts.put("Duration", String.format(Locale.ROOT, "%.0f s of training", outcome.seconds()));
        facts.put("Speed", String.format(Locale.ROOT, "%,.0f rows per second", outcome.examplesPerSecond()));
        return facts;
    }

    Manifest manifest(ModelFiles files, TrainingOutcome outcome, EncodedScores heldOut) {
        HistoryEntry last = outcome.history().get(outcome.history().size() - 1);
        return new Manifest(
                Manifest.FORMAT_VERSION,
                files.modelId(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                network(plan.spec()),
                parameters(plan.spec()),
                plan.seed(),
                Versions.ofProcess(),
                request.configuration().asTexts(),
                new Manifest.DataSummary(
                        request.input().inputs(),
                        request.input().format().toString().toLowerCase(Locale.ROOT),
                        rows.trainingRows(),
                        rows.validationRows(),
                        rows.fingerprint()),
                new Manifest.TrainingSummary(
                        plan.master().toString().toLowerCase(Locale.ROOT),
                        plan.replicas(),
                        last.epoch(),
                        last.step(),
                        outcome.averagingFrequency(),
                        outcome.replicasLeftOut(),
                        outcome.seconds(),
                        outcome.examplesPerSecond(),
                        outcome.before().elbo(),
                        elbo(heldOut),
                        heldOut.meanReconstruction() + rows.encoder().logJacobian(),
                        heldOut.meanKl(),
                        outcome.after().activeUnits()),
                files.digests());
    }

    Figures figures(Manifest manifest, double roundOverhead, Path model) {
        Manifest.TrainingSummary training = manifest.training();
        Figures figures = new Figures().add("trainingRows", manifest.data().trainingRows());
        rows.setAside().ifPresent(count -> figures.add("setAside", count));
        return figures.add("validationRows", manifest.data().validationRows())
                .add("network", manifest.network())
                .add("parameters", manifest.parameters())
                .add("replicas", training.replicas())
                .add("epochs", training.epochs())
                .add("averagingFrequency", training.averagingFrequency())
                .add("roundOverhead", roundOverhead)
                .add("replicasLeftOut", training.replicasLeftOut())
                .add("seconds", training.seconds())
                .add("examplesPerSecond", training.examplesPerSecond())
                .add("elboBefore", training.elboBefore())
                .add("elboAfter", training.elbo())
                .add("reconstruction", training.reconstruction())
                .add("kl", training.kl())
                .add("activeUnits", training.activeUnits())
                .add("modelId", manifest.modelId())
                .add("model", model.toString())
                .add("report", shown(new Path(model, ModelFiles.REPORT)));
    }

    private double elbo(EncodedScores heldOut) {
        return heldOut.meanElbo() + rows.encoder().logJacobian();
    }

    // A local path as the user would type it.
    private static String shown(Path path) {
        return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
    }

    private static String network(VaeSpec spec) {
        return Stream.of(
                        Stream.of(spec.inputSize()),
                        spec.encoderSizes().stream(),
                        Stream.of(spec.latentSize()),
                        spec.decoderSizes().stream(),
                        Stream.of(spec.inputSize()))
                .flatMap(sizes -> sizes)
                .map(String::valueOf)
                .collect(Collectors.joining("-"));
    }

    private static int parameters(VaeSpec spec) {
        return spec.layout().length();
    }
}
