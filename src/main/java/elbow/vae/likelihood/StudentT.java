package elbow.vae.likelihood;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;
import elbow.math.DoubleLoops;
import elbow.math.LogDensities;
import elbow.math.noise.KeyedNoise;
import elbow.math.noise.NormalQuantile;
import elbow.math.noise.WordStream;
import java.util.List;

/**
 * Student's t around the decoder's output, for columns with heavy tails. Scale = scaleFloor + exp(a) and degrees of
 * freedom = degreesFloor + exp(b) are learned for each column; a counts as at most 40 in magnitude, b as at most 14: a
 * Gaussian to all purposes.
 *
 * @param scaleFloor what the scale never falls below, at least 0: against densities that grow without bound
 * @param degreesFloor what the degrees of freedom never fall below, at least 1, so that the mean exists; from 2 on the
 *     variance exists
 */
public record StudentT(double scaleFloor, double degreesFloor) implements Likelihood {
    static final String NAME = "studentT";

    /** Parameters of degrees of freedom count as at most this in magnitude. */
    public static final double LOG_DEGREES_LIMIT = 14;

    // Prepared planes, by column; s scale, n degrees of freedom.
    private static final int INVERSE_SCALE = 0;
    private static final int DEGREES = 1;
    /** The log-density at the centre. */
    private static final int CENTRE = 2;
    /** ds/da / s. */
    private static final int SCALE_SLOPE = 3;
    /** dn/db / n. */
    private static final int DEGREES_SLOPE = 4;
    /** The log-density's derivative with respect to log n at the centre. */
    private static final int CENTRE_SLOPE = 5;

    public StudentT {
        Check.notNegative("scaleFloor", scaleFloor);
        Check.argument(
                degreesFloor >= 1 && Double.isFinite(degreesFloor),
                "degreesFloor",
                "be finite and at least 1",
                degreesFloor);
    }

    static StudentT fromJson(JsonReader reader) {
        return new StudentT(reader.number("scaleFloor"), reader.number("degreesFloor"));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Sharing> freeParameters() {
        return List.of(Sharing.COLUMN, Sharing.COLUMN);
    }

    @Override
    public int preparedPlanes() {
        return 6;
    }

    @Override
    public boolean isDensity() {
        return true;
    }

    @Override
    public Likelihood withLearnedVariance(Gaussian.Variance variance, double floor) {
        return new StudentT(Math.sqrt(floor), degreesFloor);
    }

    @Override
    public float minimum() {
        return -Float.MAX_VALUE;
    }

    @Override
    public float maximum() {
        return Float.MAX_VALUE;
    }

    @Override
    public void start(float[] means, float[][] outputs, float[][] parameters) {
        System.arraycopy(means, 0, outputs[0], 0, means.length);
    }

    @Override
    public void writeSettings(ObjectNode node) {
        node.put("scaleFloor", scaleFloor).put("degreesFloor", degreesFloor);
    }

    @Override
    public void prepare(LikelihoodTile tile) {
        for (int i = 0; i < tile.variables; i++) {
            double learnedScale = Math.exp(limited(tile.parameters[0][i], DoubleLoops.EXP_LIMIT));
            double learnedDegrees = Math.exp(limited(tile.parameters[1][i], LOG_DEGREES_LIMIT));
            double scale = scaleFloor + learnedScale;
            double degrees = degreesFloor + learnedDegrees;
            tile.prepared[INVERSE_SCALE][i] = 1 / scale;
            tile.prepared[DEGREES][i] = degrees;
            tile.prepared[CENTRE][i] = LogDensities.studentT(0, 0, Math.log(scale), Math.log(degrees));
            tile.prepared[SCALE_SLOPE][i] = learnedScale / scale;
            tile.prepared[DEGREES_SLOPE][i] = learnedDegrees / degrees;
            tile.prepared[CENTRE_SLOPE][i] =
                    LogDensities.studentTLogDegreesGradient(0, 0, Math.log(scale), Math.log(degrees));
        }
        tile.repeatPrepared();
    }

    @Override
    public void logDensity(LikelihoodTile tile) {
        double[] ratios = tile.wide1;
        ratios(tile, ratios);
        for (int i = 0; i < tile.count; i++) {
            double degrees = tile.prepared[DEGREES][i];
            tile.logDensities[i] = tile.prepared[CENTRE][i] - 0.5 * (degrees + 1) * Math.log(1 + ratios[i]);
        }
    }

    @Override
    public void gradient(LikelihoodTile tile) {
        double[] ratios = tile.wide1;
        double[] shares = tile.wide2;
        ratios(tile, ratios);
        shares(ratios, tile.prepared[DEGREES], shares, tile.count);
        // With w = (n + 1) u / (1 + u) and u = t^2 / n: d/da = (w - 1) ds/da / s, and the location's is w / (x - m).
        for (int i = 0; i < tile.count; i++) {
            double inverseScale = tile.prepared[INVERSE_SCALE][i];
            double degrees = tile.prepared[DEGREES][i];
            double t = ((double) tile.values[i] - tile.outputs[0][i]) * inverseScale;
            double tail = 0.5 * (shares[i] - degrees * Math.log(1 + ratios[i]));
            tile.outputGradients[0][i] = (float) ((degrees + 1) * t * inverseScale / (degrees * (1 + ratios[i])));
            tile.parameterGradients[0][i] = (float) ((shares[i] - 1) * tile.prepared[SCALE_SLOPE][i]);
            tile.parameterGradients[1][i] = degreesGradient(
                            tile.parameters[1][i], tile.prepared[CENTRE_SLOPE][i] + tail)
                    * (float) tile.prepared[DEGREES_SLOPE][i];
        }
    }

    /** The location: the mean, as there is more than one degree of freedom. */
    @Override
    public void mean(LikelihoodTile tile) {
        System.arraycopy(tile.outputs[0], 0, tile.expected, 0, tile.count);
    }

    @Override
    public void sample(LikelihoodTile tile, int[] bits) {
        for (int i = 0; i < tile.count; i++) {
            double degrees = tile.prepared[DEGREES][i];
            WordStream stream = new WordStream(bits[i]);
            double normal = NormalQuantile.of(KeyedNoise.uniform(stream.next()));
            double t = normal / Math.sqrt(2 * stream.gamma(0.5 * degrees) / degrees);
            tile.expected[i] = (float) (tile.outputs[0][i] + t / tile.prepared[INVERSE_SCALE][i]);
        }
    }

    // t^2 / n.
    private static void ratios(LikelihoodTile tile, double[] ratios) {
        float[] values = tile.values;
        float[] locations = tile.outputs[0];
        double[] inverseScales = tile.prepared[INVERSE_SCALE];
        double[] degrees = tile.prepared[DEGREES];
        int count = tile.count;
        for (int i = 0; i < count; i++) {
            double t = ((double) values[i] - locations[i]) * inverseScales[i];
            ratios[i] = t * t / degrees[i];
        }
    }

    private static void shares(double[] ratios, double[] degrees, double[] shares, int count) {
        for (int i = 0; i < count; i++) {
            shares[i] = (degrees[i] + 1) * (ratios[i] / (1 + ratios[i]));
        }
    }

    private static float degreesGradient(float parameter, double gradient) {
        boolean leaves = parameter > LOG_DEGREES_LIMIT && gradient > 0;
        return leaves ? 0f : (float) gradient;
    }

    private static double limited(double value, double limit) {
        return Math.max(-limit, Math.min(limit, value));
    }
}
