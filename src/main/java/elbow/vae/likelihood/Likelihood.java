package elbow.vae.likelihood;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * The distribution of a variable given the decoder's outputs. A likelihood is one class: it states what it needs,
 * computes log-density, gradient, mean and samples over a tile of elements, and reads and writes its own settings.
 * Adding one means its file, its test, and its line in {@link LikelihoodReaders}.
 *
 * <p>What a row must hold ("encoded columns"), by likelihood:
 *
 * <table>
 * <caption>Encoding</caption>
 * <tr><th>likelihood</th><th>columns of a variable</th><th>values</th><th>the encoder sees</th></tr>
 * <tr><td>bernoulli, continuousBernoulli</td><td>1</td><td>[0, 1]</td><td>the value</td></tr>
 * <tr><td>gaussian, studentT</td><td>1</td><td>any finite number, standardised beforehand</td><td>the value</td></tr>
 * <tr><td>pointMasses</td><td>1</td><td>any finite number; the points as they are, others standardised
 * beforehand</td><td>the value</td></tr>
 * <tr><td>logNormal</td><td>1</td><td>above 0</td><td>log(x)</td></tr>
 * <tr><td>poisson, negativeBinomial</td><td>1</td><td>whole numbers from 0, the counts themselves</td><td>log(1 +
 * x)</td></tr>
 * <tr><td>categorical, ordinal</td><td>one for each category</td><td>1 in the column of the category, 0 in the others;
 * ordinal: in the categories' order</td><td>the values</td></tr>
 * <tr><td>discretizedLogistic</td><td>1</td><td>level / (levels - 1), in [0, 1]</td><td>the value</td></tr>
 * </table>
 *
 * <p>A group's {@link InputScale} standardises what the encoder sees, where that is neither so already nor in [0, 1].
 *
 * <p>All log-densities are in nats with every constant.
 */
public interface Likelihood {

    /** How free parameters of a plane belong to the variables of a group. */
    enum Sharing {
        /** One value for the whole group. */
        GROUP,
        /** One value for each variable. */
        COLUMN
    }

    /** The name in JSON: "logNormal". */
    String name();

    /** The name in configuration and tables: "log-normal". */
    default String word() {
        return name().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Neighbouring encoded columns that are one variable: 1, or the number of categories. */
    default int columnsPerVariable() {
        return 1;
    }

    /** Planes of decoder outputs, at least 1. */
    default int outputPlanes() {
        return 1;
    }

    /** Decoder outputs of each variable in each plane: 1, or as many as it has columns. */
    default int outputsPerVariable() {
        return 1;
    }

    /**
     * Free parameters, trained but not computed by the decoder: one entry for each plane. None if a variable has
     * several outputs in a plane.
     */
    default List<Sharing> freeParameters() {
        return List.of();
    }

    /** Planes of doubles that {@link #prepare} computes. */
    default int preparedPlanes() {
        return 0;
    }

    /** Planes of floats that {@link #prepare} computes. */
    default int preparedFloatPlanes() {
        return 0;
    }

    /** The smallest value that the density is defined for. */
    float minimum();

    /** The largest value that the density is defined for. */
    float maximum();

    /** Whether values must be whole numbers. */
    default boolean takesWholeNumbers() {
        return false;
    }

    /**
     * Whether {@link #logDensity} is the logarithm of a density, in nats of the column's unit, which may be above 0; if
     * not, of a probability.
     */
    boolean isDensity();

    /** Whether values between 0 and 1 stand for the probability of a 1, so that they may become 0 or 1 before it. */
    default boolean takesBinarised() {
        return false;
    }

    /** Whether decoder outputs are log-rates: the mean is their exponential. */
    default boolean hasLogRates() {
        return false;
    }

    /**
     * Whether its only plane of free parameters is a variance that is not learned step by step but is the likeliest for
     * rows, a function of their mean squared error: in training of the minibatch. Its parameter gradient is 0.
     */
    default boolean hasOptimalVariance() {
        return false;
    }

    /**
     * Reads {@code values, outputs}; writes the squared error of each variable to {@code wide1}. May overwrite the
     * values. With an optimal variance only.
     */
    default void squaredErrors(LikelihoodTile tile) {
        throw new IllegalStateException(name() + " has no optimal variance");
    }

    /** The free parameter that is the likeliest for that mean squared error. With an optimal variance only. */
    default float optimalParameter(double meanSquaredError) {
        throw new IllegalStateException(name() + " has no optimal variance");
    }

    /**
     * This likelihood with a learned variance of that kind and floor; itself if it learns none.
     *
     * @param floor what the variance never falls below, at least 0
     */
    default Likelihood withLearnedVariance(Gaussian.Variance variance, double floor) {
        return this;
    }

    /** What the encoder sees of a value, before the group's {@link InputScale}. */
    default InputFunction inputFunction() {
        return InputFunction.IDENTITY;
    }

    /**
     * Writes where training starts: output biases and free parameters at which the model knows no more than the means.
     * Both arrive as zeros.
     *
     * @param means for each column of a group the mean of its values, of their logarithms for {@link LogNormal}
     * @param outputs by plane, then by variable and its outputs
     * @param parameters by plane, then by variable, or a single one if shared by the group
     */
    void start(float[] means, float[][] outputs, float[][] parameters);

    /** Adds this likelihood's settings. */
    default void writeSettings(ObjectNode node) {
        // Default: no settings.
    }

    /**
     * Reads {@code parameters}; writes what is prepared, for all rows that the tile has room for. Called whenever the
     * free parameters have changed, before anything else.
     */
    default void prepare(LikelihoodTile tile) {
        // Default: nothing depends on the free parameters alone.
    }

    /** Reads {@code values, outputs, parameters, prepared}; writes {@code logDensities}. May overwrite the values. */
    void logDensity(LikelihoodTile tile);

    /**
     * Reads {@code values, outputs, parameters, prepared, preparedFloats}; writes the log-density's derivatives to
     * {@code outputGradients} and {@code parameterGradients}. May overwrite the values.
     */
    void gradient(LikelihoodTile tile);

    /** Reads {@code outputs, parameters, prepared}; writes the expected value of each column to {@code expected}. */
    void mean(LikelihoodTile tile);

    /**
     * Reads {@code outputs, parameters, prepared} and one uniform 32-bit word for each variable; writes a draw to
     * {@code expected}.
     */
    void sample(LikelihoodTile tile, int[] bits);
}
