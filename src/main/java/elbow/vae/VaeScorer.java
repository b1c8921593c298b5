package elbow.vae;

import elbow.base.Check;
import elbow.math.FloatMemory;
import elbow.math.KeyedNoise;
import elbow.math.LogSumExp;
import elbow.vae.input.InputLoader;
import elbow.vae.latent.GaussianPosteriorHead;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.likelihood.LikelihoodHead;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Uses trained parameters: scores, encodes, decodes, reconstructs, samples. Not thread-safe.
 *
 * <p>Every result for a row is a function of parameters, row, row key and seed alone, bit for bit, on one CPU type and
 * BLAS: matrix products run over blocks of a fixed number of rows, in places where they round alike, and noise is keyed
 * by row.
 */
public final class VaeScorer implements AutoCloseable {
    private final VaeSpec spec;
    private final ParameterLayout layout;
    private final FloatMemory values;
    private final InputLoader input;
    private final ScoringNetwork network;
    private final int blockRows;
    private final GaussianPosteriorHead posterior;
    private final LikelihoodHead likelihood;
    private final double[] reconstructions;
    private final double[] reconstructionSums;
    private double[] logWeights;
    private @Nullable FloatMemory parameters;

    /** Allocates the activations of one block of rows. */
    public VaeScorer(VaeSpec spec) {
        this.spec = spec;
        layout = ParameterLayout.of(spec);
        Sizes.check(spec, ScoringNetwork.BLOCK_ROWS, 1);
        network = new ScoringNetwork(spec, layout);
        blockRows = network.rows();
        values = InputLoader.sharesMemory(spec)
                ? network.input()
                : FloatMemory.allocate((long) blockRows * spec.inputSize());
        input = new InputLoader(spec, values, network.input());
        posterior = new GaussianPosteriorHead(spec.latentSize(), blockRows, 1, network.latents());
        reconstructions = new double[blockRows];
        reconstructionSums = new double[blockRows];
        logWeights = new double[blockRows];
        likelihood = new LikelihoodHead(spec, layout);
    }

    /** What the parameters belong to. */
    public VaeSpec spec() {
        return spec;
    }

    /** Where each parameter stands. */
    public ParameterLayout layout() {
        return layout;
    }

    /**
     * Takes the flattened parameters to use from now on, in place. To be repeated whenever their content has changed.
     *
     * @throws IllegalArgumentException if they are not as long as the layout
     */
    public void bind(FloatMemory flatParameters) {
        Check.argument(
                flatParameters.length() == layout.length(),
                "parameters' length",
                "be " + layout.length() + ", as the layout is",
                flatParameters.length());
        parameters = flatParameters;
        network.bind(flatParameters);
        likelihood.begin(flatParameters);
    }

    /**
     * Scores rows.
     *
     * @param rows row-major, rowCount x inputSize, encoded
     * @param rowCount at least 1
     * @param rowKeys the key of each row's noise
     * @param seed of the noise
     * @param samples posterior samples per row; 0 for the reconstruction at the posterior mean, and no bound
     * @param scores takes the results
     * @throws IllegalArgumentException if a size does not fit or a value is NaN, infinite or outside its likelihood's
     *     support
     */
    public void score(float[] rows, int rowCount, long[] rowKeys, long seed, int samples, RowScores scores) {
        score(rows, null, rowCount, rowKeys, seed, samples, scores);
    }

    /**
     * As {@link #score(float[], int, long[], long, int, RowScores)}, of rows with gaps: reconstruction, elbo and bound
     * are those of the observed variables, of which {@link RowScores#observed} is the number.
     *
     * @param observed a byte for each element of {@code rows}: 1 if it is observed, 0 if it is missing; the same for
     *     all columns of a variable; null if everything is observed. Columns that are none of the spec's missing
     *     columns may be missing, too: the encoder is not told then
     */
    public void score(
            float[] rows,
            byte @Nullable [] observed,
            int rowCount,
            long[] rowKeys,
            long seed,
            int samples,
            RowScores scores) {
        requireRoom(scores, rowCount);
        scoreBlocks(rows, observed, rowCount, rowKeys, seed, samples, scores, null);
    }

    /**
     * As {@link #score(float[], int, long[], long, int, RowScores)}, and each variable's share of the reconstruction, E
     * log p(x_j|z) in nats.
     *
     * @param columnReconstructions rowCount x inputSize, overwritten; a variable of several columns has its share in
     *     the first one, 0 in the others
     */
    public void scoreColumns(
            float[] rows,
            int rowCount,
            long[] rowKeys,
            long seed,
            int samples,
            RowScores scores,
            double[] columnReconstructions) {
        scoreColumns(rows, null, rowCount, rowKeys, seed, samples, scores, columnReconstructions);
    }

