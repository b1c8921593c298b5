package elbow.vae;

import elbow.base.Check;
import elbow.math.FloatMemory;
import elbow.math.LogSumExp;
import elbow.vae.input.InputLoader;
import elbow.vae.latent.GaussianPosteriorHead;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.layer.Sequence;
import elbow.vae.layer.Workspace;
import elbow.vae.likelihood.LikelihoodHead;
import elbow.vae.objective.Bound;
import elbow.vae.objective.Objective;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Loss gradients of one replica. All memory is allocated at construction; a step allocates nothing. Not thread-safe:
 * one engine for each replica.
 *
 * <p>Off-heap memory is 4 bytes x maximumRows x (inputSize + encoder widths + 2 latentSize + widest encoder layer +
 * samples x (latentSize + decoder widths + outputSize + widest decoder layer)), encoderInputSize more where the encoder
 * sees other numbers than the likelihoods, activations without an invertible derivative (softplus, GELU, SiLU) counting
 * twice. Parameters and gradients belong to the caller and are worked on in place.
 */
public final class VaeEngine implements AutoCloseable {
    private final VaeSpec spec;
    private final ParameterLayout layout;
    private final int maximumRows;
    private final int samples;
    private final FloatMemory inputMemory;
    private final FloatMemory encoderInput;
    private final InputLoader input;
    private final Sequence encoder;
    private final FloatMemory latents;
    private final GaussianPosteriorHead posterior;
    private final Sequence decoder;
    private final LikelihoodHead likelihood;
    private final double[] reconstructions;
    private final double[] logWeights;
    private final double[] normalizedWeights;
    private final float[] rowWeights;
    private @Nullable FloatMemory parameters;
    private @Nullable FloatMemory gradients;

    /**
     * @param spec what to train
     * @param maximumRows the largest minibatch, at least 1
     * @throws IllegalArgumentException if a memory would be larger than a buffer can be
     */
    public VaeEngine(VaeSpec spec, int maximumRows) {
        this.spec = spec;
        this.layout = ParameterLayout.of(spec);
        this.maximumRows = Check.positive("maximumRows", maximumRows);
        this.samples = spec.objective().samples();
        Sizes.check(spec, maximumRows, samples);
        int decoderRows = maximumRows * samples;
        Workspace workspace = new Workspace(Sizes.widest(spec));
        inputMemory = FloatMemory.allocate((long) maximumRows * spec.inputSize());
        encoderInput = InputLoader.sharesMemory(spec)
                ? inputMemory
                : FloatMemory.allocate((long) maximumRows * spec.encoderInputSize());
        input = new InputLoader(spec, inputMemory, encoderInput);
        encoder = Sizes.encoder(spec, layout, maximumRows, workspace);
        latents = FloatMemory.allocate((long) decoderRows * spec.latentSize());
        posterior = new GaussianPosteriorHead(spec.latentSize(), maximumRows, samples, latents);
        decoder = Sizes.decoder(spec, layout, decoderRows, workspace);
        likelihood = new LikelihoodHead(spec, layout);
        reconstructions = new double[decoderRows];
        logWeights = new double[decoderRows];
        normalizedWeights = new double[decoderRows];
        rowWeights = new float[decoderRows];
    }

    /** Bytes of off-heap memory that an engine allocates, as given above. */
    public static long offHeapBytes(VaeSpec spec, int maximumRows) {
        return Sizes.activationBytes(spec, maximumRows);
    }

    /** What this engine trains. */
    public VaeSpec spec() {
        return spec;
    }

    /** Where each parameter stands. */
    public ParameterLayout layout() {
        return layout;
    }

    /** The largest minibatch. */
    public int maximumRows() {
        return maximumRows;
    }

    /**
     * Takes the flattened parameters and gradients to work on from now on, in place. To be repeated only when the
     * memory itself changes, not its content.
     *
     * @throws IllegalArgumentException if one is not as long as the layout
     */
    public void bind(FloatMemory flatParameters, FloatMemory flatGradients) {
        String rule = "be " + layout.length() + ", as the layout is";
        Check.argument(flatParameters.length() == layout.length(), "parameters' length", rule, flatParameters.length());
        Check.argument(flatGradients.length() == layout.length(), "gradients' length", rule, flatGradients.length());
        parameters = flatParameters;
        gradients = flatGradients;
        encoder.bind(flatParameters, flatGradients);
        decoder.bind(flatParameters, flatGradients);
    }

    /**
     * Overwrites the gradients by {@code gradientScale} x the gradient of the sum over the rows of the loss, the
     * negative objective.
     *
     * @param rows row-major, rowCount x inputSize, encoded
     * @param rowCount 1 to {@link #maximumRows}
     * @param rowKeys the key of each row's noise
     * @param seed of the training run
     * @param step global step, at least 0: decides the KL weight and, with seed and row key, the noise
     * @param gradientScale 1 for the gradient of the sum over rows, 1 / rowCount for that of the mean
     * @param statistics sums to add to; null if not wanted, which saves their computation
     * @throws IllegalArgumentException if a size does not fit or a value is NaN, infinite or outside its likelihood's
     *     support; the gradients are untouched then
     */
    public void gradient(
            float[] rows,
            int rowCount,
            long[] rowKeys,
            long seed,
            long step,
            double gradientScale,
            @Nullable BatchStatistics statistics) {
        gradient(rows, null, rowCount, rowKeys, seed, step, gradientScale, statistics);
    }

