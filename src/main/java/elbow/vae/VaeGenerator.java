package elbow.vae;

import elbow.base.Check;
import elbow.math.FloatMemory;
import elbow.math.noise.NoiseStream;
import elbow.vae.input.RowBatch;
import elbow.vae.layer.LayerContext.Use;
import elbow.vae.likelihood.LikelihoodHead;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Goes from latents to rows: draws latents from the prior or from the posteriors of rows, and decodes them to expected
 * values or to draws. Works on one block of rows at a time: first its latents are set, by {@link #drawPrior},
 * {@link #encode} or {@link #put}, and with them the rows' conditions, if the model has such; then it is decoded, as
 * often as needed. Not thread-safe.
 *
 * <p>Where the network overflows, so that what the decoder says of a row is not finite, all values of the row that are
 * modelled are NaN.
 *
 * <p>As with {@link VaeScorer}, what comes of a row is a function of parameters, seed, the row's latents and its key
 * alone, bit for bit, on one CPU type and BLAS.
 */
public final class VaeGenerator implements AutoCloseable {
    private final VaeSpec spec;
    private final Network network;
    private final int latentSize;
    private final int outputs;
    private final int modelledColumns;
    // Of one row; none until a block is decoded.
    private float[] decoderOutput = new float[0];
    private @Nullable RowBatch encoded;
    private @Nullable RowBatch given;
    private int rows;
    private boolean decoded;

    /** Allocates the activations of one block of rows. */
    public VaeGenerator(VaeSpec spec) {
        this.spec = spec;
        network = new Network(spec, VaeScorer.ROOM, 1, Use.SCORING);
        latentSize = spec.latentSize();
        outputs = LikelihoodHead.outputs(spec.likelihoods());
        modelledColumns = spec.row().modelledColumns();
    }

    /** What the parameters belong to. */
    public VaeSpec spec() {
        return spec;
    }

    /** The most rows of a block. */
    public int blockRows() {
        return network.rows();
    }

    /** Takes the flattened parameters to use from now on, in place, as {@link VaeScorer#bind} does. */
    public void bind(FloatMemory flatParameters) {
        network.bind(flatParameters, null);
        network.begin();
    }

    /**
     * Sets the latents to draws from the prior of a model without conditions; that of a row is a function of seed and
     * the row's number alone.
     *
     * @param numbers of the rows, one for each row of the block
     */
    public void drawPrior(long seed, long[] numbers, int count) {
        Check.argument(!spec.isConditional(), "conditions", "be given to a model that has some", "none");
        begin(count);
        drawPrior(seed, numbers);
    }

    /**
     * Sets the latents to draws from the prior given conditions; that of a row is a function of seed, the row's number
     * and its conditions alone.
     *
     * @param numbers of the rows, one for each row of the batch
     * @param conditions at most {@link #blockRows} rows, with the conditions in their columns, or gaps there; nothing
     *     else of it is looked at
     * @throws IllegalArgumentException if a condition is none that there can be
     */
    public void drawPrior(long seed, long[] numbers, RowBatch conditions) {
        take(conditions);
        drawPrior(seed, numbers);
    }

    private void drawPrior(long seed, long[] numbers) {
        network.drawPrior(NoiseStream.PRIOR.key(seed, 0), numbers, rows);
    }

    private void take(RowBatch conditions) {
        network.require(conditions, blockRows());
        begin(conditions.count());
        RowBatch alone = conditions.withoutBefore(modelledColumns);
        network.load(alone, 0, rows, 0);
        given = alone;
    }

    /**
     * Encodes rows, and sets the latents to the posterior's means.
     *
     * @param batch at most {@link #blockRows} rows; kept until the next block
     * @param seed of the noise that the input may need
     */
    public void encode(RowBatch batch, long seed) {
        network.require(batch, blockRows());
        begin(batch.count());
        network.encode(batch, 0, rows, NoiseStream.SCORING_INPUT.key(seed, 0));
        encoded = batch;
        given = batch;
        network.latent().useMeans();
    }

    /**
     * Sets the latents to a draw from the posterior of each row that was encoded.
     *
     * @param sample tells a row's draws apart, at least 0
     * @throws IllegalStateException unless the block was set by {@link #encode}
     */
    public void drawPosterior(long seed, int sample) {
        RowBatch batch = requireEncoded();
        network.latent().sample(batch.keys(), 0, NoiseStream.SCORING_LATENT.key(seed, 0), sample);
        decoded = false;
    }

    /**
     * Copies means and logarithms of the variances of the posteriors of the rows that were encoded.
     *
     * @param means rows x latentSize, overwritten
     * @param logVariances rows x latentSize, overwritten
     * @throws IllegalStateException unless the block was set by {@link #encode}
     */
    public void copyPosterior(float[] means, float[] logVariances) {
        requireEncoded();
        for (int row = 0; row < rows; row++) {
            network.latent().copy(row, means, logVariances, row * latentSize);
        }
    }

    /**
     * Copies the latents that are set.
     *
     * @param latents rows x latentSize, overwritten
     * @throws IllegalStateException if none are
     */
    public void copyLatents(float[] latents) {
        requireLatents();
        network.latents().get(0, latents, rows * latentSize);
    }

    /**
     * Writes log p(z), in nats, of the latents that are set, under the conditions that are; of a model with one layer
     * of latents.
     *
     * @param logDensities one for each row of the block, overwritten
     */
    public void priorLogDensities(double[] logDensities) {
        Check.argument(rows > 0, "rows", "be set first", rows);
        Check.argument(
                !spec.latents().isDeep(),
                "latents",
                "be of one layer",
                spec.latents().kind());
        network.priorLogDensities(rows, logDensities);
    }

    /**
     * Sets the latents, of a model without conditions.
     *
     * @param latents count x latentSize
     */
    public void put(float[] latents, int count) {
        Check.argument(!spec.isConditional(), "conditions", "be given to a model that has some", "none");
        begin(count);
        network.latents().put(0, latents, count * latentSize);
    }

    /**
     * Sets the latents, and the conditions of their rows.
     *
     * @param latents a row for each of the batch, x latentSize
     * @param conditions as in {@link #drawPrior(long, long[], RowBatch)}
     */
    public void put(float[] latents, RowBatch conditions) {
        take(conditions);
        network.latents().put(0, latents, rows * latentSize);
    }

    /**
     * Writes the expected value of every column.
     *
     * @param expected rows x inputSize, overwritten; conditions as they were given
     * @throws IllegalStateException if no latents are set
     */
    public void expected(float[] expected) {
        decode();
        network.likelihood().means(rows, network.decoderOutput(), expected, 0);
        finish(expected);
    }

    /**
     * Writes a draw of every column.
     *
     * @param rowKeys the keys of the rows' noise
     * @param sample tells a row's draws apart, at least 0
     * @param drawn rows x inputSize, overwritten; conditions as they were given
     * @throws IllegalStateException if no latents are set
     */
    public void draw(long seed, long[] rowKeys, int sample, float[] drawn) {
        decode();
        long key = NoiseStream.VALUES.key(seed, 0);
        network.likelihood().draw(rows, network.decoderOutput(), key, rowKeys, sample, drawn, 0);
        finish(drawn);
    }

    private void finish(float[] values) {
        int columns = spec.inputSize();
        if (decoderOutput.length == 0) {
            decoderOutput = new float[outputs];
        }
        for (int row = 0; row < rows; row++) {
            if (!isFinite(row)) {
                Arrays.fill(values, row * columns, row * columns + modelledColumns, Float.NaN);
            }
            if (given != null && modelledColumns < columns) {
                int from = row * columns + modelledColumns;
                System.arraycopy(given.values(), from, values, from, columns - modelledColumns);
            }
        }
    }

    private boolean isFinite(int row) {
        network.decoderOutput().get(row * outputs, decoderOutput, outputs);
        for (float output : decoderOutput) {
            if (!Float.isFinite(output)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes log p(x|z) of the observed columns of one row, in nats, at each of the block's latents, under the
     * conditions of each. There is no posterior to draw from after it.
     *
     * @param row a batch of one row
     * @param logDensities one for each row of the block, overwritten
     * @throws IllegalStateException if no latents are set
     */
    public void logDensities(RowBatch row, double[] logDensities) {
        Check.argument(row.count() == 1, "rows of the batch", "be 1", row.count());
        decode();
        RowBatch repeated = repeated(row);
        // The latents have been decoded already, and stay so.
        network.load(repeated, 0, rows, 0);
        encoded = null;
        network.likelihood().logDensities(network.decoded(), 1, logDensities);
    }

    private RowBatch repeated(RowBatch row) {
        int columns = row.columns();
        RowBatch all = new RowBatch(columns, rows);
        byte @Nullable [] observed = row.observed();
        for (int i = 0; i < rows; i++) {
            System.arraycopy(row.values(), 0, all.values(), i * columns, columns);
            for (int column = 0; column < columns; column++) {
                all.mask()[i * columns + column] = observed == null ? 1 : observed[column];
            }
        }
        all.holdWithGaps(rows);
        return all;
    }

    @Override
    public void close() {
        network.close();
    }

    private void begin(int count) {
        network.parameters();
        Check.argument(count >= 1 && count <= blockRows(), "rows", "lie in 1.." + blockRows(), count);
        rows = count;
        encoded = null;
        given = null;
        decoded = false;
    }

    private void requireLatents() {
        if (rows == 0) {
            throw new IllegalStateException("drawPrior, encode or put must come first");
        }
    }

    private RowBatch requireEncoded() {
        if (encoded == null) {
            throw new IllegalStateException("encode must come first");
        }
        return encoded;
    }

    private void decode() {
        requireLatents();
        if (!decoded) {
            network.decode(rows);
            decoded = true;
        }
    }
}
