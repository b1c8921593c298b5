package elbow.vae.likelihood;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;
import elbow.math.DoubleLoops;
import elbow.math.LogDensities;
import elbow.math.VectorLoops;
import elbow.math.noise.KeyedNoise;
import java.util.List;

/**
 * A level of several, such as an 8-bit pixel: the mass of a logistic distribution between level - 1/2 and level + 1/2,
 * where the outermost levels take the tails. See: T. Salimans et al. PixelCNN++. ICLR 2017, section 2.1.
 *
 * <p>Values are level / (levels - 1), as a pixel / 255 is; a value between two levels counts as the nearer one. In this
 * unit the decoder's output is the location, and the scale is scaleFloor + exp(a) / 8 with a learned for each column.
 *
 * @param levels at least 2; 256 for 8-bit pixels
 * @param scaleFloor what the scale never falls below, at least 0
 */
public record DiscretizedLogistic(int levels, double scaleFloor) implements UnitIntervalLikelihood {
    static final String NAME = "discretizedLogistic";

    /** Where the scale starts. */
    public static final double START_SCALE = 0.125;

    /** x sigmoid(x) is 0 below; the sigmoid of floats is not. */
    private static final float FAR = -40f;

    /** Edges farther away than this, in scales, count as this, and floats hold them. */
    private static final double LARGEST_EDGE = 1e30;

    // Prepared planes, by column; s scale and d = width of a level / s.
    private static final int INVERSE_SCALE = 0;
    /** log(1 - exp(-d)). */
    private static final int LOG_INSIDE = 1;
    /** d / (exp(d) - 1). */
    private static final int WIDTH_SLOPE = 2;
    /** ds/da / s. */
    private static final int SCALE_SLOPE = 3;

    public DiscretizedLogistic {
        Check.argument(levels >= 2 && levels <= 1 << 16, "levels", "lie in 2..65536", levels);
        Check.notNegative("scaleFloor", scaleFloor);
    }

