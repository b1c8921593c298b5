package elbow.train.plan;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.math.Activation;
import elbow.vae.Convolutions;
import elbow.vae.VaeSpec;
import elbow.vae.latent.Posterior;
import elbow.vae.layer.TooManyParametersException;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.objective.Bound;
import elbow.vae.objective.Objective;
import elbow.vae.prior.Prior;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Resolves the configuration's {@code model} and {@code objective} sections against the data. */
final class VaeSpecResolver {
    private static final List<Integer> IMAGE_UNITS = List.of(512);
    private static final List<Integer> CONVOLUTION_UNITS = List.of(256);
    private static final int IMAGE_LATENT_SIZE = 20;
    private static final List<Integer> TABLE_UNITS = List.of(128, 128);
    private static final int LARGEST_TABLE_LATENT_SIZE = 32;

    private VaeSpecResolver() {}

    /** @param steps minibatch steps that a replica will make in the whole run */
    static VaeSpec resolve(Configuration configuration, FeatureEncoder encoder, long steps) {
        boolean images = encoder.image().isPresent();
        int columns = encoder.width();
        Optional<Convolutions> convolutions = ConvolutionResolver.resolve(configuration, encoder);
        List<Integer> encoderSizes = configuration
                .positiveIntsOrAuto("model.encoder-sizes")
                .orElse(convolutions.isPresent() ? CONVOLUTION_UNITS : images ? IMAGE_UNITS : TABLE_UNITS);
        List<Integer> decoderSizes =
                configuration.positiveIntsOrAuto("model.decoder-sizes").orElse(reversed(encoderSizes));
        int latentSize = configuration
                .positiveIntOrAuto("model.latent-size")
                .orElse(
                        !encoder.images().isEmpty()
                                ? IMAGE_LATENT_SIZE
                                : Math.min(
                                        LARGEST_TABLE_LATENT_SIZE,
                                        Math.max(2, encoder.modelled().size() / 2)));
        requireRoom(encoderSizes, decoderSizes, latentSize);
        Objective objective = ObjectiveResolver.resolve(configuration, encoder, steps);
        List<Integer> missing = missingColumns(encoder, objective);
        requireRoom("inputs", (long) columns + missing.size());
        List<LikelihoodGroup> likelihoods = likelihoods(configuration, encoder.likelihoods(), objective.bound());
        requireRoom(
                "outputs",
                likelihoods.stream().mapToLong(LikelihoodGroup::outputs).sum());
        convolutions.ifPresent(
                layers -> ConvolutionResolver.requireRoom(layers, columns + missing.size(), likelihoods, decoderSizes));
        HierarchyResolver hierarchy =
                new HierarchyResolver(configuration, latentSize, encoderSizes.get(encoderSizes.size() - 1));
        Prior prior = LatentResolver.prior(
                configuration,
                hierarchy.topSize(latentSize),
                hierarchy.topKey(),
                !encoder.conditions().isEmpty());
        Posterior posterior = LatentResolver.posterior(configuration);
        LatentResolver.requireFreeBits(configuration, objective.freeBits(), prior, posterior);
        Activation activation = configuration
                .choiceOrAuto("model.activation", Activation.class)
                .orElse(usual(images && convolutions.isEmpty(), likelihoods));
        VaeSpec.Builder parts = VaeSpec.builder(columns, latentSize);
        convolutions.ifPresent(parts::convolutions);
        hierarchy
                .kind()
                .ifPresentOrElse(
                        kind -> parts.upper(kind, hierarchy.layers(posterior, activation)),
                        () -> parts.posterior(posterior));
        VaeSpec spec = parts.encoder(encoderSizes)
                .decoder(decoderSizes)
                .activation(activation)
                .likelihoods(likelihoods)
                .conditions(encoder.conditionGroups())
                .inputTransform(encoder.inputTransform())
                .prior(prior)
                .objective(objective)
                .missingColumns(missing)
                .build();
        requireRoom(spec);
        return spec;
    }

    private static Activation usual(boolean plainImages, List<LikelihoodGroup> likelihoods) {
        return plainImages || hasRates(likelihoods) ? Activation.TANH : Activation.RELU;
    }

