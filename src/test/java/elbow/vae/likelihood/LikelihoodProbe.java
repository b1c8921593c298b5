package elbow.vae.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** One variable of a likelihood at given outputs and free parameters, asked directly. */
public final class LikelihoodProbe {
    private final Likelihood likelihood;
    private final float[] outputs;
    private final float[] parameters;

    /**
     * @param outputs of the variable, plane after plane
     * @param parameters one for each plane
     */
    public LikelihoodProbe(Likelihood likelihood, float[] outputs, float... parameters) {
        this.likelihood = likelihood;
        this.outputs = outputs;
        this.parameters = parameters;
    }

    public static float[] outputs(float... values) {
        return values;
    }

    /** log p of values, each of them the columns of the variable. */
    public double[] logDensities(float[]... values) {
        LikelihoodTile tile = tile(values.length);
        put(tile, values);
        likelihood.logDensity(tile);
        return Arrays.copyOf(tile.logDensities, values.length);
    }

    double logDensity(float... value) {
        return logDensities(new float[][] {value})[0];
    }

    /** The gradient with respect to the outputs, then the free parameters. */
    double[] gradient(float... value) {
        LikelihoodTile tile = tile(1);
        put(tile, new float[][] {value});
        likelihood.gradient(tile);
        double[] gradient = new double[outputs.length + parameters.length];
        int each = likelihood.outputsPerVariable();
        for (int i = 0; i < outputs.length; i++) {
            gradient[i] = tile.outputGradients[i / each][i % each];
        }
        for (int i = 0; i < parameters.length; i++) {
            gradient[outputs.length + i] = tile.parameterGradients[i][0];
        }
        return gradient;
    }

    float[] mean() {
        LikelihoodTile tile = tile(1);
        likelihood.mean(tile);
        return Arrays.copyOf(tile.expected, tile.columns);
    }

    /** Draws, one after the other. */
    public float[] samples(int count) {
        LikelihoodTile tile = tile(count);
        Random random = new Random(6);
        likelihood.sample(tile, random.ints(count).toArray());
        return tile.expected.clone();
    }

    /** The masses of whole numbers below {@code count} sum to 1 and have the likelihood's mean. */
    void assertCountsSumToOne(int count) {
        float[][] values = new float[count][1];
        for (int i = 0; i < count; i++) {
            values[i][0] = i;
        }
        double[] logMasses = logDensities(values);
        double sum = 0;
        double mean = 0;
        for (int i = 0; i < count; i++) {
            sum += Math.exp(logMasses[i]);
            mean += i * Math.exp(logMasses[i]);
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
        assertThat((double) mean()[0]).isCloseTo(mean, within(1e-4 * Math.max(1, mean)));
    }

    /** The masses of all categories sum to 1 and are the likelihood's mean. */
    void assertCategoriesSumToOne() {
        int categories = likelihood.columnsPerVariable();
        float[][] values = new float[categories][categories];
        for (int i = 0; i < categories; i++) {
            values[i][i] = 1;
        }
        double[] logMasses = logDensities(values);
        double sum = 0;
        for (int i = 0; i < categories; i++) {
            sum += Math.exp(logMasses[i]);
            assertThat((double) mean()[i]).isCloseTo(Math.exp(logMasses[i]), within(1e-6));
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
    }

    /** The density integrates to 1 between two values, and its mean there is the likelihood's. */
    void assertIntegratesToOne(double from, double to) {
        int intervals = 100_000;
        float[][] values = new float[intervals + 1][1];
        for (int i = 0; i <= intervals; i++) {
            values[i][0] = (float) (from + (to - from) * i / intervals);
        }
        double[] logDensities = logDensities(values);
        double sum = 0;
        double mean = 0;
        // Trapezoids between the floats that the values have been rounded to.
        for (int i = 0; i < intervals; i++) {
            double width = (double) values[i + 1][0] - values[i][0];
            double left = Math.exp(logDensities[i]);
            double right = Math.exp(logDensities[i + 1]);
            sum += 0.5 * width * (left + right);
            mean += 0.5 * width * (left * values[i][0] + right * values[i + 1][0]);
        }
        assertThat(sum).isCloseTo(1, within(1e-4));
        assertThat((double) mean()[0]).isCloseTo(mean, within(2e-3 * Math.max(1, Math.abs(mean))));
    }

    /** The share of draws that fulfil a condition is its probability; 5 standard errors are rejected at 6e-7. */
    void assertShare(ToDoubleFunction<Float> condition, double probability) {
        int count = 20_000;
        double share = 0;
        for (float sample : samples(count)) {
            share += condition.applyAsDouble(sample) / count;
        }
        double error = Math.sqrt(probability * (1 - probability) / count);
        assertThat(share).isCloseTo(probability, within(5 * error));
    }

    /** Log-density, gradient, mean and a draw are numbers. */
    void assertFinite(float... value) {
        assertThat(logDensity(value)).isFinite();
        assertThat(gradient(value)).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        for (float mean : mean()) {
            assertThat(mean).isFinite();
        }
        for (float sample : samples(10)) {
            assertThat(sample).isFinite();
        }
    }

    private LikelihoodTile tile(int rows) {
        LikelihoodTile tile =
                new LikelihoodTile(new LikelihoodGroup(likelihood, likelihood.columnsPerVariable()), rows);
        int each = likelihood.outputsPerVariable();
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < outputs.length; i++) {
                tile.outputs[i / each][row * each + i % each] = outputs[i];
            }
            for (int i = 0; i < parameters.length; i++) {
                tile.parameters[i][row] = parameters[i];
            }
        }
        likelihood.prepare(tile);
        return tile;
    }

    private static void put(LikelihoodTile tile, float[][] values) {
        for (int row = 0; row < values.length; row++) {
            System.arraycopy(values[row], 0, tile.values, row * tile.columns, tile.columns);
        }
    }

    /** Outputs, then free parameters, at which a single variable starts. */
    static float[][] start(Likelihood likelihood, float... means) {
        int planes = likelihood.outputPlanes() * likelihood.outputsPerVariable();
        float[][] outputs = new float[likelihood.outputPlanes()][likelihood.outputsPerVariable()];
        float[][] parameters = new float[likelihood.freeParameters().size()][1];
        likelihood.start(means, outputs, parameters);
        float[] flat = new float[planes];
        for (int plane = 0; plane < outputs.length; plane++) {
            System.arraycopy(outputs[plane], 0, flat, plane * outputs[plane].length, outputs[plane].length);
        }
        float[] free = new float[parameters.length];
        for (int plane = 0; plane < free.length; plane++) {
            free[plane] = parameters[plane][0];
        }
        return new float[][] {flat, free};
    }

    /** The expected value of a variable that has just been started at means. */
    static float[] startedMean(Likelihood likelihood, float... means) {
        float[][] start = start(likelihood, means);
        return new LikelihoodProbe(likelihood, start[0], start[1]).mean();
    }
}
