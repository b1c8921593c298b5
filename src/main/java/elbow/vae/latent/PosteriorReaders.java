package elbow.vae.latent;

import elbow.base.JsonReader;
import java.util.Map;
import java.util.function.Function;

/** The readers of the settings of posteriors, by their names in JSON; the caller refuses fields left over. */
public final class PosteriorReaders {
    /** Of all posteriors. */
    public static final Map<String, Function<JsonReader, Posterior>> ALL = Map.of(
            DiagonalGaussian.TYPE,
            settings -> new DiagonalGaussian(),
            PlanarFlows.TYPE,
            PlanarFlows::fromJson,
            InverseAutoregressiveFlows.TYPE,
            InverseAutoregressiveFlows::fromJson);

    private PosteriorReaders() {}
}
