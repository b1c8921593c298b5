package elbow.benchmark;

import elbow.vae.VaeSpec;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.objective.Bound;
import elbow.vae.objective.KlSchedule;
import elbow.vae.objective.Objective;
import java.util.List;
import java.util.Random;

/** A network and a minibatch to compare on; the first one gives the benchmark's plain keys. */
record Workload(String name, VaeSpec spec, int batch, int steps) {
    static List<Workload> all() {
        return List.of(
                new Workload(
                        "784-512-20",
                        VaeSpec.builder(784, 20).encoder(512).decoder(512).build(),
                        128,
                        20),
                new Workload(
                        "30-64-8",
                        VaeSpec.builder(30, 8)
                                .encoder(64)
                                .decoder(64)
                                .likelihood(Gaussian.learned(Gaussian.Variance.HETEROSCEDASTIC, 1e-4))
                                .build(),
                        256,
                        300),
                new Workload(
                        "784-200-200-50x5",
                        VaeSpec.builder(784, 50)
                                .encoder(200, 200)
                                .decoder(200, 200)
                                .objective(new Objective(Bound.IMPORTANCE_WEIGHTED, 5, 1, 0, new KlSchedule.Constant()))
                                .build(),
                        128,
                        12));
    }

    static Workload named(String name) {
        return all().stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    boolean bernoulli() {
        return spec.likelihoods().get(0).likelihood().outputPlanes() == 1;
    }

    /** Outputs of the decoder. */
    int outputs() {
        return spec.likelihoods().stream().mapToInt(LikelihoodGroup::outputs).sum();
    }

    int samples() {
        return spec.objective().samples();
    }

    /** Rows of zeros and ones, or standard normal values. */
    float[] rows() {
        Random random = new Random(1);
        float[] rows = new float[batch * spec.inputSize()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = bernoulli() ? random.nextInt(2) : (float) random.nextGaussian();
        }
        return rows;
    }
}
