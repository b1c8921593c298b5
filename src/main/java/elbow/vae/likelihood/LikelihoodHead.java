package elbow.vae.likelihood;

import elbow.math.FloatMemory;
import elbow.vae.VaeSpec;
import elbow.vae.layer.ParameterLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The likelihoods of all groups: from the decoder's outputs to log p(x|z), and its gradient back. A mask has 1 for
 * every entry that is observed and 0 for every other, rows x columns; null if all are.
 */
public final class LikelihoodHead {
    private final List<GroupHead> groups = new ArrayList<>();

    public LikelihoodHead(VaeSpec spec, ParameterLayout layout) {
        int column = 0;
        int output = 0;
        for (int group = 0; group < spec.likelihoods().size(); group++) {
            LikelihoodGroup current = spec.likelihoods().get(group);
            groups.add(new GroupHead(spec, layout, group, column, output));
            column += current.columns();
            output += current.outputs();
        }
    }

    /** To be called first after the parameters have changed, and before every gradient. */
    public void begin(FloatMemory parameters) {
        for (int i = 0; i < groups.size(); i++) {
            groups.get(i).begin(parameters);
        }
    }

    /** log p(x|z) of rows x samples, sample-major as the outputs are, to {@code logDensities}. */
    public void logDensities(
            int rows,
            int samples,
            FloatMemory values,
            float @Nullable [] present,
            FloatMemory outputs,
            double[] logDensities) {
        Arrays.fill(logDensities, 0, rows * samples, 0);
        for (int i = 0; i < groups.size(); i++) {
            for (int sample = 0; sample < samples; sample++) {
                groups.get(i).addLogDensities(rows, values, present, outputs, sample * rows, logDensities);
            }
        }
    }

    /** Adds each column's log p(x_j|z) to {@code sums}, rows x columns, from row {@code sumRow}. */
    public void addColumnLogDensities(
            int rows, FloatMemory values, float @Nullable [] present, FloatMemory outputs, double[] sums, int sumRow) {
        for (int i = 0; i < groups.size(); i++) {
            groups.get(i).addColumnLogDensities(rows, values, present, outputs, sums, sumRow);
        }
    }

    /**
     * Replaces the outputs by {@code rowWeights} times the gradient of log p(x|z), and writes the free parameters'
     * gradients.
     */
    public void weightedGradient(
            int rows,
            int samples,
            FloatMemory values,
            float @Nullable [] present,
            FloatMemory outputs,
            float[] rowWeights,
            FloatMemory gradients) {
        for (int i = 0; i < groups.size(); i++) {
            for (int sample = 0; sample < samples; sample++) {
                groups.get(i).weightedGradient(rows, values, present, outputs, sample * rows, rowWeights);
            }
            groups.get(i).writeParameterGradients(gradients);
        }
    }

    /** Writes each column's expected value to {@code means}, rows x columns, from row {@code meanRow}. */
    public void means(int rows, FloatMemory outputs, float[] means, int meanRow) {
        for (int i = 0; i < groups.size(); i++) {
            groups.get(i).means(rows, outputs, means, meanRow);
        }
    }
}
