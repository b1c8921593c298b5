package elbow.vae;

import elbow.base.Check;
import elbow.math.FloatMemory;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LikelihoodHead;
import elbow.vae.likelihood.SquaredErrors;
import java.util.Arrays;
import java.util.List;

/**
 * Measures the optimal variances of a trained model, {@link elbow.vae.likelihood.Gaussian.Variance#isOptimal}: the mean
 * squared error of training rows at one draw of the latents each, which is what the reconstruction term is an
 * expectation over. Training itself has those of each minibatch; what scores rows takes the stored ones, which stay as
 * they were until they are measured.
 *
 * <p>Sums over rows can be added up across workers: see {@link #toArray}. Mutable, not thread-safe.
 */
public final class OptimalVariances {
    private final VaeSpec spec;
    private final List<SquaredErrors> errors;

    /** Of no rows so far. */
    public OptimalVariances(VaeSpec spec) {
        this.spec = spec;
        errors = spec.likelihoods().stream()
                .filter(OptimalVariances::isOptimal)
                .map(SquaredErrors::new)
                .toList();
    }

    /** Whether a model has any. */
    public static boolean areIn(VaeSpec spec) {
        return spec.likelihoods().stream().anyMatch(OptimalVariances::isOptimal);
    }

    private static boolean isOptimal(LikelihoodGroup group) {
        return group.likelihood().hasOptimalVariance();
    }

    List<SquaredErrors> errors() {
        return errors;
    }

    /** All sums. */
    public double[] toArray() {
        return errors.stream()
                .map(SquaredErrors::toArray)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    /**
     * Adds the sums over other rows.
     *
     * @throws IllegalArgumentException if they are of another model
     */
    public void add(double[] sums) {
        int length = errors.stream().mapToInt(group -> 2 * group.variances()).sum();
        Check.argument(sums.length == length, "sums' length", "be " + length, sums.length);
        int from = 0;
        for (SquaredErrors group : errors) {
            group.add(sums, from);
            from += 2 * group.variances();
        }
    }

    /** Writes the variances among the parameters; those of which no row had a value stay. */
    public void store(FloatMemory parameters) {
        LikelihoodHead.storeOptimalVariances(spec.likelihoods(), errors, spec.layout(), parameters);
    }
}
