package elbow.vae.likelihood;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import java.util.List;

/**
 * A positive value whose logarithm is Gaussian: log p(x) = log N(log x; m, v) - log x. The encoder sees log x.
 *
 * @param logarithm the distribution of log x, with all choices of its variance
 */
public record LogNormal(Gaussian logarithm) implements Likelihood {
    static final String NAME = "logNormal";

    /** Expected values of larger logarithms than this are not floats. */
    public static final double LARGEST_LOG = 88;

    static LogNormal fromJson(JsonReader reader) {
        return new LogNormal(Gaussian.fromJson(reader));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int outputPlanes() {
        return logarithm.outputPlanes();
    }

    @Override
    public List<Sharing> freeParameters() {
        return logarithm.freeParameters();
    }

    @Override
    public boolean hasOptimalVariance() {
        return logarithm.hasOptimalVariance();
    }

    @Override
    public void squaredErrors(LikelihoodTile tile) {
        takeLogarithms(tile);
        logarithm.squaredErrors(tile);
    }

    @Override
    public float optimalParameter(double meanSquaredError) {
        return logarithm.optimalParameter(meanSquaredError);
    }

    @Override
    public int preparedPlanes() {
        return logarithm.preparedPlanes();
    }

    @Override
    public int preparedFloatPlanes() {
        return logarithm.preparedFloatPlanes();
    }

    @Override
    public float minimum() {
        return Float.MIN_VALUE;
    }

    @Override
    public float maximum() {
        return Float.MAX_VALUE;
    }

    @Override
    public boolean isDensity() {
        return true;
    }

    @Override
    public Likelihood withLearnedVariance(Gaussian.Variance variance, double floor) {
        return new LogNormal(Gaussian.learned(variance, floor));
    }

    @Override
    public InputFunction inputFunction() {
        return InputFunction.LOG;
    }

    @Override
    public void start(float[] means, float[][] outputs, float[][] parameters) {
        logarithm.start(means, outputs, parameters);
    }

    @Override
    public void writeSettings(ObjectNode node) {
        logarithm.writeSettings(node);
    }

    @Override
    public void prepare(LikelihoodTile tile) {
        logarithm.prepare(tile);
    }

    @Override
    public void logDensity(LikelihoodTile tile) {
        takeLogarithms(tile);
        logarithm.logDensity(tile);
        for (int i = 0; i < tile.count; i++) {
            tile.logDensities[i] -= tile.values[i];
        }
    }

    @Override
    public void gradient(LikelihoodTile tile) {
        takeLogarithms(tile);
        logarithm.gradient(tile);
    }

    @Override
    public void mean(LikelihoodTile tile) {
        double[] variances = logarithm.variances(tile);
        for (int i = 0; i < tile.count; i++) {
            tile.expected[i] = exp(tile.outputs[0][i] + 0.5 * variances[i]);
        }
    }

    @Override
    public void sample(LikelihoodTile tile, int[] bits) {
        logarithm.sample(tile, bits);
        for (int i = 0; i < tile.count; i++) {
            tile.expected[i] = exp(tile.expected[i]);
        }
    }

    private static void takeLogarithms(LikelihoodTile tile) {
        InputFunction.LOG.apply(tile.values, tile.values, tile.count);
    }

    private static float exp(double logarithm) {
        return (float) Math.exp(Math.min(LARGEST_LOG, logarithm));
    }
}
