package elbow.vae.likelihood;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;
import elbow.math.noise.KeyedNoise;
import elbow.math.noise.NormalQuantile;
import elbow.math.noise.WordStream;
import java.util.Arrays;
import java.util.List;

/**
 * A number that is one of a few points with a probability of its own, and a Gaussian elsewhere: p(a_k) = q_k at the
 * points a_k, and q_0 N(x; m, v) at all other numbers, with q = softmax(0, l_1, .. l_K). The decoder's outputs are
 * those of the Gaussian, then the log-odds l_k = log(q_k / q_0). The density is one with respect to Lebesgue's measure
 * plus a mass of 1 at each point: so a point has a probability, and any other number a density.
 *
 * <p>A Gaussian alone gives a value that half of the rows have a narrow peak, whose density grows without bound as the
 * variance shrinks, and never draws that value itself.
 *
 * @param points a_k in encoded units, exact as floats, finite, different, at least one
 * @param shares of each point among the training rows, where training starts; above 0, with a sum below 1
 * @param rest distribution of the other numbers, without an optimal variance, which would be one of all numbers
 */
public record PointMasses(List<Double> points, List<Double> shares, Gaussian rest) implements Likelihood {
    static final String NAME = "pointMasses";

    public PointMasses {
        points = List.copyOf(points);
        shares = List.copyOf(shares);
        Check.argument(!points.isEmpty(), "points", "have at least one entry", points);
        Check.argument(shares.size() == points.size(), "shares", "be one for each point", shares);
        Check.argument(points.stream().distinct().count() == points.size(), "points", "differ", points);
        for (double point : points) {
            Check.argument(Double.isFinite(point) && point == (float) point, "points", "be finite floats", point);
        }
        shares.forEach(share -> Check.positive("shares", share));
        Check.argument(restShare(shares) > 0, "shares", "have a sum below 1", shares);
        Check.argument(!rest.variance().isOptimal(), "rest", "have no optimal variance", rest);
    }

    private static double restShare(List<Double> shares) {
        return 1 - shares.stream().mapToDouble(Double::doubleValue).sum();
    }

    static PointMasses fromJson(JsonReader reader) {
        return new PointMasses(
                Arrays.stream(reader.numbers("points")).boxed().toList(),
                Arrays.stream(reader.numbers("shares")).boxed().toList(),
                Gaussian.fromJson(reader));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int outputPlanes() {
        return rest.outputPlanes() + points.size();
    }

    @Override
    public List<Sharing> freeParameters() {
        return rest.freeParameters();
    }

    @Override
    public int preparedPlanes() {
        return rest.preparedPlanes();
    }

    @Override
    public int preparedFloatPlanes() {
        return rest.preparedFloatPlanes();
    }

    @Override
    public float minimum() {
        return rest.minimum();
    }

    @Override
    public float maximum() {
        return rest.maximum();
    }

    @Override
    public boolean isDensity() {
        return true;
    }

    /** With the variance of the rest; instead of an optimal one, which would count the points, one for each column. */
    @Override
    public Likelihood withLearnedVariance(Gaussian.Variance variance, double floor) {
        Gaussian.Variance learned = variance.isOptimal() ? Gaussian.Variance.PER_COLUMN : variance;
        return new PointMasses(points, shares, Gaussian.learned(learned, floor));
    }

    /** The means are those of the rest. */
    @Override
    public void start(float[] means, float[][] outputs, float[][] parameters) {
        rest.start(means, outputs, parameters);
        for (int k = 0; k < points.size(); k++) {
            Arrays.fill(outputs[rest.outputPlanes() + k], 0, means.length, (float)
                    StrictMath.log(shares.get(k) / restShare(shares)));
        }
    }

    @Override
    public void writeSettings(ObjectNode node) {
        ArrayNode all = node.putArray("points");
        points.forEach(all::add);
        ArrayNode start = node.putArray("shares");
        shares.forEach(start::add);
        rest.writeSettings(node);
    }

    @Override
    public void prepare(LikelihoodTile tile) {
        rest.prepare(tile);
    }

    @Override
    public void logDensity(LikelihoodTile tile) {
        rest.logDensity(tile);
        double[] probabilities = new double[points.size()];
        for (int i = 0; i < tile.count; i++) {
            double logOfRest = probabilities(tile, i, probabilities);
            int point = point(tile.values[i]);
            tile.logDensities[i] =
                    logOfRest + (point < 0 ? tile.logDensities[i] : tile.outputs[rest.outputPlanes() + point][i]);
        }
    }

    @Override
    public void gradient(LikelihoodTile tile) {
        rest.gradient(tile);
        double[] probabilities = new double[points.size()];
        for (int i = 0; i < tile.count; i++) {
            probabilities(tile, i, probabilities);
            int point = point(tile.values[i]);
            for (int k = 0; k < probabilities.length; k++) {
                tile.outputGradients[rest.outputPlanes() + k][i] = (float) ((k == point ? 1 : 0) - probabilities[k]);
            }
            if (point >= 0) {
                for (int plane = 0; plane < rest.outputPlanes(); plane++) {
                    tile.outputGradients[plane][i] = 0;
                }
                for (float[] plane : tile.parameterGradients) {
                    plane[i] = 0;
                }
            }
        }
    }

    @Override
    public void mean(LikelihoodTile tile) {
        double[] probabilities = new double[points.size()];
        for (int i = 0; i < tile.count; i++) {
            double mean = Math.exp(probabilities(tile, i, probabilities)) * tile.outputs[0][i];
            for (int k = 0; k < probabilities.length; k++) {
                mean += probabilities[k] * points.get(k);
            }
            tile.expected[i] = (float) mean;
        }
    }

    @Override
    public void sample(LikelihoodTile tile, int[] bits) {
        double[] variances = rest.variances(tile);
        double[] probabilities = new double[points.size()];
        for (int i = 0; i < tile.count; i++) {
            probabilities(tile, i, probabilities);
            WordStream stream = new WordStream(bits[i]);
            double left = KeyedNoise.uniform(stream.next());
            int point = 0;
            while (point < probabilities.length && left >= probabilities[point]) {
                left -= probabilities[point++];
            }
            double noise = NormalQuantile.of(KeyedNoise.uniform(stream.next()));
            tile.expected[i] = (float)
                    (point < probabilities.length
                            ? points.get(point)
                            : tile.outputs[0][i] + Math.sqrt(variances[i]) * noise);
        }
    }

    // Writes q_1 .. q_K of an element; log q_0.
    private double probabilities(LikelihoodTile tile, int i, double[] probabilities) {
        double largest = 0;
        for (int k = 0; k < probabilities.length; k++) {
            probabilities[k] = tile.outputs[rest.outputPlanes() + k][i];
            largest = Math.max(largest, probabilities[k]);
        }
        double sum = Math.exp(-largest);
        for (int k = 0; k < probabilities.length; k++) {
            probabilities[k] = Math.exp(probabilities[k] - largest);
            sum += probabilities[k];
        }
        for (int k = 0; k < probabilities.length; k++) {
            probabilities[k] /= sum;
        }
        return -largest - Math.log(sum);
    }

    // Which point a value is; -1: none.
    private int point(float value) {
        for (int k = 0; k < points.size(); k++) {
            if (points.get(k) == value) {
                return k;
            }
        }
        return -1;
    }
}
