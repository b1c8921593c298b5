package elbow.vae;

import elbow.base.Check;
import elbow.math.Activation;
import elbow.vae.input.InputTransform;
import elbow.vae.input.RowSpec;
import elbow.vae.latent.DiagonalGaussian;
import elbow.vae.latent.Hierarchy;
import elbow.vae.latent.LatentHierarchy;
import elbow.vae.latent.LatentSpec;
import elbow.vae.latent.Posterior;
import elbow.vae.layer.DenseSpec;
import elbow.vae.layer.LayerSpec;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Likelihood;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.objective.Bound;
import elbow.vae.objective.Objective;
import elbow.vae.prior.EncodedPrior;
import elbow.vae.prior.Prior;
import elbow.vae.prior.StandardNormal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A variational autoencoder as a tree: rows, layers of latents with the encoder and decoder layers between them, the
 * prior at the top, and the objective; everything but the parameters' values. Immutable.
 *
 * @param row what a row holds: groups of columns with their likelihoods, and conditions
 * @param latentLayers from the data upwards, at least one
 * @param hierarchy how several layers hang together; {@link Hierarchy#BOTTOM_UP} for one
 * @param prior of the topmost latents
 * @param objective what training maximises
 */
public record VaeSpec(
        RowSpec row, List<LatentSpec> latentLayers, Hierarchy hierarchy, Prior prior, Objective objective) {

    /** The widest layer allowed. */
    public static final int MAXIMUM_WIDTH = LayerSpec.MAXIMUM_WIDTH;

    public VaeSpec {
        latentLayers = List.copyOf(latentLayers);
        LatentHierarchy latents = new LatentHierarchy(hierarchy, latentLayers);
        long outputs = row.groups().stream().mapToLong(LikelihoodGroup::outputs).sum();
        Check.argument(
                outputs <= MAXIMUM_WIDTH, "likelihoods", "need at most " + MAXIMUM_WIDTH + " decoder outputs", outputs);
        width("inputSize and missingColumns", row.encoderInputs());
        for (LatentSpec latent : latentLayers) {
            width("latentSize", latent.size());
            latent.encoder().forEach(layer -> width("encoder", layer.outputs()));
            latent.decoder().forEach(layer -> width("decoder", layer.outputs()));
            latent.output().ifPresent(layer -> width("output", layer.outputs()));
        }
        latents.requireFits(prior, row.conditionInputs());
        Check.argument(
                objective.freeBits() == 0 || latents.hasKlByLatent(prior),
                "freeBits",
                "be 0 with the " + sampled(latents, prior) + ", whose KL divergence has no closed form by latent",
                objective.freeBits());
        Check.argument(
                objective.maskShare() == 0 || row.missingColumns().size() > row.missingConditions(),
                "maskShare",
                "be 0 unless the encoder can be told that a variable is missing",
                objective.maskShare());
        boolean optimal =
                row.modelled().stream().anyMatch(group -> group.likelihood().hasOptimalVariance());
        Check.argument(
                !optimal || objective.bound() == Bound.ELBO,
                "variance",
                "be no optimal one with the importance-weighted bound, for which it has no closed form",
                "optimal");
        NetworkParts.requireFits(row, latents.lowest());
    }

    private static String sampled(LatentHierarchy latents, Prior prior) {
        if (!new DiagonalGaussian().hasClosedKl(prior)) {
            return "prior " + prior.type();
        }
        Posterior posterior = latents.top().posterior();
        return posterior.hasClosedKl(prior) ? "hierarchy " + latents.kind() : "posterior " + posterior.type();
    }

    /** Starts a spec with {@code inputSize} Bernoulli columns, tanh layers and the plain ELBO. */
    public static Builder builder(int inputSize, int latentSize) {
        return new Builder(inputSize, latentSize);
    }

    /** Encoded columns of a row: those that are modelled, then those of conditions. */
    public int inputSize() {
        return row.columns();
    }

    /** Latent dimensions of the lowest layer, which is what is meant by a row's latents. */
    public int latentSize() {
        return latent().size();
    }

    /** Widths of the encoder's hidden layers from the input on to the lowest latents. */
    public List<Integer> encoderSizes() {
        return latent().encoder().stream().map(LayerSpec::outputs).toList();
    }

    /** Widths of the decoder's hidden layers from the lowest latents on. */
    public List<Integer> decoderSizes() {
        return latent().decoder().stream().map(LayerSpec::outputs).toList();
    }

    /** The sizes of what passes from layer to layer, for people: 784-512-20-512-784. */
    public String shape() {
        List<String> sizes = new ArrayList<>();
        sizes.add(String.valueOf(inputSize()));
        for (LatentSpec latent : latentLayers) {
            latent.encoder().forEach(layer -> sizes.add(layer.shape()));
            sizes.add(String.valueOf(latent.size()));
        }
        for (int i = latentLayers.size() - 1; i >= 0; i--) {
            latentLayers.get(i).decoder().forEach(layer -> sizes.add(layer.shape()));
            if (i > 0) {
                sizes.add(String.valueOf(latentLayers.get(i - 1).size()));
            }
        }
        sizes.add(latent().output().map(LayerSpec::shape).orElse(String.valueOf(row.modelledColumns())));
        return String.join("-", sizes);
    }

    /** The groups of columns that are modelled, in order. */
    public List<LikelihoodGroup> likelihoods() {
        return row.modelled();
    }

    /** Whether rows have conditions: all that the model says is then said given them. */
    public boolean isConditional() {
        return row.conditionColumns() > 0;
    }

    /**
     * Where each parameter stands in one flattened vector: the encoder's layers, the posterior's layer (means, then
     * log-variances), the decoder's layers, the output layer (group by group, plane by plane), the likelihoods' free
     * parameters, what posterior and prior have of their own, the pseudo-inputs; then of each layer of latents above
     * the lowest the encoder and the decoder to the layer below. Each layer's weights come before its bias.
     *
     * @throws elbow.vae.layer.TooManyParametersException if there are more parameters than one buffer holds
     */
    public ParameterLayout layout() {
        return NetworkParts.layout(this);
    }

    /** Rows of the prior's own that go through the encoder with those of each minibatch; 0 for most priors. */
    public int pseudoInputs() {
        return prior instanceof EncodedPrior encoded ? encoded.pseudoInputs() : 0;
    }

    /** Whether KL(q(z|x) || p(z)) is given in closed form; else it is a mean over samples. */
    public boolean hasClosedKl() {
        return latents().hasClosedKl(prior);
    }

    /** All layers of latents, and how they hang together. */
    public LatentHierarchy latents() {
        return new LatentHierarchy(hierarchy, latentLayers);
    }

    /** The lowest layer. */
    LatentSpec latent() {
        return latentLayers.get(0);
    }

    private static void width(String name, int size) {
        Check.argument(size >= 1 && size <= MAXIMUM_WIDTH, name, "lie in 1.." + MAXIMUM_WIDTH, size);
    }

    /**
     * Collects the parts of a spec with dense layers, and one layer of latents or more; {@link #build} validates them.
     */
    public static final class Builder {
        private final int inputSize;
        private final int latentSize;
        private List<Integer> encoderSizes = List.of();
        private List<Integer> decoderSizes = List.of();
        private Activation activation = Activation.TANH;
        private List<LikelihoodGroup> likelihoods;
        private List<LikelihoodGroup> conditions = List.of();
        private InputTransform inputTransform = InputTransform.NONE;
        private Posterior posterior = new DiagonalGaussian();
        private Hierarchy hierarchy = Hierarchy.BOTTOM_UP;
        private List<LatentSpec> upper = List.of();
        private Prior prior = new StandardNormal();
        private Objective objective = Objective.PLAIN;
        private List<Integer> missingColumns = List.of();
        private Optional<Convolutions> convolutions = Optional.empty();

        private Builder(int inputSize, int latentSize) {
            this.inputSize = inputSize;
            this.latentSize = latentSize;
            width("inputSize", inputSize);
            this.likelihoods = List.of(new LikelihoodGroup(new Bernoulli(), inputSize));
        }

        /** Widths of the encoder's hidden layers from the input on; none for a linear encoder. */
        public Builder encoder(Integer... sizes) {
            return encoder(Arrays.asList(sizes));
        }

        /** As {@link #encoder(Integer...)}. */
        public Builder encoder(List<Integer> sizes) {
            encoderSizes = List.copyOf(sizes);
            return this;
        }

        /** Widths of the decoder's hidden layers from the latents on; none for a linear decoder. */
        public Builder decoder(Integer... sizes) {
            return decoder(Arrays.asList(sizes));
        }

        /** As {@link #decoder(Integer...)}. */
        public Builder decoder(List<Integer> sizes) {
            decoderSizes = List.copyOf(sizes);
            return this;
        }

        /** Convolutions before the encoder's hidden layers and after the decoder's; none unless they are given. */
        public Builder convolutions(Convolutions layers) {
            convolutions = Optional.of(layers);
            return this;
        }

        /** Activation of all hidden layers. */
        public Builder activation(Activation function) {
            activation = function;
            return this;
        }

        /** One likelihood for all columns. */
        public Builder likelihood(Likelihood likelihood) {
            return likelihoods(List.of(new LikelihoodGroup(likelihood, inputSize)));
        }

        /** Likelihoods by group of columns. */
        public Builder likelihoods(List<LikelihoodGroup> groups) {
            likelihoods = groups;
            return this;
        }

        /** Groups of columns that are given, after those of the likelihoods. */
        public Builder conditions(List<LikelihoodGroup> groups) {
            conditions = groups;
            return this;
        }

        /** Binarisation. */
        public Builder inputTransform(InputTransform transform) {
            inputTransform = transform;
            return this;
        }

        /** Layers of latents above the one that rows hang on, from it upwards, and how they all hang together. */
        public Builder upper(Hierarchy kind, List<LatentSpec> layers) {
            hierarchy = kind;
            upper = List.copyOf(layers);
            return this;
        }

        /** What q(z|x) of the lowest layer is. */
        public Builder posterior(Posterior family) {
            posterior = family;
            return this;
        }

        /** What p(z) of the topmost layer is. */
        public Builder prior(Prior distribution) {
            prior = distribution;
            return this;
        }

        /** What training maximises. */
        public Builder objective(Objective value) {
            objective = value;
            return this;
        }

        /** Variables that rows may lack. */
        public Builder missingColumns(List<Integer> columns) {
            missingColumns = columns;
            return this;
        }

        /**
         * The spec.
         *
         * @throws IllegalArgumentException if a part breaks its rule
         */
        public VaeSpec build() {
            List<LikelihoodGroup> groups =
                    Stream.concat(likelihoods.stream(), conditions.stream()).toList();
            RowSpec row = new RowSpec(groups, inputTransform, missingColumns);
            Check.argument(
                    row.columns() == inputSize,
                    "likelihoods",
                    "cover all " + inputSize + " input columns",
                    row.columns());
            List<LatentSpec> latentLayers =
                    Stream.concat(Stream.of(lowest(row)), upper.stream()).toList();
            return new VaeSpec(row, latentLayers, hierarchy, prior, objective);
        }

        private LatentSpec lowest(RowSpec row) {
            List<LayerSpec> encoder = dense(encoderSizes);
            List<LayerSpec> decoder = dense(decoderSizes);
            if (convolutions.isEmpty()) {
                return new LatentSpec(encoder, latentSize, posterior, decoder);
            }
            Convolutions layers = convolutions.get();
            layers.requirePixels(row.modelled());
            return new LatentSpec(
                    layers.encoder(row.encoderInputs(), encoder, activation),
                    latentSize,
                    posterior,
                    layers.decoder(decoder, row.modelled(), activation),
                    Optional.of(layers.output(decoder, row.modelled())));
        }

        private List<LayerSpec> dense(List<Integer> sizes) {
            return sizes.stream()
                    .<LayerSpec>map(size -> new DenseSpec(size, activation))
                    .toList();
        }
    }
}
