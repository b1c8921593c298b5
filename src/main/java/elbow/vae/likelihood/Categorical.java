package elbow.vae.likelihood;

import elbow.base.JsonReader;
import elbow.math.DoubleLoops;
import elbow.math.noise.KeyedNoise;
import java.util.Arrays;

/**
 * One of several categories without an order: log p(k) = l_k - log(sum over i of exp(l_i)) with a decoder output l_i,
 * the logit, for each category. A variable has a column for each category: 1 for its own, 0 for the others. Its
 * expected value is the vector of probabilities.
 *
 * @param categories at least 2
 */
public record Categorical(int categories) implements CategoryLikelihood {
    static final String NAME = "categorical";

    public Categorical {
        CategoryLikelihood.require(categories);
    }

    static Categorical fromJson(JsonReader reader) {
        return new Categorical(reader.integer(CATEGORIES));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int outputsPerVariable() {
        return categories;
    }

    @Override
    public void start(float[] means, float[][] outputs, float[][] parameters) {
        for (int i = 0; i < means.length; i++) {
            outputs[0][i] = (float) StrictMath.log(Math.max(LEAST_FREQUENCY, means[i]));
        }
    }

    @Override
    public void logDensity(LikelihoodTile tile) {
        double[] exponentials = tile.wide2;
        double[] centred = tile.wide1;
        exponentials(tile, centred, exponentials);
        for (int variable = 0; variable < tile.variableCount; variable++) {
            int from = variable * categories;
            double own = 0;
            for (int i = from; i < from + categories; i++) {
                own += tile.values[i] * centred[i];
            }
            tile.logDensities[variable] = own - Math.log(DoubleLoops.sum(exponentials, from, categories));
        }
    }

    @Override
    public void gradient(LikelihoodTile tile) {
        mean(tile);
        for (int i = 0; i < tile.count; i++) {
            tile.outputGradients[0][i] = tile.values[i] - tile.expected[i];
        }
    }

    @Override
    public void mean(LikelihoodTile tile) {
        double[] exponentials = tile.wide2;
        double[] inverses = tile.wide1;
        exponentials(tile, inverses, exponentials);
        for (int from = 0; from < tile.count; from += categories) {
            double inverse = 1 / DoubleLoops.sum(exponentials, from, categories);
            Arrays.fill(inverses, from, from + categories, inverse);
        }
        DoubleLoops.multiply(exponentials, inverses, tile.wide3, tile.count);
        DoubleLoops.narrow(tile.wide3, tile.expected, tile.count);
    }

    @Override
    public void sample(LikelihoodTile tile, int[] bits) {
        mean(tile);
        for (int variable = 0; variable < tile.variableCount; variable++) {
            OneHot.draw(KeyedNoise.uniform(bits[variable]), tile.expected, variable * categories, categories);
        }
    }

    // exp(l - m) with the largest logit m of the variable. Logits 40 below it add nothing that counts: they may stand
    // as exp(-40), but the centred logits keep their distance.
    private void exponentials(LikelihoodTile tile, double[] centred, double[] exponentials) {
        float[] logits = tile.outputs[0];
        for (int from = 0; from < tile.count; from += categories) {
            float largest = logits[from];
            for (int i = from + 1; i < from + categories; i++) {
                largest = Math.max(largest, logits[i]);
            }
            for (int i = from; i < from + categories; i++) {
                centred[i] = (double) logits[i] - largest;
            }
        }
        DoubleLoops.exp(centred, exponentials, tile.count);
    }
}
