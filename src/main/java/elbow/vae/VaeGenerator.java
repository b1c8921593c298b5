package elbow.vae;

import elbow.base.Check;
import elbow.math.FloatMemory;
import elbow.math.noise.NoiseStream;
import elbow.vae.input.RowBatch;
import elbow.vae.layer.LayerContext.Use;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Goes from latents to rows: draws latents from the prior or from the posteriors of rows, and decodes them to expected
 * values or to draws; of a model with conditions it encodes alone. Works on one block of rows at a time: first its
 * latents are set, by {@link #drawPrior}, {@link #encode} or {@link #put}; then it is decoded, as often as needed. Not
 * thread-safe.
 *
 * <p>As with {@link VaeScorer}, what comes of a row is a function of parameters, seed, the row's latents and its key
 * alone, bit for bit, on one CPU type and BLAS.
 */
public final class VaeGenerator implements AutoCloseable {
    private final VaeSpec spec;
    private final Network network;
    private final float[] one;
    private final float[] many;
    private @Nullable RowBatch encoded;
    private int rows;
    private boolean decoded;

    /** Allocates the activations of one block of rows. */
    public VaeGenerator(VaeSpec spec) {
        this.spec = spec;
        network = new Network(spec, VaeScorer.ROOM, 1, Use.SCORING);
        one = new float[spec.latentSize()];
        many = new float[Math.multiplyExact(network.rows(), spec.latentSize())];
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
     * Sets the latents to draws from the prior; that of a row is a function of seed and the row's number alone.
     *
     * @param numbers of the rows, one for each row of the block
     */
    public void drawPrior(long seed, long[] numbers, int count) {
        requireUnconditional();
        begin(count);
        long key = NoiseStream.PRIOR.key(seed, 0);
        if (areConsecutive(numbers, count)) {
            network.prior().draw(key, numbers[0], count, many);
        } else {
            for (int row = 0; row < count; row++) {
                network.prior().draw(key, numbers[row], 1, one);
                System.arraycopy(one, 0, many, row * one.length, one.length);
            }
        }
        network.latents().put(0, many, count * one.length);
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
        network.latent().useMeans();
    }

    /**
     * Sets the latents to a draw from the posterior of each row that was encoded.
     *
     * @param sample tells a row's draws apart, at least 0
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
     */
    public void copyPosterior(float[] means, float[] logVariances) {
        requireEncoded();
        for (int row = 0; row < rows; row++) {
            network.latent().copy(row, means, logVariances, row * one.length);
        }
    }

    /**
     * Sets the latents.
     *
     * @param latents count x latentSize
     */
    public void put(float[] latents, int count) {
        begin(count);
        network.latents().put(0, latents, count * one.length);
    }

    /**
     * Writes the expected value of every column.
     *
     * @param expected rows x inputSize, overwritten
     */
    public void expected(float[] expected) {
        decode();
        network.likelihood().means(rows, network.decoderOutput(), expected, 0);
    }

    /**
     * Writes a draw of every column.
     *
     * @param rowKeys the keys of the rows' noise
     * @param sample tells a row's draws apart, at least 0
     * @param drawn rows x inputSize, overwritten
     */
    public void draw(long seed, long[] rowKeys, int sample, float[] drawn) {
        decode();
        long key = NoiseStream.VALUES.key(seed, 0);
        network.likelihood().draw(rows, network.decoderOutput(), key, rowKeys, sample, drawn, 0);
    }

    /**
     * Writes log p(x|z) of the observed columns of one row, in nats, at each of the block's latents.
     *
     * @param row a batch of one row
     * @param logDensities one for each row of the block, overwritten
     */
    public void logDensities(RowBatch row, double[] logDensities) {
        Check.argument(row.count() == 1, "rows of the batch", "be 1", row.count());
        decode();
        RowBatch repeated = repeated(row);
        // Loads the values; the latents have been decoded already.
        network.encode(repeated, 0, rows, 0);
        network.likelihood()
                .logDensities(rows, 1, network.values(), network.present(), network.decoderOutput(), logDensities);
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
        decoded = false;
    }

    private RowBatch requireEncoded() {
        return Objects.requireNonNull(encoded, "encode must come first");
    }

    private void decode() {
        Check.argument(rows > 0, "rows", "be set first", rows);
        if (!decoded) {
            requireUnconditional();
            network.decode(rows);
            decoded = true;
        }
    }

    // The rows' conditions would have to go with the latents.
    private void requireUnconditional() {
        Check.argument(!spec.isConditional(), "spec", "have no conditions where rows are made", "one with conditions");
    }

    private static boolean areConsecutive(long[] numbers, int count) {
        for (int row = 1; row < count; row++) {
            if (numbers[row] != numbers[row - 1] + 1) {
                return false;
            }
        }
        return true;
    }
}
