package elbow.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.math.Blas;
import elbow.vae.VaeSpec;
import elbow.vae.latent.DiagonalGaussian;
import elbow.vae.latent.InverseAutoregressiveFlows;
import elbow.vae.latent.PlanarFlows;
import elbow.vae.latent.Posterior;
import elbow.vae.prior.FlowPrior;
import elbow.vae.prior.GaussianMixture;
import elbow.vae.prior.Prior;
import elbow.vae.prior.StandardNormal;
import elbow.vae.prior.VampPrior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What priors and posteriors cost: a training step of 784-512-20 with each of them against one with neither, on one
 * thread. All take turns, round by round; a ratio is the median of the rounds' ratios.
 */
public final class LatentBenchmark {
    private static final int ROUNDS = 15;
    private static final int QUICK_ROUNDS = 3;
    private static final int STEPS = 20;
    private static final int WARM_UP_STEPS = 200;

    private record Kind(String name, Prior prior, Posterior posterior) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("standard normal, Gaussian", new StandardNormal(), new DiagonalGaussian()),
            new Kind("mixture of 10", new GaussianMixture(10), new DiagonalGaussian()),
            new Kind("flow of 6 couplings, 64 units", new FlowPrior(6, 64), new DiagonalGaussian()),
            new Kind("VampPrior of 100", new VampPrior(100), new DiagonalGaussian()),
            new Kind("VampPrior of 500", new VampPrior(500), new DiagonalGaussian()),
            new Kind("10 planar flows", new StandardNormal(), new PlanarFlows(10)),
            new Kind("4 autoregressive flows, 64 units", new StandardNormal(), new InverseAutoregressiveFlows(4, 64)));

    private LatentBenchmark() {}

    /** Arguments: {@code [--quick] [--json FILE]}; the data are synthetic. */
    public static void main(String[] list) throws Exception {
        BenchmarkArguments arguments = BenchmarkArguments.of(list);
        arguments.announce("1 minute", "20 seconds");
        Blas.useOneThread();
        arguments.write(run(arguments.number(ROUNDS, QUICK_ROUNDS)));
    }

    private static ObjectNode run(int rounds) {
        print("BLAS: %s, one thread; in milliseconds a step%n", Blas.description());
        List<KernelStep> steps = new ArrayList<>();
        for (Kind kind : KINDS) {
            VaeSpec spec = VaeSpec.builder(784, 20)
                    .encoder(512)
                    .decoder(512)
                    .prior(kind.prior)
                    .posterior(kind.posterior)
                    .build();
            KernelStep step = new KernelStep(new Workload("784-512-20", spec, 128, STEPS));
            for (int i = 0; i < WARM_UP_STEPS; i++) {
                step.run();
            }
            steps.add(step);
        }
        double[][] times = new double[steps.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            print("  round %2d of %d: ", round + 1, rounds);
            for (int i = 0; i < steps.size(); i++) {
                times[i][round] = milliseconds(steps.get(i));
                print(" %8.3f", times[i][round]);
            }
            print("%n");
        }
        ObjectNode report = new ObjectMapper().createObjectNode();
        report.put("blas", Blas.description());
        print("%-34s %9s %9s %10s%n", "784-512-20 with", "step ms", "ratio", "bytes/step");
        for (int i = 0; i < steps.size(); i++) {
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ratios[round] = times[i][round] / times[0][round];
            }
            double bytes = steps.get(i).bytesPerStep();
            ObjectNode result = report.putObject(KINDS.get(i).name());
            result.put("step_ms", median(times[i])).put("ratio", median(ratios)).put("bytes_per_step", bytes);
            print("%-34s %9.3f %9.3f %10.0f%n", KINDS.get(i).name(), median(times[i]), median(ratios), bytes);
        }
        steps.forEach(KernelStep::close);
        return report;
    }

    private static double milliseconds(KernelStep step) {
        long start = System.nanoTime();
        for (int i = 0; i < STEPS; i++) {
            step.run();
        }
        return (System.nanoTime() - start) * 1e-6 / STEPS;
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
