package elbow.vae.likelihood;

import elbow.base.Check;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sums of the squared errors of a group's observed variables, and how many there are: for each free parameter that is
 * an optimal variance, which is one for the group or one for each variable. Mutable.
 */
public final class SquaredErrors {
    private final Likelihood likelihood;
    private final int variables;
    private final int columnsPerVariable;
    private final int step;
    private final double[] sums;
    private final double[] counts;

    /** Of none so far. */
    public SquaredErrors(LikelihoodGroup group) {
        likelihood = group.likelihood();
        Check.argument(likelihood.hasOptimalVariance(), "likelihood", "have an optimal variance", likelihood.name());
        variables = group.variables();
        columnsPerVariable = likelihood.columnsPerVariable();
        boolean shared = likelihood.freeParameters().get(0) == Likelihood.Sharing.GROUP;
        step = shared ? 0 : 1;
        sums = new double[shared ? 1 : variables];
        counts = new double[sums.length];
    }

    /** How many variances. */
    public int variances() {
        return sums.length;
    }

    /** Back to none. */
    public void clear() {
        Arrays.fill(sums, 0);
        Arrays.fill(counts, 0);
    }

    /** The sums, then the counts: to be added to those of other rows. */
    public double[] toArray() {
        double[] both = Arrays.copyOf(sums, 2 * sums.length);
        System.arraycopy(counts, 0, both, sums.length, counts.length);
        return both;
    }

    /**
     * Adds what {@link #toArray} has given.
     *
     * @param from where it begins in the array
     */
    public void add(double[] both, int from) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += both[from + i];
            counts[i] += both[from + sums.length + i];
        }
    }

    /**
     * Adds one row.
     *
     * @param squares of its variables, from {@code at} on
     * @param present 1 for what is observed, at the first column of each variable from {@code column} on; null if all
     *     is
     */
    void add(double[] squares, int at, float @Nullable [] present, int column) {
        for (int i = 0; i < variables; i++) {
            double weight = present == null ? 1 : present[column + i * columnsPerVariable];
            sums[i * step] += weight * squares[at + i];
            counts[i * step] += weight;
        }
    }

    /** Overwrites the free parameters of all variances of which something was observed. */
    void writeParameters(float[] parameters) {
        for (int i = 0; i < sums.length; i++) {
            if (counts[i] > 0) {
                parameters[i] = likelihood.optimalParameter(sums[i] / counts[i]);
            }
        }
    }
}
