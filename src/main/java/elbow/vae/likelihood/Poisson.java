package elbow.vae.likelihood;

import elbow.math.DoubleLoops;
import elbow.math.LogDensities;
import elbow.math.noise.WordStream;

/**
 * log p(c) = c l - exp(l) - log c! of a count c with the decoder's output l, the log-rate (limited to [-40, 40]).
 * Values are the counts themselves; the encoder sees log(1 + c).
 */
public record Poisson() implements CountLikelihood {
    static final String NAME = "poisson";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void logDensity(LikelihoodTile tile) {
        double[] logRates = tile.wide1;
        double[] rates = tile.wide2;
        CountRates.limit(tile.outputs[0], logRates, tile.count);
        DoubleLoops.exp(logRates, rates, tile.count);
        for (int i = 0; i < tile.count; i++) {
            double count = tile.values[i];
            tile.logDensities[i] = count * logRates[i] - rates[i] - LogDensities.logFactorial(count);
        }
    }

    @Override
    public void gradient(LikelihoodTile tile) {
        double[] logRates = tile.wide1;
        double[] rates = tile.wide2;
        CountRates.limit(tile.outputs[0], logRates, tile.count);
        DoubleLoops.exp(logRates, rates, tile.count);
        DoubleLoops.widen(tile.values, tile.wide3, tile.count);
        DoubleLoops.subtract(tile.wide3, rates, logRates, tile.count);
        DoubleLoops.narrow(logRates, tile.outputGradients[0], tile.count);
    }

    @Override
    public void mean(LikelihoodTile tile) {
        CountRates.means(tile);
    }

    @Override
    public void sample(LikelihoodTile tile, int[] bits) {
        CountRates.means(tile);
        for (int i = 0; i < tile.count; i++) {
            tile.expected[i] = (float) new WordStream(bits[i]).poisson(tile.expected[i]);
        }
    }
}
