package elbow.vae.likelihood;

import elbow.base.JsonReader;
import java.util.Map;
import java.util.function.Function;

/**
 * The readers of the settings of each likelihood, by its name; the caller refuses fields left over. Apart from
 * {@link Likelihood}, because an interface that names its own implementations can lock up when two threads load them.
 */
public final class LikelihoodReaders {
    public static final Map<String, Function<JsonReader, Likelihood>> ALL = Map.of(
            Bernoulli.NAME, settings -> new Bernoulli(),
            Categorical.NAME, Categorical::fromJson,
            ContinuousBernoulli.NAME, settings -> new ContinuousBernoulli(),
            DiscretizedLogistic.NAME, DiscretizedLogistic::fromJson,
            Gaussian.NAME, Gaussian::fromJson,
            LogNormal.NAME, LogNormal::fromJson,
            NegativeBinomial.NAME, settings -> new NegativeBinomial(),
            Ordinal.NAME, Ordinal::fromJson,
            Poisson.NAME, settings -> new Poisson(),
            StudentT.NAME, StudentT::fromJson);

    private LikelihoodReaders() {}
}
