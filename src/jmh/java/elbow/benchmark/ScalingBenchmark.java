package elbow.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a round costs besides its minibatch steps, measured in this process for models of several sizes and for several
 * numbers of replicas; a model fitted to it, and what the model says of clusters that nobody has here.
 */
public final class ScalingBenchmark {
    /** Hidden units that give 0.1, 0.8, 5 and 50 million parameters. */
    private static final List<Integer> HIDDEN_UNITS = List.of(430, 3_450, 21_500, 215_000);

    private static final List<Integer> REPLICAS = List.of(1, 2, 4, 8, 16, 32, 64);

    /** Parameters x replicas that fit beside each other in 12 GB, sums and copies included. */
    private static final long LARGEST = 120_000_000;

    /** The largest network of the averaging benchmark, and what a step of 128 rows takes there on one core. */
    private static final long STEP_PARAMETERS = 835_384;

    private static final double STEP_SECONDS = 0.0036;

    private ScalingBenchmark() {}

    /** Arguments: {@code [--quick] [--json FILE]}; quick: the two smaller models, up to 8 replicas. */
    public static void main(String[] list) throws IOException {
        BenchmarkArguments arguments = BenchmarkArguments.of(list);
        arguments.announce("5 minutes", "half a minute");
        ObjectNode report = new ObjectMapper().createObjectNode();
        List<RoundCost.Measured> measured = measured(arguments.quick(), report.putArray("measured"));
        RoundCostModel model = RoundCostModel.fit(measured);
        print("%nfitted: %s%n", model);
        report.put("model", model.toString());
        predict(model, report.putArray("predicted"));
        arguments.write(report);
        System.exit(0);
    }

    private static List<RoundCost.Measured> measured(boolean quick, ArrayNode report) {
        List<RoundCost.Measured> measured = new ArrayList<>();
        print("%12s %9s %12s%n", "parameters", "replicas", "overhead ms");
        try (LocalCluster cluster = new LocalCluster(2)) {
            for (int hidden : quick ? HIDDEN_UNITS.subList(0, 2) : HIDDEN_UNITS) {
                for (int replicas : quick ? REPLICAS.subList(0, 4) : REPLICAS) {
                    if (232L * hidden * replicas > LARGEST) {
                        continue;
                    }
                    RoundCost.Measured cost = RoundCost.measure(cluster, hidden, replicas, hidden > 10_000 ? 3 : 15);
                    print("%,12d %9d %12.1f%n", cost.parameters(), cost.replicas(), 1e3 * cost.overheadSeconds());
                    report.addObject()
                            .put("parameters", cost.parameters())
                            .put("replicas", cost.replicas())
                            .put("overhead_seconds", cost.overheadSeconds());
                    measured.add(cost);
                }
            }
        }
        return measured;
    }

    private static void predict(RoundCostModel model, ArrayNode report) {
        print("%n%12s %9s %12s %14s%n", "parameters", "executors", "overhead ms", "steps for 5 %");
        for (long parameters : List.of(STEP_PARAMETERS, 5_000_000L, 50_000_000L)) {
            for (int executors : List.of(8, 64, 512)) {
                double seconds = model.clusterSeconds((double) parameters, executors);
                // A step takes longer in proportion to the parameters.
                double step = STEP_SECONDS * parameters / STEP_PARAMETERS;
                long steps = (long) Math.ceil(seconds / (0.05 * step));
                print("%,12d %9d %12.0f %14d%n", parameters, executors, 1e3 * seconds, steps);
                report.addObject()
                        .put("parameters", parameters)
                        .put("executors", executors)
                        .put("overhead_seconds", seconds)
                        .put("steps_for_five_percent", steps);
            }
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }
}