    static DiscretizedLogistic fromJson(JsonReader reader) {
        return new DiscretizedLogistic(reader.integer("levels"), reader.number("scaleFloor"));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Sharing> freeParameters() {
        return List.of(Sharing.COLUMN);
    }

    @Override
    public int preparedPlanes() {
        return 4;
    }

    @Override
    public boolean isDensity() {
        return false;
    }

    @Override
    public void start(float[] means, float[][] outputs, float[][] parameters) {
        System.arraycopy(means, 0, outputs[0], 0, means.length);
    }

    @Override
    public void writeSettings(ObjectNode node) {
        node.put("levels", levels).put("scaleFloor", scaleFloor);
    }

    @Override
    public void prepare(LikelihoodTile tile) {
        for (int i = 0; i < tile.variables; i++) {
            double limited = Math.max(-DoubleLoops.EXP_LIMIT, Math.min(DoubleLoops.EXP_LIMIT, tile.parameters[0][i]));
            double learned = START_SCALE * Math.exp(limited);
            double scale = scaleFloor + learned;
            double width = 1 / (scale * (levels - 1));
            tile.prepared[INVERSE_SCALE][i] = 1 / scale;
            tile.prepared[LOG_INSIDE][i] = Math.log(-Math.expm1(-width));
            tile.prepared[WIDTH_SLOPE][i] = width / Math.expm1(width);
            tile.prepared[SCALE_SLOPE][i] = learned / scale;
        }
        tile.repeatPrepared();
    }

    @Override
    public void logDensity(LikelihoodTile tile) {
        double[] edges = tile.wide1;
        double[] softplus = tile.wide2;
        double[] logDensities = tile.logDensities;
        takeLevels(tile);
        // log(sigmoid(upper) - sigmoid(lower)) = log(1 - exp(lower - upper)) - softplus(-upper) - softplus(lower).
        edges(tile, -0.5, 1, edges);
        DoubleLoops.softplus(edges, tile.wide3, softplus, tile.count);
        for (int i = 0; i < tile.count; i++) {
            boolean lowest = tile.values[i] == 0;
            boolean highest = tile.values[i] == levels - 1;
            logDensities[i] = (lowest ? 0 : -softplus[i]) + (lowest || highest ? 0 : tile.prepared[LOG_INSIDE][i]);
        }
        edges(tile, 0.5, -1, edges);
        DoubleLoops.softplus(edges, tile.wide3, softplus, tile.count);
        for (int i = 0; i < tile.count; i++) {
            logDensities[i] -= tile.values[i] == levels - 1 ? 0 : softplus[i];
        }
    }

    // With a, b the edges, in units of the scale from the location: d / d location = (sigmoid(a) - sigmoid(-b)) / s and
    // d / d log s = a sigmoid(a) - b sigmoid(-b) - d / (exp(d) - 1). An outermost level lacks its
    // outer edge's terms and the last one.
    @Override
    public void gradient(LikelihoodTile tile) {
        float[] edge = tile.scratch;
        float[] sigmoid = tile.expected;
        float[] location = tile.outputGradients[0];
        float[] logScale = tile.parameterGradients[0];
        int count = tile.count;
        takeLevels(tile);
        edges(tile, -0.5, 1, tile.wide1);
        DoubleLoops.narrow(tile.wide1, edge, count);
        VectorLoops.sigmoid(edge, sigmoid, count);
        for (int i = 0; i < count; i++) {
            float inner = Math.min(1f, tile.values[i]);
            location[i] = inner * sigmoid[i];
            logScale[i] = inner * sigmoid[i] * Math.max(FAR, edge[i]);
        }
        edges(tile, 0.5, -1, tile.wide1);
        DoubleLoops.narrow(tile.wide1, edge, count);
        VectorLoops.sigmoid(edge, sigmoid, count);
        for (int i = 0; i < count; i++) {
            float inner = Math.min(1f, levels - 1 - tile.values[i]);
            location[i] -= inner * sigmoid[i];
            logScale[i] += inner * sigmoid[i] * Math.max(FAR, edge[i]);
        }
        double[] inverses = tile.prepared[INVERSE_SCALE];
        double[] widths = tile.prepared[WIDTH_SLOPE];
        double[] slopes = tile.prepared[SCALE_SLOPE];
        for (int i = 0; i < count; i++) {
            // 0 for the outermost levels, 1 for all others: levels are whole.
            float inner = Math.min(1f, tile.values[i] * (levels - 1 - tile.values[i]));
            location[i] = (float) (location[i] * inverses[i]);
            logScale[i] = (float) ((logScale[i] - inner * widths[i]) * slopes[i]);
        }
    }

    /** The mean of the logistic distribution with its tails folded onto 0 and 1: right to half a level. */
    @Override
    public void mean(LikelihoodTile tile) {
        for (int i = 0; i < tile.count; i++) {
            double inverse = tile.prepared[INVERSE_SCALE][i];
            double location = tile.outputs[0][i];
            double below = LogDensities.softplus((1 - location) * inverse) - LogDensities.softplus(-location * inverse);
            tile.expected[i] = (float) Math.max(0, Math.min(1, 1 - below / inverse));
        }
    }

    @Override
    public void sample(LikelihoodTile tile, int[] bits) {
        for (int i = 0; i < tile.count; i++) {
            double uniform = KeyedNoise.uniform(bits[i]);
            double logit = Math.log(uniform / (1 - uniform));
            double drawn = tile.outputs[0][i] + logit / tile.prepared[INVERSE_SCALE][i];
            double level = Math.rint(Math.max(0, Math.min(1, drawn)) * (levels - 1));
            tile.expected[i] = (float) (level / (levels - 1));
        }
    }

    // Replaces values by the nearest levels. Adding and subtracting 2^23 rounds, in a form that C2 vectorizes.
    private void takeLevels(LikelihoodTile tile) {
        float[] values = tile.values;
        float[] rounded = tile.scratch;
        float steps = levels - 1;
        int count = tile.count;
        for (int i = 0; i < count; i++) {
            rounded[i] = (values[i] * steps + 0x1p23f) - 0x1p23f;
        }
        System.arraycopy(rounded, 0, values, 0, count);
    }

    // sign x (level + offset - location in levels) / scale in levels.
    private void edges(LikelihoodTile tile, double offset, double sign, double[] result) {
        float[] levelsOfValues = tile.values;
        float[] locations = tile.outputs[0];
        double[] inverses = tile.prepared[INVERSE_SCALE];
        double unit = 1.0 / (levels - 1);
        int count = tile.count;
        for (int i = 0; i < count; i++) {
            double edge = sign * ((levelsOfValues[i] + offset) * unit - locations[i]) * inverses[i];
            result[i] = Math.max(-LARGEST_EDGE, Math.min(LARGEST_EDGE, edge));
        }
    }
}
