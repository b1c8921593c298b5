package elbow.vae.latent;

import elbow.base.JsonReader;
import java.util.Map;
import java.util.function.Function;

/**
 * The readers of the settings of priors and posteriors, by their names in JSON; the caller refuses fields left over.
 */
public final class LatentReaders {
    public static final Map<String, Function<JsonReader, Prior>> PRIORS = Map.of(
            StandardNormal.TYPE,
            settings -> new StandardNormal(),
            GaussianMixture.TYPE,
            GaussianMixture::fromJson,
            FlowPrior.TYPE,
            FlowPrior::fromJson,
            VampPrior.TYPE,
            VampPrior::fromJson);

    public static final Map<String, Function<JsonReader, Posterior>> POSTERIORS = Map.of(
            DiagonalGaussian.TYPE,
            settings -> new DiagonalGaussian(),
            PlanarFlows.TYPE,
            PlanarFlows::fromJson,
            InverseAutoregressiveFlows.TYPE,
            InverseAutoregressiveFlows::fromJson);

    private LatentReaders() {}
}
