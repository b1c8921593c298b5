package elbow.vae;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The distribution of a column given the decoder's outputs. A likelihood is one class: it states what it needs,
 * computes log-density, gradient, mean and samples over a tile of elements, and reads and writes its own settings.
 * Adding one means its file, its test, and its line in {@link #READERS}.
 *
 * <p>All log-densities are in nats with every constant.
 */
public sealed interface Likelihood permits Bernoulli, Gaussian {

    /** How free parameters of a plane belong to the columns of a group. */
    enum Sharing {
        /** One value for the whole group. */
        GROUP,
        /** One value for each column. */
        COLUMN
    }

    /** The readers of the settings of each likelihood, by its {@link #name}; the caller refuses fields left over. */
    Map<String, Function<JsonReader, Likelihood>> READERS =
            Map.of(Bernoulli.NAME, settings -> new Bernoulli(), Gaussian.NAME, Gaussian::fromJson);

    /** The name in JSON and in configuration. */
    String name();

    /** Decoder outputs that each column needs, at least 1; the first one decides the mean. */
    int outputsPerColumn();

    /** Free parameters, trained but not computed by the decoder: one entry for each plane. */
    List<Sharing> freeParameters();

    /** The smallest value that the density is defined for. */
    float minimum();

    /** The largest value that the density is defined for. */
    float maximum();

    /** The first decoder output at which the expected value is {@code mean}, as near as the support allows. */
    float outputForMean(float mean);

    /** Adds this likelihood's settings. */
    void writeSettings(ObjectNode node);

    /** Reads {@code values, outputs, parameters}; writes {@code logDensities}. */
    void logDensity(LikelihoodTile tile);

    /**
     * Reads {@code values, outputs, parameters}; writes the log-density's derivatives to {@code outputGradients} and
     * {@code parameterGradients}.
     */
    void gradient(LikelihoodTile tile);

    /** Reads {@code outputs, parameters}; writes the expected value to {@code expected}. */
    void mean(LikelihoodTile tile);

    /**
     * Reads {@code outputs, parameters} and one uniform 32-bit word for each element; writes a draw to
     * {@code expected}.
     */
    void sample(LikelihoodTile tile, int[] bits);
}
