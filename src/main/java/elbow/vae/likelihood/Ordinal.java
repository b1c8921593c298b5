package elbow.vae.likelihood;

import elbow.base.JsonReader;
import elbow.math.LogDensities;
import elbow.math.noise.KeyedNoise;
import java.util.Collections;
import java.util.List;

/**
 * One of several ordered categories by cumulative logits: P(category at most k) = sigmoid(t_k - l) with the decoder's
 * output l, the location, and thresholds t_0 = a_0, t_k = t_{k-1} + exp(a_k) learned for each variable (a_k counts as
 * at most 10 in magnitude), hence increasing. See: P. McCullagh. Regression models for ordinal data. Journal of the
 * Royal Statistical Society B 42, 1980.
 *
 * <p>A variable has a column for each category in their order: 1 for its own, 0 for the others. Its expected value is
 * the vector of probabilities.
 *
 * @param categories at least 2
 */
public record Ordinal(int categories) implements CategoryLikelihood {
    static final String NAME = "ordinal";

    /** Logarithms of gaps count as at most this in magnitude. */
    public static final double LOG_GAP_LIMIT = 10;

    /** Locations and first thresholds count as at most this in magnitude: far larger ones would swallow the gaps. */
    public static final double LARGEST_LOGIT = 1e6;

    public Ordinal {
        CategoryLikelihood.require(categories);
    }

    static Ordinal fromJson(JsonReader reader) {
        return new Ordinal(reader.integer(CATEGORIES));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Sharing> freeParameters() {
        return Collections.nCopies(categories - 1, Sharing.COLUMN);
    }

    /** The thresholds, then their distances from the threshold before. */
    @Override
    public int preparedPlanes() {
        return 2 * (categories - 1);
    }

    @Override
    public void start(float[] means, float[][] outputs, float[][] parameters) {
        for (int variable = 0; variable < means.length / categories; variable++) {
            double total = 0;
            for (int k = 0; k < categories; k++) {
                total += frequency(means[variable * categories + k]);
            }
            double below = 0;
            double last = 0;
            for (int k = 0; k < categories - 1; k++) {
                below += frequency(means[variable * categories + k]) / total;
                double threshold = StrictMath.log(below / (1 - below));
                parameters[k][variable] = (float) (k == 0 ? threshold : StrictMath.log(threshold - last));
                last = threshold;
            }
        }
    }

    private static double frequency(float mean) {
        return Math.max(LEAST_FREQUENCY, mean);
    }

    @Override
    public void prepare(LikelihoodTile tile) {
        for (int i = 0; i < tile.variables; i++) {
            double threshold = limited(tile.parameters[0][i], LARGEST_LOGIT);
            tile.prepared[0][i] = threshold;
            for (int k = 1; k < categories - 1; k++) {
                double gap = Math.exp(limited(tile.parameters[k][i], LOG_GAP_LIMIT));
                threshold += gap;
                tile.prepared[k][i] = threshold;
                tile.prepared[categories - 1 + k][i] = gap;
            }
        }
        tile.repeatPrepared();
    }

    @Override
    public void logDensity(LikelihoodTile tile) {
        for (int i = 0; i < tile.variableCount; i++) {
            int category = OneHot.category(tile.values, i * categories, categories);
            tile.logDensities[i] =
                    LogDensities.logisticInterval(distance(tile, category - 1, i), distance(tile, category, i));
        }
    }

    @Override
    public void gradient(LikelihoodTile tile) {
        for (int i = 0; i < tile.variableCount; i++) {
            int category = OneHot.category(tile.values, i * categories, categories);
            double lower = distance(tile, category - 1, i);
            double upper = distance(tile, category, i);
            double atLower = LogDensities.logisticIntervalLowerGradient(lower, upper);
            double atUpper = LogDensities.logisticIntervalUpperGradient(lower, upper);
            tile.outputGradients[0][i] = (float) -(atLower + atUpper);
            // A gap moves all thresholds from its own on.
            for (int k = 0; k < categories - 1; k++) {
                double moved = (k <= category - 1 ? atLower : 0) + (k <= category ? atUpper : 0);
                double slope = k == 0 ? 1 : tile.prepared[categories - 1 + k][i];
                double gradient = moved * slope;
                tile.parameterGradients[k][i] = leaves(k, tile.parameters[k][i], gradient) ? 0f : (float) gradient;
            }
        }
    }

    @Override
    public void mean(LikelihoodTile tile) {
        for (int i = 0; i < tile.variableCount; i++) {
            for (int k = 0; k < categories; k++) {
                double log = LogDensities.logisticInterval(distance(tile, k - 1, i), distance(tile, k, i));
                tile.expected[i * categories + k] = (float) Math.exp(log);
            }
        }
    }

    @Override
    public void sample(LikelihoodTile tile, int[] bits) {
        mean(tile);
        for (int i = 0; i < tile.variableCount; i++) {
            OneHot.draw(KeyedNoise.uniform(bits[i]), tile.expected, i * categories, categories);
        }
    }

    /** t_k - l. */
    private double distance(LikelihoodTile tile, int k, int element) {
        if (k < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        return k == categories - 1
                ? Double.POSITIVE_INFINITY
                : tile.prepared[k][element] - limited(tile.outputs[0][element], LARGEST_LOGIT);
    }

    private static double limited(double value, double limit) {
        return Math.max(-limit, Math.min(limit, value));
    }

    // Whether an ascent step of the log-density would lead the logarithm of a gap beyond its limit even further out.
    private static boolean leaves(int k, float logGap, double gradient) {
        return k > 0 && ((logGap > LOG_GAP_LIMIT && gradient > 0) || (logGap < -LOG_GAP_LIMIT && gradient < 0));
    }
}
