package elbow.vae;

import elbow.base.Check;
import elbow.math.Activation;
import elbow.vae.input.InputTransform;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Likelihood;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.objective.Objective;
import java.util.List;
import java.util.TreeSet;

/**
 * A variational autoencoder: shape, likelihoods and objective; everything but the parameters' values. Immutable.
 *
 * @param inputSize encoded columns, the sum of the groups' columns
 * @param encoderSizes widths of the encoder's hidden layers from the input on; empty for a linear encoder
 * @param decoderSizes widths of the decoder's hidden layers from the latents on; empty for a linear decoder
 * @param latentSize latent dimensions
 * @param activation of all hidden layers
 * @param likelihoods groups that cover the columns in order
 * @param inputTransform what happens to the columns of Bernoulli groups; needs such a group unless it is NONE
 * @param objective what training maximises
 * @param missingColumns the variables that training rows may lack, by their (first) encoded column, ascending: for each
 *     of them the encoder has an input more, 1 where the variable is missing and 0 where it is observed
 */
public record VaeSpec(
        int inputSize,
        List<Integer> encoderSizes,
        List<Integer> decoderSizes,
        int latentSize,
        Activation activation,
        List<LikelihoodGroup> likelihoods,
        InputTransform inputTransform,
        Objective objective,
        List<Integer> missingColumns) {

    /** The widest layer allowed; keeps every size computation far from overflow. */
    public static final int MAXIMUM_WIDTH = 1 << 20;

    public VaeSpec {
        encoderSizes = List.copyOf(encoderSizes);
        decoderSizes = List.copyOf(decoderSizes);
        likelihoods = List.copyOf(likelihoods);
        width("inputSize", inputSize);
        width("latentSize", latentSize);
        encoderSizes.forEach(size -> width("encoderSizes", size));
        decoderSizes.forEach(size -> width("decoderSizes", size));
        long covered = likelihoods.stream().mapToLong(LikelihoodGroup::columns).sum();
        Check.argument(covered == inputSize, "likelihoods", "cover all " + inputSize + " input columns", covered);
        long outputs = likelihoods.stream()
                .mapToLong(
                        group -> (long) group.planeWidth() * group.likelihood().outputPlanes())
                .sum();
        Check.argument(
                outputs <= MAXIMUM_WIDTH, "likelihoods", "need at most " + MAXIMUM_WIDTH + " decoder outputs", outputs);
        Check.argument(
                inputTransform == InputTransform.NONE || likelihoods.stream().anyMatch(VaeSpec::isBernoulli),
                "inputTransform",
                "be NONE without a Bernoulli group",
                inputTransform);
        missingColumns = List.copyOf(missingColumns);
        requireVariables(likelihoods, missingColumns);
        width("inputSize and missingColumns", inputSize + missingColumns.size());
    }

    /** A spec whose columns are never missing. */
    public VaeSpec(
            int inputSize,
            List<Integer> encoderSizes,
            List<Integer> decoderSizes,
            int latentSize,
            Activation activation,
            List<LikelihoodGroup> likelihoods,
            InputTransform inputTransform,
            Objective objective) {
        this(
                inputSize,
                encoderSizes,
                decoderSizes,
                latentSize,
                activation,
                likelihoods,
                inputTransform,
                objective,
                List.of());
    }

    /** Starts a spec with {@code inputSize} Bernoulli columns, tanh layers and the plain ELBO. */
    public static Builder builder(int inputSize, int latentSize) {
        return new Builder(inputSize, latentSize);
    }

    /** Number of decoder outputs: what the likelihoods need for all columns. */
    public int outputSize() {
        return likelihoods.stream().mapToInt(LikelihoodGroup::outputs).sum();
    }

    /** Number of encoder inputs: the encoded columns, then one for each of {@link #missingColumns}. */
    public int encoderInputSize() {
        return inputSize + missingColumns.size();
    }

    /** Number of variables: of encoded columns, those of one category counting as one. */
    public int variables() {
        return likelihoods.stream().mapToInt(LikelihoodGroup::variables).sum();
    }

    public static boolean isBernoulli(LikelihoodGroup group) {
        return group.likelihood() instanceof Bernoulli;
    }

    private static void requireVariables(List<LikelihoodGroup> likelihoods, List<Integer> missingColumns) {
        TreeSet<Integer> variables = new TreeSet<>();
        int column = 0;
        for (LikelihoodGroup group : likelihoods) {
            int end = column + group.columns();
            for (; column < end; column += group.likelihood().columnsPerVariable()) {
                variables.add(column);
            }
        }
        int last = -1;
        for (int missing : missingColumns) {
            Check.argument(missing > last, "missingColumns", "be ascending", missingColumns);
            Check.argument(variables.contains(missing), "missingColumns", "be a variable's first column", missing);
            last = missing;
        }
    }

    private static void width(String name, int size) {
        Check.argument(size >= 1 && size <= MAXIMUM_WIDTH, name, "lie in 1.." + MAXIMUM_WIDTH, size);
    }

    /** Collects the parts of a spec; {@link #build} validates them. */
    public static final class Builder {
        private final int inputSize;
        private final int latentSize;
        private List<Integer> encoderSizes = List.of();
        private List<Integer> decoderSizes = List.of();
        private Activation activation = Activation.TANH;
        private List<LikelihoodGroup> likelihoods;
        private InputTransform inputTransform = InputTransform.NONE;
        private Objective objective = Objective.PLAIN;
        private List<Integer> missingColumns = List.of();

        private Builder(int inputSize, int latentSize) {
            this.inputSize = inputSize;
            this.latentSize = latentSize;
            this.likelihoods = List.of(new LikelihoodGroup(new Bernoulli(), inputSize));
        }

        /** Hidden layers of the encoder. */
        public Builder encoder(Integer... sizes) {
            encoderSizes = List.of(sizes);
            return this;
        }

        /** Hidden layers of the decoder. */
        public Builder decoder(Integer... sizes) {
            decoderSizes = List.of(sizes);
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

        /** Binarisation. */
        public Builder inputTransform(InputTransform transform) {
            inputTransform = transform;
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
            return new VaeSpec(
                    inputSize,
                    encoderSizes,
                    decoderSizes,
                    latentSize,
                    activation,
                    likelihoods,
                    inputTransform,
                    objective,
                    missingColumns);
        }
    }
}
