package elbow.vae.likelihood;

import elbow.math.FloatMemory;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.layer.Start;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The likelihoods of all groups: from the decoder's outputs to log p(x|z), and its gradient back. The outputs stand
 * group by group, plane by plane.
 */
public final class LikelihoodHead {
    private final List<GroupHead> heads = new ArrayList<>();

    /**
     * The head of these groups, whose free parameters stand where the layout says.
     *
     * @param allColumns of a row, of which the groups' are the first
     */
    public LikelihoodHead(List<LikelihoodGroup> groups, int allColumns, ParameterLayout layout) {
        int allOutputs = outputs(groups);
        int column = 0;
        int output = 0;
        for (int group = 0; group < groups.size(); group++) {
            LikelihoodGroup current = groups.get(group);
            List<ParameterBlock> blocks = freeParameters(current, group, layout);
            heads.add(new GroupHead(current, blocks, column, output, allColumns, allOutputs));
            column += current.columns();
            output += current.outputs();
        }
    }

    /** Decoder outputs that the groups need. */
    public static int outputs(List<LikelihoodGroup> groups) {
        return groups.stream().mapToInt(LikelihoodGroup::outputs).sum();
    }

    /** Adds the groups' free parameters. */
    public static void declare(List<LikelihoodGroup> groups, ParameterLayout.Builder layout) {
        for (int group = 0; group < groups.size(); group++) {
            LikelihoodGroup columns = groups.get(group);
            List<Likelihood.Sharing> planes = columns.likelihood().freeParameters();
            for (int plane = 0; plane < planes.size(); plane++) {
                int count = planes.get(plane) == Likelihood.Sharing.GROUP ? 1 : columns.variables();
                layout.add(name(group, plane), 1, count, Start.ZERO);
            }
        }
    }

    /**
     * Writes where training starts: output biases and free parameters at which the decoder gives the columns' means.
     *
     * @param columnMeans mean of each encoded column, for {@link LogNormal} of its logarithm
     * @param outputBias the biases of the decoder's last layer
     */
    public static void start(
            List<LikelihoodGroup> groups,
            float[] columnMeans,
            ParameterBlock outputBias,
            ParameterLayout layout,
            FloatMemory parameters) {
        int column = 0;
        int output = outputBias.offset();
        for (int group = 0; group < groups.size(); group++) {
            LikelihoodGroup current = groups.get(group);
            float[] means = Arrays.copyOfRange(columnMeans, column, column + current.columns());
            start(current, means, freeParameters(current, group, layout), output, parameters);
            column += current.columns();
            output += current.outputs();
        }
    }

    private static void start(
            LikelihoodGroup group,
            float[] means,
            List<ParameterBlock> freeParameters,
            int firstOutput,
            FloatMemory parameters) {
        Likelihood likelihood = group.likelihood();
        float[][] outputs = new float[likelihood.outputPlanes()][group.planeWidth()];
        float[][] free = new float[freeParameters.size()][];
        for (int plane = 0; plane < free.length; plane++) {
            free[plane] = new float[freeParameters.get(plane).columns()];
        }
        likelihood.start(means, outputs, free);
        for (int plane = 0; plane < outputs.length; plane++) {
            parameters.put(firstOutput + plane * group.planeWidth(), outputs[plane], group.planeWidth());
        }
        for (int plane = 0; plane < free.length; plane++) {
            parameters.put(freeParameters.get(plane).offset(), free[plane], free[plane].length);
        }
    }

    /** To be called first after the parameters have changed, and before every gradient. */
    public void begin(FloatMemory parameters) {
        for (int i = 0; i < heads.size(); i++) {
            heads.get(i).begin(parameters);
        }
    }

    /**
     * Replaces optimal variances by those of a minibatch of rows x samples, sample-major as the outputs are, until
     * {@link #begin}.
     */
    public void fit(DecodedRows rows, int samples) {
        for (int i = 0; i < heads.size(); i++) {
            heads.get(i).fit(rows, samples);
        }
    }