    /**
     * As {@link #scoreColumns(float[], int, long[], long, int, RowScores, double[])}, of rows with gaps: a missing
     * variable's share is 0.
     *
     * @param observed as in {@link #score(float[], byte[], int, long[], long, int, RowScores)}
     */
    public void scoreColumns(
            float[] rows,
            byte @Nullable [] observed,
            int rowCount,
            long[] rowKeys,
            long seed,
            int samples,
            RowScores scores,
            double[] columnReconstructions) {
        requireRoom(scores, rowCount);
        Check.argument(
                columnReconstructions.length >= (long) rowCount * spec.inputSize(),
                "columnReconstructions' length",
                "be at least rowCount x inputSize",
                columnReconstructions.length);
        Arrays.fill(columnReconstructions, 0);
        scoreBlocks(rows, observed, rowCount, rowKeys, seed, samples, scores, columnReconstructions);
    }

    /**
     * Means and log-variances of the posterior.
     *
     * @param rows row-major, rowCount x inputSize, encoded
     * @param means rowCount x latentSize, overwritten
     * @param logVariances rowCount x latentSize, overwritten
     */
    public void encode(float[] rows, int rowCount, long[] rowKeys, long seed, float[] means, float[] logVariances) {
        encode(rows, null, rowCount, rowKeys, seed, means, logVariances);
    }

    /**
     * As {@link #encode(float[], int, long[], long, float[], float[])}, of rows with gaps.
     *
     * @param observed as in {@link #score(float[], byte[], int, long[], long, int, RowScores)}
     */
    public void encode(
            float[] rows,
            byte @Nullable [] observed,
            int rowCount,
            long[] rowKeys,
            long seed,
            float[] means,
            float[] logVariances) {
        check(rows.length, observed, rowCount, rowKeys.length);
        requireRoom("means", means, rowCount, spec.latentSize());
        requireRoom("logVariances", logVariances, rowCount, spec.latentSize());
        for (int first = 0; first < rowCount; first += blockRows) {
            int count = Math.min(blockRows, rowCount - first);
            encodeBlock(rows, observed, rowKeys, first, count, seed);
            for (int row = 0; row < count; row++) {
                posterior.copy(row, means, logVariances, (first + row) * spec.latentSize());
            }
        }
    }

    /**
     * Expected value of every column given latents.
     *
     * @param latents row-major, rowCount x latentSize
     * @param expected rowCount x inputSize, overwritten
     */
    public void decode(float[] latents, int rowCount, float[] expected) {
        bound();
        Check.positive("rowCount", rowCount);
        requireRoom("latents", latents, rowCount, spec.latentSize());
        requireRoom("expected", expected, rowCount, spec.inputSize());
        for (int first = 0; first < rowCount; first += blockRows) {
            int count = Math.min(blockRows, rowCount - first);
            network.latents().put(0, latents, first * spec.latentSize(), count * spec.latentSize());
            network.decode();
            likelihood.means(count, network.outputs(), expected, first);
        }
    }

    /**
     * Expected value of every column given the posterior mean of a row.
     *
     * @param expected rowCount x inputSize, overwritten
     */
    public void reconstruct(float[] rows, int rowCount, long[] rowKeys, long seed, float[] expected) {
        reconstruct(rows, null, rowCount, rowKeys, seed, expected);
    }

    /**
     * As {@link #reconstruct(float[], int, long[], long, float[])}, of rows with gaps; missing columns get an expected
     * value, too.
     *
     * @param observed as in {@link #score(float[], byte[], int, long[], long, int, RowScores)}
     */
    public void reconstruct(
            float[] rows, byte @Nullable [] observed, int rowCount, long[] rowKeys, long seed, float[] expected) {
        check(rows.length, observed, rowCount, rowKeys.length);
        requireRoom("expected", expected, rowCount, spec.inputSize());
        for (int first = 0; first < rowCount; first += blockRows) {
            int count = Math.min(blockRows, rowCount - first);
            encodeBlock(rows, observed, rowKeys, first, count, seed);
            posterior.useMeans(count);
            network.decode();
            likelihood.means(count, network.outputs(), expected, first);
        }
    }

