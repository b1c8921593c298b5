package elbow.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.model.HistoryEntry;
import elbow.score.ScoringModel;
import elbow.train.progress.TrainingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How likely MNIST's test images are to networks whose figures are published: 60,000 training images, binarised anew in
 * every pass, two replicas on two cores; -log p(x) of the 10,000 test images by 5,000 importance-weighted samples, with
 * its standard error. Each network trains for as many passes as fit into the hours that it may take, by the time of the
 * last of three.
 */
public final class LikelihoodBenchmark {
    private static final int CORES = 2;
    private static final int SAMPLES = Integer.getInteger("elbow.benchmark.samples", 5000);
    private static final int MOST_EPOCHS = 2000;
    private static final int TRIAL_EPOCHS = 3;
    private static final int FEWEST_EPOCHS = 3;
    private static final double SECONDS_OF_AN_HOUR = 3600;
    private static final int QUICK_SAMPLES = 50;
    private static final double QUICK_HOURS = 0.02;

    /** What the bound takes beside training, about. */
    private static final double BOUND_HOURS = 0.5;

    private final BenchmarkArguments arguments;
    private final ReplicaTraining training;
    private final ObjectNode report = new ObjectMapper().createObjectNode();

    /** A network, and what it is known to reach, in nats; empty: no figure of this network is published. */
    private record Run(String name, OptionalDouble published, double hours, List<String> settings) {
        static List<Run> all() {
            String dense = "model.encoder-sizes=[200,200]";
            String wide = "model.encoder-sizes=[300,300]";
            return List.of(
                    new Run("one-layer-vae", OptionalDouble.of(86.76), 1, List.of(dense, "model.latent-size=50")),
                    new Run(
                            "one-layer-iwae-5",
                            OptionalDouble.of(85.54),
                            1,
                            List.of(
                                    dense,
                                    "model.latent-size=50",
                                    "objective.samples=5",
                                    "objective.importance-weighted=true",
                                    "objective.kl-schedule=constant")),
                    // Layers of 100 and 50 latents, 200 and 100 units between.
                    new Run(
                            "two-layers-vae",
                            OptionalDouble.of(85.33),
                            1,
                            List.of(dense, "model.latent-size=100", "model.hierarchy=bottom-up")),
                    new Run(
                            "two-layers-iwae-5",
                            OptionalDouble.of(83.89),
                            1,
                            List.of(
                                    dense,
                                    "model.latent-size=100",
                                    "model.hierarchy=bottom-up",
                                    "objective.samples=5",
                                    "objective.importance-weighted=true",
                                    "objective.kl-schedule=constant")),
                    // Five layers, without the batch normalisation of the published network.
                    new Run(
                            "ladder",
                            OptionalDouble.of(81.74),
                            3,
                            List.of(
                                    "model.encoder-sizes=[512,512]",
                                    "model.activation=leaky-relu",
                                    "model.latent-size=64",
                                    "model.hierarchy=ladder",
                                    "model.upper-latent-sizes=[32,16,8,4]",
                                    "model.upper-units=[256,128,64,32]")),
                    new Run(
                            "flow-prior",
                            OptionalDouble.empty(),
                            1,
                            List.of(wide, "model.latent-size=40", "model.prior=flow", "model.prior-couplings=8")),
                    new Run(
                            "vamp-prior",
                            OptionalDouble.of(82.3),
                            1,
                            List.of(wide, "model.latent-size=40", "model.prior=vamp", "model.prior-components=500")),
                    // Layers of 40 latents each, without the gates of the published network.
                    new Run(
                            "ladder-vamp-prior",
                            OptionalDouble.of(81.24),
                            3,
                            List.of(
                                    wide,
                                    "model.latent-size=40",
                                    "model.hierarchy=ladder",
                                    "model.upper-latent-sizes=[40]",
                                    "model.upper-units=[300]",
                                    "model.prior=vamp",
                                    "model.prior-components=500")),
                    new Run(
                            "convolutional-flow-prior",
                            OptionalDouble.of(78.6),
                            3,
                            List.of(
                                    "model.network=convolutional",
                                    // Relus die at the others' rate.
                                    "training.learning-rate=1e-3",
                                    "model.convolution.channels=[32,64]",
                                    "model.encoder-sizes=[256]",
                                    "model.latent-size=40",
                                    "model.prior=flow",
                                    "model.prior-couplings=8")));
        }
    }

    private LikelihoodBenchmark(BenchmarkArguments arguments, ReplicaTraining training) {
        this.arguments = arguments;
        this.training = training;
    }

