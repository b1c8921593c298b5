package elbow.vae.prior;

import elbow.base.JsonReader;
import java.util.Map;
import java.util.function.Function;

/** The readers of the settings of priors, by their names in JSON; the caller refuses fields left over. */
public final class PriorReaders {
    /** Of all priors. */
    public static final Map<String, Function<JsonReader, Prior>> ALL = Map.of(
            StandardNormal.TYPE,
            settings -> new StandardNormal(),
            GaussianMixture.TYPE,
            GaussianMixture::fromJson,
            FlowPrior.TYPE,
            FlowPrior::fromJson,
            VampPrior.TYPE,
            VampPrior::fromJson,
            ConditionalGaussian.TYPE,
            ConditionalGaussian::fromJson);

    private PriorReaders() {}
}
