package elbow.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.math.Blas;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A training step of the kernel against its own matrix products, DL4J's layer and PyTorch, each on one thread. The
 * competitors take turns, round by round, so that a slow phase of the machine hits all of them; a ratio is the median
 * of the rounds' ratios.
 */
public final class KernelBenchmark {
    private static final int ROUNDS = 9;

    private final ObjectMapper mapper = new ObjectMapper();

    private KernelBenchmark() {}

    /** Arguments: {@code [--data DIR] [--json FILE]}; the data are synthetic, DIR is not read. */
    public static void main(String[] arguments) throws Exception {
        List<String> list = Arrays.asList(arguments);
        int json = list.indexOf("--json");
        unpackVectorMath();
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
        Blas.useOneThread();
        ObjectNode report = new KernelBenchmark().run();
        if (json >= 0 && json + 1 < list.size()) {
            write(report, Path.of(list.get(json + 1)));
        }
        // The peers' native thread pools are no daemons.
        System.exit(0);
    }

    // With MKL loaded, PyTorch's own vector functions resolve to it and look for these files beside it, which
    // nobody unpacks.
    private static void unpackVectorMath() throws IOException {
        for (String processor : List.of("def", "avx2", "avx512")) {
            Loader.cacheResource(
                    KernelBenchmark.class, "/org/bytedeco/mkl/linux-x86_64/libmkl_vml_" + processor + ".so.2");
        }
    }

    private static void write(ObjectNode report, Path path) throws IOException {
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(path.toFile(), report);
    }

    private ObjectNode run() throws Exception {
        ObjectNode report = mapper.createObjectNode();
        report.put("blas", Blas.description());
        print("BLAS: %s, one thread%n", Blas.description());
        print(
                "%-18s %9s %9s %9s %9s %9s %9s %9s %10s %12s%n",
                "network",
                "step ms",
                "gemm ms",
                "dl4j ms",
                "torch ms",
                "/gemm",
                "vs dl4j",
                "vs torch",
                "bytes/step",
                "scored/s");
        ObjectNode networks = mapper.createObjectNode();
        for (Workload workload : Workload.all()) {
            ObjectNode result = measure(workload);
            if (networks.isEmpty()) {
                result.put("two_thread_efficiency", twoThreadEfficiency(workload));
                report.setAll(result.deepCopy());
                print(
                        "two replicas in two threads: %.3f of the bare products' gain%n",
                        result.get("two_thread_efficiency").doubleValue());
            }
            networks.set(workload.name(), result);
        }
        report.set("networks", networks);
        return report;
    }

    private ObjectNode measure(Workload workload) {
        try (KernelStep kernel = new KernelStep(workload);
                Step gemm = new GemmStep(workload);
                Step dl4j = new Dl4jStep(workload);
                Step pytorch = new PytorchStep(workload)) {
            double[][] seconds = rounds(workload.steps(), kernel, gemm, dl4j, pytorch);
            ObjectNode result = mapper.createObjectNode();
            result.put("step_milliseconds", 1e3 * median(seconds[0]));
            result.put("gemm_milliseconds", 1e3 * median(seconds[1]));
            result.put("dl4j_milliseconds", 1e3 * median(seconds[2]));
            result.put("pytorch_milliseconds", 1e3 * median(seconds[3]));
            result.put("step_over_gemm", medianRatio(seconds[0], seconds[1]));
            result.put("speedup_vs_dl4j", medianRatio(seconds[2], seconds[0]));
            result.put("speedup_vs_pytorch", medianRatio(seconds[3], seconds[0]));
            result.put("bytes_per_step", kernel.bytesPerStep());
            result.put("scoring_rows_per_second", kernel.scoringRowsPerSecond());
            print(
                    "%-18s %9.3f %9.3f %9.3f %9.3f %9.2f %9.2f %9.2f %10.1f %12.0f%n",
                    workload.name(),
                    result.get("step_milliseconds").doubleValue(),
                    result.get("gemm_milliseconds").doubleValue(),
                    result.get("dl4j_milliseconds").doubleValue(),
                    result.get("pytorch_milliseconds").doubleValue(),
                    result.get("step_over_gemm").doubleValue(),
                    result.get("speedup_vs_dl4j").doubleValue(),
                    result.get("speedup_vs_pytorch").doubleValue(),
                    result.get("bytes_per_step").doubleValue(),
                    result.get("scoring_rows_per_second").doubleValue());
            return result;
        }
    }

    /** Seconds per step by competitor and round, after four rounds of warm-up. */
    private static double[][] rounds(int steps, Step... competitors) {
        double[][] seconds = new double[competitors.length][ROUNDS];
        for (int round = -4; round < ROUNDS; round++) {
            for (int i = 0; i < competitors.length; i++) {
                double time = time(competitors[i], steps);
                if (round >= 0) {
                    seconds[i][round] = time;
                }
            }
        }
        return seconds;
    }

    private static double time(Step step, int steps) {
        long start = System.nanoTime();
        for (int i = 0; i < steps; i++) {
            step.run();
        }
        return (System.nanoTime() - start) * 1e-9 / steps;
    }

    /** (two replicas' throughput over one's) over the same ratio for the bare matrix products. */
    private static double twoThreadEfficiency(Workload workload) throws Exception {
        return gain(workload, KernelStep::new) / gain(workload, GemmStep::new);
    }

    static double gain(Workload workload, Function<Workload, Step> factory) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Step one = factory.apply(workload);
                Step two = factory.apply(workload)) {
            double[] ratios = new double[ROUNDS];
            for (int round = -2; round < ROUNDS; round++) {
                double alone = threads.submit(() -> time(one, workload.steps())).get();
                List<Callable<Double>> both =
                        List.of(() -> time(one, workload.steps()), () -> time(two, workload.steps()));
                double throughput = 0;
                for (Future<Double> each : threads.invokeAll(both)) {
                    throughput += 1 / each.get();
                }
                if (round >= 0) {
                    ratios[round] = throughput * alone;
                }
            }
            return median(ratios);
        } finally {
            threads.shutdown();
        }
    }

    private static double medianRatio(double[] numerator, double[] denominator) {
        double[] ratios = new double[numerator.length];
        Arrays.setAll(ratios, i -> numerator[i] / denominator[i]);
        return median(ratios);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