    /**
     * As {@link #gradient(float[], int, long[], long, long, double, BatchStatistics)}, of rows with gaps: the
     * reconstruction is the sum over what is observed, and the encoder sees 0 for what is missing and, for the spec's
     * missing columns, 1 in their own inputs. What stands in {@code rows} for a missing entry has no influence.
     *
     * @param observed a byte for each element of {@code rows}: 1 if it is observed, 0 if it is missing; the same for
     *     all columns of a variable; null if everything is observed. Columns that are none of the spec's missing
     *     columns may be missing, too: the encoder is not told then
     */
    public void gradient(
            float[] rows,
            byte @Nullable [] observed,
            int rowCount,
            long[] rowKeys,
            long seed,
            long step,
            double gradientScale,
            @Nullable BatchStatistics statistics) {
        Sizes.checkRows(rows.length, rowCount, rowKeys.length, maximumRows, spec.inputSize());
        Sizes.checkObserved(observed, rowCount, spec.inputSize());
        if (step < 0) {
            Check.argument(false, "step", "be at least 0", step);
        }
        FloatMemory bound = bound(parameters);
        input.load(rows, observed, rowKeys, 0, rowCount, NoiseStream.TRAINING_INPUT.key(seed, step));
        double klWeight = spec.objective().klWeight(step);
        boolean importanceWeighted = spec.objective().bound() == Bound.IMPORTANCE_WEIGHTED;

        float @Nullable [] present = input.gaps().present();
        encoder.forward(rowCount, encoderInput);
        posterior.read(rowCount, encoder.output());
        posterior.sample(rowCount, rowKeys, 0, NoiseStream.TRAINING_LATENT.key(seed, step), 0);
        decoder.forward(rowCount * samples, latents);
        likelihood.begin(bound);
        if (importanceWeighted || statistics != null) {
            likelihood.logDensities(rowCount, samples, inputMemory, present, decoder.output(), reconstructions);
        }
        if (statistics != null) {
            addStatistics(rowCount, klWeight, statistics);
        }
        weigh(rowCount, klWeight, gradientScale);
        likelihood.weightedGradient(
                rowCount, samples, inputMemory, present, decoder.output(), rowWeights, bound(gradients));
        decoder.backward(rowCount * samples, latents, decoder.output());
        // Their values have served.
        FloatMemory latentGradient = latents;
        decoder.inputGradient(rowCount * samples, latentGradient);
        if (importanceWeighted) {
            posterior.backwardImportanceWeighted(
                    rowCount, latentGradient, normalizedWeights, klWeight, gradientScale, encoder.output());
        } else {
            double freeBits = spec.objective().freeBits();
            posterior.backwardElbo(rowCount, latentGradient, klWeight, freeBits, gradientScale, encoder.output());
        }
        encoder.backward(rowCount, encoderInput, encoder.output());
    }

    @Override
    public void close() {
        inputMemory.close();
        if (encoderInput != inputMemory) {
            encoderInput.close();
        }
        encoder.close();
        latents.close();
        decoder.close();
    }

    private void weigh(int rowCount, double klWeight, double gradientScale) {
        if (spec.objective().bound() == Bound.ELBO) {
            Arrays.fill(rowWeights, 0, rowCount * samples, (float) (-gradientScale / samples));
            return;
        }
        for (int row = 0; row < rowCount; row++) {
            double total = logTotalWeight(row, rowCount, klWeight);
            for (int at = row; at < rowCount * samples; at += rowCount) {
                normalizedWeights[at] = Math.exp(logWeights[at] - total);
                rowWeights[at] = (float) (-gradientScale * normalizedWeights[at]);
            }
        }
    }

    // log of the sum over samples of p(x|z) (p(z) / q(z|x))^klWeight.
    private double logTotalWeight(int row, int rowCount, double klWeight) {
        for (int at = row; at < rowCount * samples; at += rowCount) {
            logWeights[at] = reconstructions[at] + klWeight * posterior.logRatio(at, row);
        }
        return LogSumExp.of(logWeights, row, rowCount, samples);
    }

    private void addStatistics(int rowCount, double klWeight, BatchStatistics statistics) {
        Objective objective = spec.objective();
        double logSamples = Math.log(samples);
        for (int row = 0; row < rowCount; row++) {
            double reconstruction = 0;
            for (int at = row; at < rowCount * samples; at += rowCount) {
                reconstruction += reconstructions[at] / samples;
            }
            double importanceWeightedBound = logTotalWeight(row, rowCount, 1) - logSamples;
            double loss = objective.bound() == Bound.ELBO
                    ? klWeight * posterior.kl(row, objective.freeBits()) - reconstruction
                    : logSamples - logTotalWeight(row, rowCount, klWeight);
            statistics.add(reconstruction, posterior.kl(row, 0), importanceWeightedBound, loss);
        }
    }

    private static FloatMemory bound(@Nullable FloatMemory memory) {
        if (memory == null) {
            throw new IllegalStateException("bind must be called first");
        }
        return memory;
    }
}
