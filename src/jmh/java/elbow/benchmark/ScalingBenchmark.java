package elbow.benchmark;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Probe. */
public final class ScalingBenchmark {
    private ScalingBenchmark() {}

    /** Arguments: {@code [--json FILE]}. */
    public static void main(String[] list) throws IOException {
        try (LocalCluster cluster = new LocalCluster(2)) {
            for (int hidden : List.of(500, 4000)) {
                for (int replicas : List.of(1, 2, 8)) {
                    RoundCost.Measured cost = RoundCost.measure(cluster, hidden, replicas, 12);
                    System.out.printf(Locale.ROOT, "%s%n", cost);
                }
            }
        }
    }
}
