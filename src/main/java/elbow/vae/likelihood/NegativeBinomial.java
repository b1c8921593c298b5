package elbow.vae.likelihood;

import elbow.math.DoubleLoops;
import elbow.math.LogDensities;
import elbow.math.noise.WordStream;
import java.util.List;

/**
 * A count with mean m = exp(l), l the decoder's output (limited to [-40, 40]), and variance m + m^2 / r, where the size
 * r = exp(a) is learned for each column, a limited to [-10, 14]: r near the upper limit is a Poisson distribution for
 * all counts that are not far larger. Values are the counts themselves; the encoder sees log(1 + c).
 */
public record NegativeBinomial() implements CountLikelihood {
    static final String NAME = "negativeBinomial";

    /** Smaller logarithms of sizes count as this. */
    public static final double LEAST_LOG_SIZE = -10;

    /** Larger ones as this. */
    public static final double LARGEST_LOG_SIZE = 14;

    // Prepared planes.
    private static final int LOG_SIZE = 0;
    private static final int SIZE = 1;

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
        return 2;
    }

    @Override
    public void prepare(LikelihoodTile tile) {
        for (int i = 0; i < tile.variables; i++) {
            double logSize = Math.max(LEAST_LOG_SIZE, Math.min(LARGEST_LOG_SIZE, tile.parameters[0][i]));
            tile.prepared[LOG_SIZE][i] = logSize;
            tile.prepared[SIZE][i] = Math.exp(logSize);
        }
        tile.repeatPrepared();
    }

    @Override
    public void logDensity(LikelihoodTile tile) {
        double[] logOdds = tile.wide1;
        double[] softplus = tile.wide2;
        logOdds(tile, logOdds, softplus);
        for (int i = 0; i < tile.count; i++) {
            double count = tile.values[i];
            double size = tile.prepared[SIZE][i];
            // softplus(-x) = softplus(x) - x.
            tile.logDensities[i] = LogDensities.logRisingFactorial(size, count)
                    - LogDensities.logFactorial(count)
                    - size * softplus[i]
                    - count * (softplus[i] - logOdds[i]);
        }
    }

    @Override
    public void gradient(LikelihoodTile tile) {
        double[] logOdds = tile.wide1;
        double[] softplus = tile.wide2;
        double[] complements = tile.wide3;
        logOdds(tile, logOdds, softplus);
        // 1 - sigmoid(x) = exp(-softplus(x)).
        DoubleLoops.negate(softplus, logOdds, tile.count);
        DoubleLoops.exp(logOdds, complements, tile.count);
        double[] counts = tile.wide1;
        DoubleLoops.widen(tile.values, counts, tile.count);
        meanGradient(counts, tile.prepared[SIZE], complements, tile.logDensities, tile.count);
        DoubleLoops.narrow(tile.logDensities, tile.outputGradients[0], tile.count);
        for (int i = 0; i < tile.count; i++) {
            double size = tile.prepared[SIZE][i];
            double gradient =
                    size * (LogDensities.digammaDifference(size, counts[i]) - softplus[i] + 1 - complements[i])
                            - counts[i] * complements[i];
            tile.parameterGradients[0][i] = leaves(tile.parameters[0][i], gradient) ? 0f : (float) gradient;
        }
    }

    @Override
    public void mean(LikelihoodTile tile) {
        CountRates.means(tile);
    }

    @Override
    public void sample(LikelihoodTile tile, int[] bits) {
        CountRates.means(tile);
        for (int i = 0; i < tile.count; i++) {
            // A Poisson distribution whose rate has a gamma distribution.
            WordStream stream = new WordStream(bits[i]);
            double size = tile.prepared[SIZE][i];
            tile.expected[i] = (float) stream.poisson(stream.gamma(size) / size * tile.expected[i]);
        }
    }

    private static void logOdds(LikelihoodTile tile, double[] logOdds, double[] softplus) {
        CountRates.limit(tile.outputs[0], softplus, tile.count);
        DoubleLoops.subtract(softplus, tile.prepared[LOG_SIZE], logOdds, tile.count);
        DoubleLoops.softplus(logOdds, tile.wide3, softplus, tile.count);
    }

    // d / d logMean = c (1 - share) - r share = (c + r) (1 - share) - r.
    private static void meanGradient(
            double[] counts, double[] sizes, double[] complements, double[] result, int count) {
        for (int i = 0; i < count; i++) {
            result[i] = counts[i] * complements[i] - sizes[i] * (1 - complements[i]);
        }
    }

    // Whether an ascent step of the log-density would lead a log-size beyond its limit even further out.
    private static boolean leaves(float logSize, double gradient) {
        return (logSize > LARGEST_LOG_SIZE && gradient > 0) || (logSize < LEAST_LOG_SIZE && gradient < 0);
    }
}
