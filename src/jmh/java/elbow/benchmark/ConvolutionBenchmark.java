package elbow.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.math.Activation;
import elbow.math.Blas;
import elbow.vae.Convolutions;
import elbow.vae.VaeSpec;
import elbow.vae.layer.ImageSize;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A training step of convolutional networks against its own matrix products, those of the patches of all rows at once,
 * on one thread; beside them the dense network that is the default for images. Step and products take turns, round by
 * round; a ratio is the median of the rounds' ratios.
 */
public final class ConvolutionBenchmark {
    private static final int ROUNDS = 9;
    private static final int QUICK_ROUNDS = 3;
    private static final int WARM_UP_ROUNDS = 4;
    private static final int BATCH = 128;

    private ConvolutionBenchmark() {}

    /** Arguments: {@code [--quick] [--json FILE]}; the data are synthetic. */
    public static void main(String[] list) throws Exception {
        BenchmarkArguments arguments = BenchmarkArguments.of(list);
        arguments.announce("2 minutes", "1 minute");
        Blas.useOneThread();
        arguments.write(run(arguments.number(ROUNDS, QUICK_ROUNDS)));
    }

    private static List<Workload> workloads() {
        return List.of(
                convolutional("28x28x1 32-64", new ImageSize(28, 28, 1), List.of(32, 64)),
                convolutional("28x28x1 16-32", new ImageSize(28, 28, 1), List.of(16, 32)),
                convolutional("32x32x3 32-64", new ImageSize(32, 32, 3), List.of(32, 64)),
                new Workload(
                        "784-512-20",
                        VaeSpec.builder(784, 20).encoder(512).decoder(512).build(),
                        BATCH,
                        20));
    }

    private static Workload convolutional(String name, ImageSize image, List<Integer> channels) {
        VaeSpec spec = VaeSpec.builder(image.values(), 20)
                .encoder(256)
                .decoder(256)
                .activation(Activation.RELU)
                .convolutions(new Convolutions(image, channels, 4, List.of(2, 2)))
                .build();
        return new Workload(name, spec, BATCH, 5);
    }

    private static ObjectNode run(int rounds) {
        ObjectNode report = new ObjectMapper().createObjectNode();
        report.put("blas", Blas.description());
        print("BLAS: %s, one thread, %d rows a step%n", Blas.description(), BATCH);
        print("%-16s %9s %9s %9s %10s %12s%n", "network", "step ms", "gemm ms", "/gemm", "bytes/step", "scored/s");
        for (Workload workload : workloads()) {
            measure(workload, rounds, report);
        }
        return report;
    }

    private static void measure(Workload workload, int rounds, ObjectNode report) {
        try (KernelStep kernel = new KernelStep(workload);
                Step gemm = new GemmStep(workload)) {
            double[] steps = new double[rounds];
            double[] products = new double[rounds];
            double[] ratios = new double[rounds];
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                double step = milliseconds(kernel, workload.steps());
                double product = milliseconds(gemm, workload.steps());
                if (round >= 0) {
                    steps[round] = step;
                    products[round] = product;
                    ratios[round] = step / product;
                }
            }
            ObjectNode result = report.putObject(workload.name());
            result.put("step_milliseconds", median(steps))
                    .put("gemm_milliseconds", median(products))
                    .put("step_over_gemm", median(ratios))
                    .put("bytes_per_step", kernel.bytesPerStep())
                    .put("scoring_rows_per_second", kernel.scoringRowsPerSecond());
            print(
                    "%-16s %9.3f %9.3f %9.2f %10.0f %12.0f%n",
                    workload.name(),
                    result.get("step_milliseconds").doubleValue(),
                    result.get("gemm_milliseconds").doubleValue(),
                    result.get("step_over_gemm").doubleValue(),
                    result.get("bytes_per_step").doubleValue(),
                    result.get("scoring_rows_per_second").doubleValue());
        }
    }

    private static double milliseconds(Step step, int steps) {
        long start = System.nanoTime();
        for (int i = 0; i < steps; i++) {
            step.run();
        }
        return (System.nanoTime() - start) * 1e-6 / steps;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }
}