    // Where the objective hides variables, the encoder must see of every one that it is missing.
    private static List<Integer> missingColumns(FeatureEncoder encoder, Objective objective) {
        if (objective.maskShare() == 0) {
            return encoder.missingColumns();
        }
        Set<Feature> hidden = Set.copyOf(MaskShare.hideable(encoder));
        Check.usage(
                !hidden.isEmpty(),
                MaskShare.KEY,
                "be 0 for a model of images alone, which are there as a whole",
                objective.maskShare());
        return encoder.missingColumns(hidden::contains);
    }

    private static void requireRoom(List<Integer> encoderSizes, List<Integer> decoderSizes, int latentSize) {
        String rule = "be at most " + VaeSpec.MAXIMUM_WIDTH + " units in a layer";
        encoderSizes.forEach(
                size -> Check.usage(size <= VaeSpec.MAXIMUM_WIDTH, "model.encoder-sizes", rule, encoderSizes));
        decoderSizes.forEach(
                size -> Check.usage(size <= VaeSpec.MAXIMUM_WIDTH, "model.decoder-sizes", rule, decoderSizes));
        Check.usage(
                latentSize <= VaeSpec.MAXIMUM_WIDTH,
                "model.latent-size",
                "be at most " + VaeSpec.MAXIMUM_WIDTH,
                latentSize);
    }

    private static void requireRoom(String what, long needed) {
        if (needed > VaeSpec.MAXIMUM_WIDTH) {
            throw new ElbowException(
                    ErrorCategory.INPUT,
                    Message.of(
                            "the columns must need at most " + VaeSpec.MAXIMUM_WIDTH + " " + what
                                    + " of the network, but need " + needed + ": leave columns out (",
                            Parameter.IGNORE,
                            "), or give fewer categories a place of their own (data.maximum-categories)"));
        }
    }

    private static void requireRoom(VaeSpec spec) {
        try {
            spec.layout();
        } catch (TooManyParametersException e) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    e.getMessage() + ": make model.encoder-sizes and model.decoder-sizes smaller",
                    e);
        }
    }

    /**
     * Whether some decoder outputs are log rates: under relu they would be unbounded for outlying rows, and their
     * gradients would grow exponentially.
     */
    private static boolean hasRates(List<LikelihoodGroup> groups) {
        return groups.stream().anyMatch(group -> group.likelihood().hasLogRates());
    }

    /** The encoder's likelihoods, with the configured variance for those that learn one. */
    private static List<LikelihoodGroup> likelihoods(
            Configuration configuration, List<LikelihoodGroup> groups, Bound bound) {
        double floor = configuration.notNegativeDouble("model.variance-floor");
        Gaussian.Variance variance = configuration.choice("model.variance", LearnedVariance.class).variance;
        if (variance.isOptimal()) {
            Check.usage(
                    floor > 0,
                    "model.variance-floor",
                    "be above 0 with model.variance = " + configuration.text("model.variance"),
                    floor);
            Check.usage(
                    bound == Bound.ELBO,
                    "model.variance",
                    "not be optimal with objective.importance-weighted, for which the optimal variance has no closed"
                            + " form",
                    configuration.text("model.variance"));
        }
        return groups.stream()
                .map(group -> group.withLikelihood(group.likelihood().withLearnedVariance(variance, floor)))
                .toList();
    }

    private static List<Integer> reversed(List<Integer> sizes) {
        List<Integer> reversed = new ArrayList<>(sizes);
        Collections.reverse(reversed);
        return reversed;
    }

    private enum LearnedVariance {
        PER_COLUMN(Gaussian.Variance.PER_COLUMN),
        SHARED(Gaussian.Variance.SHARED),
        HETEROSCEDASTIC(Gaussian.Variance.HETEROSCEDASTIC),
        OPTIMAL(Gaussian.Variance.OPTIMAL_SHARED),
        OPTIMAL_PER_COLUMN(Gaussian.Variance.OPTIMAL_PER_COLUMN);

        private final Gaussian.Variance variance;

        LearnedVariance(Gaussian.Variance variance) {
            this.variance = variance;
        }
    }
}
