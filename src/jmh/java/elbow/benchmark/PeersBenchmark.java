package elbow.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.math.Blas;
import elbow.math.BlasChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The same VAE (784-512-20, MNIST binarised anew in every pass, Adam at 1e-3) on the same two cores until the mean ELBO
 * of the test images reaches a target: Elbow's two replicas, PyTorch as it is shipped, and two replicas of DL4J's own
 * master. In turns; medians. A clock runs while a contender trains: starting, compiling, a warm-up and the measurement
 * after every pass, by one posterior sample for each test image, do not count.
 */
public final class PeersBenchmark {
    private static final int TURNS = 3;
    private static final double TARGET = -100;
    private static final double QUICK_TARGET = -120;
    private static final int MOST_PASSES = 60;
    private static final String ELBOW = "Elbow, 2 replicas";

    private final BenchmarkArguments arguments;
    private final double target;
    private final int turns;
    private final Map<String, List<PeerRun>> runs = new LinkedHashMap<>();

    private PeersBenchmark(BenchmarkArguments arguments) {
        this.arguments = arguments;
        target = arguments.quick() ? QUICK_TARGET : TARGET;
        turns = arguments.quick() ? 1 : TURNS;
    }

    /** Arguments: {@code --data DIR [--quick] [--json FILE]}; quick: one turn, to -120 nats. */
    public static void main(String[] list) throws Exception {
        BenchmarkArguments arguments = BenchmarkArguments.of(list);
        arguments.announce("an hour", "6 minutes");
        BlasChoice.settle();
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
        Blas.useOneThread();
        new PeersBenchmark(arguments).run();
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException {
        print("BLAS: %s; to a test ELBO of %.0f nats%n", Blas.description(), target);
        List<TorchTraining> torch = new ArrayList<>(TorchTraining.all());
        for (int turn = 0; turn < turns; turn++) {
            keep(ELBOW, Optional.of(elbow(List.of("training.replicas=2"))));
            for (TorchTraining contender : List.copyOf(torch)) {
                Optional<PeerRun> outcome = contender.run(arguments, target, MOST_PASSES, this::progress);
                keep(contender.name(), outcome);
                if (outcome.isEmpty()) {
                    // What is not here now will not be in the next turn.
                    torch.remove(contender);
                }
            }
            if (turn == 0) {
                // By far the slowest: once.
                stock();
            }
        }
        table();
    }

    private void stock() {
        for (int frequency : List.of(25, 100)) {
            String name = "stock master, every " + frequency + " steps";
            keep(
                    name,
                    Optional.of(elbow(List.of(
                            "training.replicas=2",
                            "training.master=stock",
                            "training.averaging-frequency=" + frequency))));
        }
    }

    private PeerRun elbow(List<String> settings) {
        List<String> all = new ArrayList<>(settings);
        all.addAll(List.of(
                "objective.kl-schedule=constant",
                "training.learning-rate-schedule.shape=constant",
                "training.measure-every=1"));
        try (LocalCluster cluster = new LocalCluster(2)) {
            return ElbowToTarget.run(
                    ReplicaTraining.mnist(cluster, arguments), all, target, MOST_PASSES, this::progress);
        }
    }

    private void progress(int pass, double seconds, double elbo) {
        print("  pass %3d  %7.1f s  test ELBO %9.3f%n", pass, seconds, elbo);
    }

    private void keep(String name, Optional<PeerRun> outcome) {
        outcome.ifPresent(run -> {
            runs.computeIfAbsent(name, unused -> new ArrayList<>()).add(run);
            print("%-36s %s%n", name, run);
        });
    }

    private void table() throws IOException {
        ObjectNode report = new ObjectMapper().createObjectNode().put("target", target);
        ArrayNode contenders = report.putArray("contenders");
        print("%n%-36s %12s %8s %10s %12s%n", "medians", "examples/s", "passes", "seconds", "over Elbow's");
        double ours = median(runs.getOrDefault(ELBOW, List.of()));
        runs.forEach((name, list) -> {
            PeerRun run = middle(list);
            double over = median(list) / ours;
            print(
                    "%-36s %,12.0f %8d %10s %12s%n",
                    name,
                    run.examplesPerSecond(),
                    run.passes(),
                    run.reached() ? String.format(Locale.ROOT, "%.1f", run.seconds()) : "not in " + MOST_PASSES,
                    run.reached() ? String.format(Locale.ROOT, "%.2f", over) : "> " + Math.round(10 * over) / 10.0);
            contenders
                    .addObject()
                    .put("name", name)
                    .put("examples_per_second", run.examplesPerSecond())
                    .put("passes", run.passes())
                    .put("seconds", run.seconds())
                    .put("reached", run.reached())
                    .put("elbo", run.elbo())
                    .put("over_elbow", over)
                    .put("runs", list.size());
        });
        arguments.write(report);
    }

    private static double median(List<PeerRun> list) {
        return middle(list).seconds();
    }

    private static PeerRun middle(List<PeerRun> list) {
        return list.stream()
                .sorted(Comparator.comparing(PeerRun::seconds))
                .toList()
                .get(list.size() / 2);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }
}
