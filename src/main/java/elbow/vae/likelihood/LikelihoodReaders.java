package elbow.vae.likelihood;

import elbow.base.JsonReader;
import java.util.Map;
import java.util.function.Function;

/**
 * The readers of the settings of each likelihood, by its name; the caller refuses fields left over. Apart from
 * {@link Likelihood}, because an interface that names its own implementations can lock up when two threads load them.
 */
public final class LikelihoodReaders {
    /** Of all likelihoods. */
    public static final Map<String, Function<JsonReader, Likelihood>> ALL = Map.ofEntries(
            Map.entry(Bernoulli.NAME, settings -> new Bernoulli()),
            Map.entry(Categorical.NAME, Categorical::fromJson),
            Map.entry(ContinuousBernoulli.NAME, settings -> new ContinuousBernoulli()),
            Map.entry(DiscretizedLogistic.NAME, DiscretizedLogistic::fromJson),
            Map.entry(Gaussian.NAME, Gaussian::fromJson),
            Map.entry(LogNormal.NAME, LogNormal::fromJson),
            Map.entry(NegativeBinomial.NAME, settings -> new NegativeBinomial()),
            Map.entry(Ordinal.NAME, Ordinal::fromJson),
            Map.entry(PointMasses.NAME, PointMasses::fromJson),
            Map.entry(Poisson.NAME, settings -> new Poisson()),
            Map.entry(StudentT.NAME, StudentT::fromJson));

    private LikelihoodReaders() {}
}
