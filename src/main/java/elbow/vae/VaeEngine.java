package elbow.vae;

import elbow.base.Check;
import elbow.math.FloatMemory;
import elbow.math.Precision;
import elbow.math.noise.NoiseStream;
import elbow.vae.input.RowBatch;
import elbow.vae.latent.LatentLayer;
import elbow.vae.layer.LayerContext.Use;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.objective.ObjectiveGradient;
import org.jspecify.annotations.Nullable;

/**
 * Loss gradients of one replica. All memory is allocated at construction; a step allocates nothing. Not thread-safe:
 * one engine for each replica.
 *
 * <p>Off-heap memory is 4 bytes x maximumRows x (inputSize + encoder widths + 2 latentSize + widest encoder layer +
 * samples x (latentSize + decoder widths + outputSize + widest decoder layer)), as many as the encoder's inputs more
 * where the encoder sees other numbers than the likelihoods, activations without an invertible derivative (softplus,
 * GELU, SiLU) counting twice, and what posterior and prior say of themselves; convolutions have patches of a few
 * hundred kilobytes besides. Parameters and gradients belong to the caller and are worked on in place.
 */
public final class VaeEngine implements AutoCloseable {
    private final VaeSpec spec;
    private final int maximumRows;
    private final int samples;
    private final Network network;
    private final ObjectiveGradient objective;
    private final double[] reconstructions;
    private @Nullable FloatMemory gradients;

    /** An engine whose products are of float32, as below. */
    public VaeEngine(VaeSpec spec, int maximumRows) {
        this(spec, maximumRows, Precision.FLOAT32);
    }

    /**
     * @param spec what to train
     * @param maximumRows the largest minibatch, at least 1
     * @param precision of the products of dense layers, large ones at least
     * @throws IllegalArgumentException if a memory would be larger than a buffer can be
     * @throws IllegalStateException if this process cannot multiply in that precision
     */
    public VaeEngine(VaeSpec spec, int maximumRows, Precision precision) {
        this.spec = spec;
        this.maximumRows = Check.positive("maximumRows", maximumRows);
        samples = spec.objective().samples();
        network = new Network(spec, maximumRows, samples, Use.TRAINING, precision);
        objective = new ObjectiveGradient(spec.objective(), spec.latents().allLatents(), maximumRows);
        reconstructions = new double[maximumRows * samples];
    }

    /** Bytes of off-heap memory that an engine allocates, as given above. */
    public static long offHeapBytes(VaeSpec spec, int maximumRows) {
        return NetworkParts.trainingBytes(spec, maximumRows);
    }

    /** Rows of the largest minibatch of a spec that any engine can take; 0 or less if there is none. */
    public static long mostRows(VaeSpec spec) {
        return NetworkParts.mostRows(spec, spec.objective().samples());
    }

    /** What this engine trains. */
    public VaeSpec spec() {
        return spec;
    }

    /** Where each parameter stands. */
    public ParameterLayout layout() {
        return network.layout();
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
        network.bind(flatParameters, flatGradients);
        gradients = flatGradients;
    }

    /**
     * Overwrites the gradients by {@code gradientScale} x the gradient of the sum over the rows of the loss, the
     * negative objective.
     *
     * <p>Of rows with gaps the reconstruction is the sum over what is observed; the encoder sees 0 for what is missing
     * and, for the spec's missing columns, 1 in their own inputs. Columns that are none of these may be missing, too:
     * the encoder does not see that then.
     *
     * @param batch 1 to {@link #maximumRows} rows
     * @param seed of the training run
     * @param step global step, at least 0: decides the KL weight and, with seed and row key, the noise
     * @param gradientScale 1 for the gradient of the sum over rows, 1 / rows for that of the mean
     * @param statistics sums to add to; null if not wanted, which saves their computation
     * @throws IllegalArgumentException if a size does not fit or a value is NaN, infinite or outside its likelihood's
     *     support; the gradients are untouched then
     */
    public void gradient(
            RowBatch batch, long seed, long step, double gradientScale, @Nullable BatchStatistics statistics) {
        forward(batch, seed, step);
        int rows = batch.count();
        double klWeight = spec.objective().klWeight(step);
        LatentLayer latent = network.latent();
        if (objective.needsReconstructions() || statistics != null) {
            network.likelihood().logDensities(network.decoded(), samples, reconstructions);
        }
        if (statistics != null) {
            addStatistics(rows, klWeight, statistics);
        }
        objective.weigh(rows, klWeight, gradientScale, reconstructions, latent);
        network.likelihood().weightedGradient(network.decoded(), samples, objective.rowWeights(), boundGradients());
        network.backwardDecoder(rows * samples);
        objective.backward(network.latents(), klWeight, gradientScale, latent, network.encoderOutput());
        network.backwardEncoder(rows);
    }

    /**
     * The training loss of each row, the negative objective at that step, with the noise that {@link #gradient} would
     * draw for it; the gradients are untouched.
     *
     * @param batch 1 to {@link #maximumRows} rows
     * @param seed of the training run
     * @param step global step, at least 0
     * @param losses overwritten from 0 on, in nats; where the objective goes by the minibatch's mean KL divergence
     *     every row has the same share of that
     * @throws IllegalArgumentException as {@link #gradient}, or if there is no room for the losses
     */
    public void losses(RowBatch batch, long seed, long step, double[] losses) {
        if (losses.length < batch.count()) {
            Check.argument(false, "losses' length", "be at least " + batch.count(), losses.length);
        }
        forward(batch, seed, step);
        int rows = batch.count();
        double klWeight = spec.objective().klWeight(step);
        network.likelihood().logDensities(network.decoded(), samples, reconstructions);
        for (int row = 0; row < rows; row++) {
            losses[row] =
                    objective.loss(row, rows, klWeight, reconstruction(row, rows), reconstructions, network.latent());
        }
    }

    // All that comes before the loss.
    private void forward(RowBatch batch, long seed, long step) {
        network.require(batch, maximumRows);
        if (step < 0) {
            Check.argument(false, "step", "be at least 0", step);
        }
        network.parameters();
        int rows = batch.count();
        network.encode(batch, 0, rows, NoiseStream.TRAINING_INPUT.key(seed, step));
        network.latent().sample(batch.keys(), 0, NoiseStream.TRAINING_LATENT.key(seed, step), 0);
        network.decode(rows * samples);
        network.begin();
        network.likelihood().fit(network.decoded(), samples);
        objective.begin(rows, step, network.latent());
    }

    private double reconstruction(int row, int rows) {
        double reconstruction = 0;
        for (int at = row; at < rows * samples; at += rows) {
            reconstruction += reconstructions[at] / samples;
        }
        return reconstruction;
    }

    @Override
    public void close() {
        network.close();
    }

    private void addStatistics(int rows, double klWeight, BatchStatistics statistics) {
        LatentLayer latent = network.latent();
        for (int row = 0; row < rows; row++) {
            double reconstruction = reconstruction(row, rows);
            double bound = objective.importanceWeightedBound(row, rows, reconstructions, latent);
            double loss = objective.loss(row, rows, klWeight, reconstruction, reconstructions, latent);
            statistics.add(reconstruction, latent.kl(row, 0), bound, loss);
        }
    }

    private FloatMemory boundGradients() {
        if (gradients == null) {
            throw new IllegalStateException("bind must be called first");
        }
        return gradients;
    }
}