    /** Arguments: {@code --data DIR [--runs NAME,..] [--hours H] [--quick] [--json FILE]}; quick: by 50 samples. */
    public static void main(String[] list) throws Exception {
        BenchmarkArguments arguments = BenchmarkArguments.of(list);
        List<Run> runs = runs(BenchmarkArguments.text(Arrays.asList(list), "--runs"));
        Optional<Double> hours =
                BenchmarkArguments.text(Arrays.asList(list), "--hours").map(Double::valueOf);
        arguments.announce(
                String.format(
                        Locale.ROOT,
                        "%.1f hours",
                        runs.stream()
                                .mapToDouble(run -> hours.orElse(run.hours()) + BOUND_HOURS)
                                .sum()),
                "3 minutes for each network");
        try (LocalCluster cluster = new LocalCluster(CORES)) {
            LikelihoodBenchmark benchmark =
                    new LikelihoodBenchmark(arguments, ReplicaTraining.mnist(cluster, arguments));
            ArrayNode results = benchmark.report.putArray("likelihood");
            for (Run run : runs) {
                benchmark.measure(
                        run,
                        arguments.quick()
                                ? Math.min(QUICK_HOURS, hours.orElse(QUICK_HOURS))
                                : hours.orElse(run.hours()),
                        results.addObject());
            }
        }
    }

    private static List<Run> runs(Optional<String> names) {
        if (names.isEmpty()) {
            return Run.all();
        }
        List<Run> chosen = new ArrayList<>();
        for (String name : names.get().split(",", -1)) {
            chosen.add(Run.all().stream()
                    .filter(run -> run.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("--runs must name some of "
                            + Run.all().stream().map(Run::name).toList() + ", but names " + name)));
        }
        return chosen;
    }

    private void measure(Run run, double hours, ObjectNode result) throws Exception {
        print("%s, at most %.2f hours%n", run.name(), hours);
        long begin = System.nanoTime();
        double trial = secondsOfPass(run);
        // The trial counts: it was part of the time.
        double left = hours * SECONDS_OF_AN_HOUR - seconds(begin);
        int epochs = (int) Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, left / trial));
        print("  %.1f s a pass: %d passes%n", trial, epochs);
        long start = System.nanoTime();
        ReplicaTraining.Result trained = training.run(settings(run, epochs), new TrainingListener() {
            @Override
            public void measured(HistoryEntry entry) {
                print("  pass %4d  %7.0f s  test ELBO %9.3f%n", entry.epoch(), seconds(start), entry.elbo());
            }
        });
        double seconds = seconds(start);
        int samples = arguments.number(SAMPLES, QUICK_SAMPLES);
        TestLikelihood likelihood = TestLikelihood.of(
                ScoringModel.of(trained.outcome().network(), 0), training.testBlocks(), samples, CORES, count -> {
                    if (count % 1000 < 192) {
                        print("  %,d test images%n", count);
                    }
                });
        print(
                "%-26s -log p(x) %8.3f +- %.3f  published %6s  ELBO %9.3f  %d passes, %.0f s%n",
                run.name(),
                likelihood.nll(),
                likelihood.standardError(),
                run.published().isPresent()
                        ? String.format(Locale.ROOT, "%.2f", run.published().getAsDouble())
                        : "-",
                likelihood.elbo(),
                epochs,
                seconds);
        result.put("name", run.name())
                .put("nll", likelihood.nll())
                .put("nll_standard_error", likelihood.standardError())
                .put("elbo", likelihood.elbo())
                .put("samples", samples)
                .put("test_rows", likelihood.rows())
                .put("epochs", epochs)
                .put("replicas", CORES)
                .put("seconds", seconds);
        run.published().ifPresent(figure -> result.put("published_nll", figure));
        // What is there so far: a run takes an hour.
        arguments.write(report);
    }

    /** By the last of a few passes: during the first ones code is compiled. */
    private double secondsOfPass(Run run) {
        List<Double> ends = new ArrayList<>();
        long start = System.nanoTime();
        training.run(settings(run, TRIAL_EPOCHS), new TrainingListener() {
            @Override
            public void measured(HistoryEntry entry) {
                ends.add(seconds(start));
            }
        });
        return ends.get(TRIAL_EPOCHS) - ends.get(TRIAL_EPOCHS - 1);
    }

    private static List<String> settings(Run run, int epochs) {
        List<String> settings = new ArrayList<>();
        settings.add("training.learning-rate=4e-3");
        settings.addAll(run.settings());
        settings.add("training.replicas=" + CORES);
        settings.add("training.epochs=" + epochs);
        settings.add("training.learning-rate-schedule.shape=cosine");
        return settings;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }
}
