package elbow.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.math.Blas;
import elbow.math.Precision;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    private static final int QUICK_ROUNDS = 3;

    private final ObjectMapper mapper = new ObjectMapper();

    private final int rounds;

    private KernelBenchmark(int rounds) {
        this.rounds = rounds;
    }

    /** Arguments: {@code [--quick] [--json FILE]}; the data are synthetic. */
    public static void main(String[] list) throws Exception {
        BenchmarkArguments arguments = BenchmarkArguments.of(list);
        arguments.announce("1 minute", "half a minute");
        unpackVectorMath();
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
        Blas.useOneThread();
        arguments.write(new KernelBenchmark(arguments.number(ROUNDS, QUICK_ROUNDS)).run());
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

    private ObjectNode run() throws Exception {
        ObjectNode report = mapper.createObjectNode();
        report.put("blas", Blas.description());
        print("BLAS: %s, one thread%n", Blas.description());
        Optional<String> obstacle = Precision.BFLOAT16.obstacle();
        print(
                "%s%n",
                obstacle.map(reason -> "no steps in bfloat16: " + reason).orElseGet(Precision.BFLOAT16::description));
        report.put("bfloat16", obstacle.isEmpty() ? Precision.BFLOAT16.description() : "");
        print(
                "%-18s %9s %9s %9s %9s %9s %9s %9s %9s %9s %10s %12s%n",
                "network",
                "step ms",
                "gemm ms",
                "dl4j ms",
                "torch ms",
                "bf16 ms",
                "/gemm",
                "vs dl4j",
                "vs torch",
                "bf16 gain",
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
        // Where there is no bfloat16, as float32 once more: a ratio of 1, which is left out of the report.
        boolean reduces = Precision.BFLOAT16.obstacle().isEmpty();
        Precision precision = reduces ? Precision.BFLOAT16 : Precision.FLOAT32;
        try (KernelStep kernel = new KernelStep(workload);
                Step gemm = new GemmStep(workload);
                Step dl4j = new Dl4jStep(workload);
                Step pytorch = new PytorchStep(workload);
                Step reduced = new KernelStep(workload, precision)) {
            double[][] seconds = rounds(workload.steps(), kernel, gemm, dl4j, pytorch, reduced);
            ObjectNode result = mapper.createObjectNode();
            result.put("step_milliseconds", 1e3 * median(seconds[0]));
            result.put("gemm_milliseconds", 1e3 * median(seconds[1]));
            result.put("dl4j_milliseconds", 1e3 * median(seconds[2]));
            result.put("pytorch_milliseconds", 1e3 * median(seconds[3]));
            result.put("step_over_gemm", medianRatio(seconds[0], seconds[1]));
            result.put("speedup_vs_dl4j", medianRatio(seconds[2], seconds[0]));
            result.put("speedup_vs_pytorch", medianRatio(seconds[3], seconds[0]));
            if (reduces) {
                result.put("bfloat16_milliseconds", 1e3 * median(seconds[4]));
                result.put("bfloat16_speedup", medianRatio(seconds[0], seconds[4]));
            }
            result.put("bytes_per_step", kernel.bytesPerStep());
            result.put("scoring_rows_per_second", kernel.scoringRowsPerSecond());
            print(
                    "%-18s %9.3f %9.3f %9.3f %9.3f %9s %9.2f %9.2f %9.2f %9s %10.1f %12.0f%n",
                    workload.name(),
                    result.get("step_milliseconds").doubleValue(),
                    result.get("gemm_milliseconds").doubleValue(),
                    result.get("dl4j_milliseconds").doubleValue(),
                    result.get("pytorch_milliseconds").doubleValue(),
                    reduces ? String.format(Locale.ROOT, "%.3f", 1e3 * median(seconds[4])) : "-",
                    result.get("step_over_gemm").doubleValue(),
                    result.get("speedup_vs_dl4j").doubleValue(),
                    result.get("speedup_vs_pytorch").doubleValue(),
                    reduces ? String.format(Locale.ROOT, "%.2f", medianRatio(seconds[0], seconds[4])) : "-",
                    result.get("bytes_per_step").doubleValue(),
                    result.get("scoring_rows_per_second").doubleValue());
            return result;
        }
    }

    /** Seconds per step by competitor and round, after four rounds of warm-up. */
    private double[][] rounds(int steps, Step... competitors) {
        double[][] seconds = new double[competitors.length][rounds];
        for (int round = -4; round < rounds; round++) {
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
    private double twoThreadEfficiency(Workload workload) throws Exception {
        return gain(workload, KernelStep::new, rounds) / gain(workload, GemmStep::new, rounds);
    }

    static double gain(Workload workload, Function<Workload, Step> factory, int rounds) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Step one = factory.apply(workload);
                Step two = factory.apply(workload)) {
            double[] ratios = new double[rounds];
            for (int round = -2; round < rounds; round++) {
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
        System.out.flush();
    }
}
