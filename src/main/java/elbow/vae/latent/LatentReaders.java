package elbow.vae.latent;

import elbow.base.JsonReader;
import java.util.Map;
import java.util.function.Function;

/**
 * The readers of the settings of priors and posteriors, by their names in JSON; the caller refuses fields left over.
 */
public final class LatentReaders {
    public static final Map<String, Function<JsonReader, Prior>> PRIORS =
            Map.of(StandardNormal.TYPE, settings -> new StandardNormal());

    public static final Map<String, Function<JsonReader, Posterior>> POSTERIORS =
            Map.of(DiagonalGaussian.TYPE, settings -> new DiagonalGaussian());

    private LatentReaders() {}
}