    /**
     * Expected values of every column for latents drawn from the prior; row i depends on seed and i alone.
     *
     * @param expected rowCount x inputSize, overwritten
     */
    public void samplePrior(int rowCount, long seed, float[] expected) {
        Check.positive("rowCount", rowCount);
        int size = spec.latentSize();
        Check.argument((long) rowCount * size <= Integer.MAX_VALUE, "rowCount", "fit an array of latents", rowCount);
        float[] latents = new float[rowCount * size];
        float[] latent = new float[size];
        int[] bits = new int[size + 3];
        long key = NoiseStream.PRIOR.key(seed, 0);
        for (int row = 0; row < rowCount; row++) {
            KeyedNoise.bits(key, row, 0, size, bits);
            KeyedNoise.normal(bits, size, latent);
            System.arraycopy(latent, 0, latents, row * size, size);
        }
        decode(latents, rowCount, expected);
    }

    @Override
    public void close() {
        network.close();
        if (values != network.input()) {
            values.close();
        }
    }

    private void scoreBlocks(
            float[] rows,
            byte @Nullable [] observed,
            int rowCount,
            long[] rowKeys,
            long seed,
            int samples,
            RowScores scores,
            double @Nullable [] columnSums) {
        check(rows.length, observed, rowCount, rowKeys.length);
        Check.argument(samples >= 0 && samples <= 1 << 20, "samples", "lie in 0..2^20", samples);
        if (logWeights.length < blockRows * samples) {
            logWeights = new double[blockRows * samples];
        }
        long noiseKey = NoiseStream.SCORING_LATENT.key(seed, 0);
        for (int first = 0; first < rowCount; first += blockRows) {
            int count = Math.min(blockRows, rowCount - first);
            encodeBlock(rows, observed, rowKeys, first, count, seed);
            Arrays.fill(reconstructionSums, 0);
            if (samples == 0) {
                posterior.useMeans(count);
                decodeBlock(first, count, columnSums);
            }
            for (int sample = 0; sample < samples; sample++) {
                posterior.sample(count, rowKeys, first, noiseKey, sample);
                decodeBlock(first, count, columnSums);
                for (int row = 0; row < count; row++) {
                    logWeights[row * samples + sample] = reconstructions[row] + posterior.logRatio(row, row);
                }
            }
            finishBlock(first, count, samples, scores, columnSums);
        }
    }

    private void encodeBlock(
            float[] rows, byte @Nullable [] observed, long[] rowKeys, int first, int count, long seed) {
        input.load(rows, observed, rowKeys, first, count, NoiseStream.SCORING_INPUT.key(seed, 0));
        network.encode();
        posterior.read(count, network.posterior());
    }

    private void decodeBlock(int first, int count, double @Nullable [] columnSums) {
        network.decode();
        float @Nullable [] present = input.gaps().present();
        likelihood.logDensities(count, 1, values, present, network.outputs(), reconstructions);
        for (int row = 0; row < count; row++) {
            reconstructionSums[row] += reconstructions[row];
        }
        if (columnSums != null) {
            likelihood.addColumnLogDensities(count, values, present, network.outputs(), columnSums, first);
        }
    }

    private void finishBlock(int first, int count, int samples, RowScores scores, double @Nullable [] columnSums) {
        int divisor = Math.max(1, samples);
        for (int row = 0; row < count; row++) {
            double bound =
                    samples == 0 ? Double.NaN : LogSumExp.of(logWeights, row * samples, 1, samples) - Math.log(samples);
            double reconstruction = reconstructionSums[row] / divisor;
            scores.set(
                    first + row,
                    reconstruction,
                    posterior.kl(row, 0),
                    bound,
                    input.gaps().count(row));
        }
        if (columnSums != null) {
            int columns = spec.inputSize();
            for (int i = first * columns; i < (first + count) * columns; i++) {
                columnSums[i] /= divisor;
            }
        }
    }

    private void check(int length, byte @Nullable [] observed, int rowCount, int keys) {
        bound();
        int limit = Integer.MAX_VALUE / Math.max(spec.inputSize(), spec.latentSize());
        Sizes.checkRows(length, rowCount, keys, limit, spec.inputSize());
        Sizes.checkObserved(observed, rowCount, spec.inputSize());
    }

    private static void requireRoom(RowScores scores, int rowCount) {
        Check.argument(scores.rows() >= rowCount, "scores' rows", "be at least " + rowCount, scores.rows());
    }

    private static void requireRoom(String name, float[] array, int rows, int columns) {
        Check.argument(
                array.length >= (long) rows * columns,
                name + "'s length",
                "be at least " + (long) rows * columns,
                array.length);
    }

    private void bound() {
        if (parameters == null) {
            throw new IllegalStateException("bind must be called first");
        }
    }
}