    /**
     * Adds the squared errors of rows to those of each group that has an optimal variance.
     *
     * @param errors of those groups, in their order
     */
    public void addSquaredErrors(DecodedRows rows, List<SquaredErrors> errors) {
        int next = 0;
        for (GroupHead head : heads) {
            if (head.hasOptimalVariance()) {
                head.addSquaredErrors(rows, 0, errors.get(next++));
            }
        }
    }

    /** Writes the optimal variances for those squared errors, of each group that has one, among the parameters. */
    public static void storeOptimalVariances(
            List<LikelihoodGroup> groups, List<SquaredErrors> errors, ParameterLayout layout, FloatMemory parameters) {
        int next = 0;
        for (int group = 0; group < groups.size(); group++) {
            if (groups.get(group).likelihood().hasOptimalVariance()) {
                ParameterBlock block = layout.block(name(group, 0));
                float[] values = new float[block.columns()];
                parameters.get(block.offset(), values, values.length);
                errors.get(next++).writeParameters(values);
                parameters.put(block.offset(), values, values.length);
            }
        }
    }

    /** log p(x|z) of rows x samples, sample-major as the outputs are, to {@code logDensities}. */
    public void logDensities(DecodedRows rows, int samples, double[] logDensities) {
        Arrays.fill(logDensities, 0, rows.count * samples, 0);
        for (int i = 0; i < heads.size(); i++) {
            for (int sample = 0; sample < samples; sample++) {
                heads.get(i).addLogDensities(rows, sample * rows.count, logDensities, null, 0);
            }
        }
    }

    /**
     * log p(x|z) of rows to {@code logDensities}, and each variable's log p(x_j|z) added to {@code columnSums}, rows x
     * columns, at its first column's place from row {@code columnRow} on.
     */
    public void logDensitiesByColumn(DecodedRows rows, double[] logDensities, double[] columnSums, int columnRow) {
        Arrays.fill(logDensities, 0, rows.count, 0);
        for (int i = 0; i < heads.size(); i++) {
            heads.get(i).addLogDensities(rows, 0, logDensities, columnSums, columnRow);
        }
    }

    /**
     * Replaces the outputs by {@code rowWeights} times the gradient of log p(x|z), and writes the free parameters'
     * gradients.
     */
    public void weightedGradient(DecodedRows rows, int samples, float[] rowWeights, FloatMemory gradients) {
        for (int i = 0; i < heads.size(); i++) {
            for (int sample = 0; sample < samples; sample++) {
                heads.get(i).weightedGradient(rows, sample * rows.count, rowWeights);
            }
            heads.get(i).writeParameterGradients(gradients);
        }
    }

    /** Writes each column's expected value to {@code means}, rows x columns, from row {@code meanRow}. */
    public void means(int rows, FloatMemory outputs, float[] means, int meanRow) {
        for (int i = 0; i < heads.size(); i++) {
            heads.get(i).means(rows, outputs, means, meanRow);
        }
    }

    /**
     * Writes a draw of each variable to {@code drawn}, rows x columns, from row {@code drawnRow}; a row's draw is a
     * function of its outputs, its key and {@code sample} alone.
     *
     * @param rowKeys of the rows from {@code drawnRow} on
     * @param sample tells the draws of a row apart, at least 0
     */
    public void draw(
            int rows, FloatMemory outputs, long noiseKey, long[] rowKeys, int sample, float[] drawn, int drawnRow) {
        for (int i = 0; i < heads.size(); i++) {
            int counter = sample * heads.size() + i;
            heads.get(i).draw(rows, outputs, noiseKey, rowKeys, counter, drawn, drawnRow);
        }
    }

    private static List<ParameterBlock> freeParameters(LikelihoodGroup group, int number, ParameterLayout layout) {
        List<ParameterBlock> blocks = new ArrayList<>();
        for (int plane = 0; plane < group.likelihood().freeParameters().size(); plane++) {
            blocks.add(layout.block(name(number, plane)));
        }
        return blocks;
    }

    private static String name(int group, int plane) {
        return "likelihood." + group + "." + plane;
    }
}
