package elbow.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What averaging costs in quality: the ELBO of MNIST's test images after equal numbers of epochs, by the number of
 * replicas, by what the driver makes of them and by their own optimizer. All runs share seed, rows and initial
 * parameters.
 */
public final class ReplicaBenchmark {
    private static final int EPOCHS = Integer.getInteger("elbow.benchmark.epochs", 50);
    private static final int ABLATION_EPOCHS = Integer.getInteger("elbow.benchmark.ablation-epochs", 12);
    private static final int QUICK_EPOCHS = 2;
    private static final int ABLATION_REPLICAS = 8;
    private static final String FREQUENCY = System.getProperty("elbow.benchmark.frequency", "auto");

    private final ObjectMapper mapper = new ObjectMapper();
    private final ReplicaTraining training;
    private final boolean quick;

    private ReplicaBenchmark(ReplicaTraining training, boolean quick) {
        this.training = training;
        this.quick = quick;
    }

    /**
     * Arguments: {@code --data DIR [--quick] [--json FILE]}; quick: one and two replicas, two passes, one frequency.
     */
    public static void main(String[] list) throws IOException {
        BenchmarkArguments arguments = BenchmarkArguments.of(list);
        arguments.announce("half an hour to two hours", "4 minutes");
        try (LocalCluster cluster = new LocalCluster(2)) {
            ReplicaBenchmark benchmark =
                    new ReplicaBenchmark(ReplicaTraining.mnist(cluster, arguments), arguments.quick());
            ObjectNode report = benchmark.mapper.createObjectNode();
            benchmark.replicas(report.putArray("replicas"));
            benchmark.ablation(report.putArray("ablation"));
            benchmark.optimizers(report.putArray("optimizers"));
            arguments.write(report);
        }
    }

    private void replicas(ArrayNode results) {
        int epochs = quick ? QUICK_EPOCHS : EPOCHS;
        print("%n%d epochs, default settings: test ELBO in nats%n", epochs);
        double one = Double.NaN;
        for (int replicas : quick ? List.of(1, 2) : List.of(1, 2, 4, 8, 16)) {
            ReplicaTraining.Result result = training.run(List.of(
                    "training.replicas=" + replicas,
                    "training.epochs=" + epochs,
                    "training.averaging-frequency=" + FREQUENCY));
            one = replicas == 1 ? result.testElbo() : one;
            print(
                    "replicas %2d  frequency %3d  ELBO %9.3f  to one replica %+7.3f%n",
                    replicas, result.outcome().averagingFrequency(), result.testElbo(), result.testElbo() - one);
            results.addObject()
                    .put("replicas", replicas)
                    .put("averaging_frequency", result.outcome().averagingFrequency())
                    .put("elbo", result.testElbo())
                    .put("difference", result.testElbo() - one);
        }
    }

    private void ablation(ArrayNode results) {
        int epochs = quick ? QUICK_EPOCHS : ABLATION_EPOCHS;
        print("%d replicas, %d epochs: test ELBO in nats%n", ABLATION_REPLICAS, epochs);
        List<String> outers = List.of(
                "average",
                "nesterov, training.outer.learning-rate=0.7, training.outer.momentum=0.9",
                "slowmo, training.outer.learning-rate=1, training.outer.momentum=0.5");
        for (String moments : List.of("average", "reset")) {
            for (String outer : outers) {
                for (int frequency : quick ? List.of(50) : List.of(10, 50, 250)) {
                    List<String> settings = new ArrayList<>(List.of(
                            "training.replicas=" + ABLATION_REPLICAS,
                            "training.epochs=" + epochs,
                            "training.outer.moments=" + moments,
                            "training.averaging-frequency=" + frequency));
                    settings.addAll(List.of(("training.outer.optimizer=" + outer).split(", ")));
                    double elbo = elbo(settings);
                    print("moments %-7s  frequency %3d  ELBO %9.3f  %s%n", moments, frequency, elbo, outer);
                    results.addObject()
                            .put("moments", moments)
                            .put("outer", outer)
                            .put("averaging_frequency", frequency)
                            .put("elbo", elbo);
                }
            }
        }
    }

    private void optimizers(ArrayNode results) {
        int epochs = quick ? QUICK_EPOCHS : ABLATION_EPOCHS;
        print("%n%d epochs, optimizers of the replicas: test ELBO in nats%n", epochs);
        for (String optimizer : List.of("adam", "muon")) {
            for (int replicas : quick ? List.of(1, 2) : List.of(1, 16)) {
                for (String outer : replicas == 1 ? List.of("auto") : List.of("auto", "average")) {
                    double elbo = elbo(List.of(
                            "training.replicas=" + replicas,
                            "training.epochs=" + epochs,
                            "training.optimizer=" + optimizer,
                            "training.outer.optimizer=" + outer));
                    print("optimizer %s  replicas %2d  outer %-7s  ELBO %9.3f%n", optimizer, replicas, outer, elbo);
                    results.addObject()
                            .put("optimizer", optimizer)
                            .put("replicas", replicas)
                            .put("outer", outer)
                            .put("elbo", elbo);
                }
            }
        }
    }

    /** NaN if the run diverged. */
    private double elbo(List<String> settings) {
        try {
            return training.run(settings).testElbo();
        } catch (elbow.base.ElbowException e) {
            return Double.NaN;
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }
}
