package elbow.vae;

import elbow.base.Check;
import elbow.math.FloatMemory;
import elbow.math.LogSumExp;
import elbow.math.noise.NoiseStream;
import elbow.vae.RowScores.Detail;
import elbow.vae.input.RowBatch;
import elbow.vae.layer.LayerContext.Use;
import elbow.vae.layer.ParameterLayout;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Uses trained parameters: scores, encodes, decodes, reconstructs, samples. Not thread-safe.
 *
 * <p>Every result for a row is a function of parameters, row, row key and seed alone, bit for bit, on one CPU type and
 * BLAS: matrix products run over blocks of a fixed number of rows, in places where they round alike, and noise is keyed
 * by row.
 *
 * <p>Of rows with gaps, reconstruction, elbo and bound are those of the observed variables, of which
 * {@link RowScores#observed} is the number. Columns that are none of the spec's missing columns may be missing, too:
 * the encoder does not see that then.
 *
 * <p>Of a model with conditions, all that is said is said given them: elbo is a bound of log p(x|c).
 */
public final class VaeScorer implements AutoCloseable {
    /** A multiple of the row tiles of common BLAS kernels: 8, 16, 24, 32, 48, 64. */
    static final int ROOM = 192;

    /** Draws for the KL divergence where it has no closed form and there are no samples: they need no decoder. */
    private static final int KL_DRAWS = 64;

    private static final int MOST_SAMPLES = 1 << 20;

    private final VaeSpec spec;
    private final Network network;
    private final int blockRows;
    private final double[] reconstructions;
    private final double[] reconstructionSums;
    private final double[] kls;
    private double[] logWeights;

    /** Allocates the activations of one block of rows. */
    public VaeScorer(VaeSpec spec) {
        this.spec = spec;
        network = new Network(spec, ROOM, 1, Use.SCORING);
        blockRows = network.rows();
        reconstructions = new double[blockRows];
        reconstructionSums = new double[blockRows];
        kls = new double[blockRows];
        logWeights = new double[blockRows];
    }

    /** What the parameters belong to. */
    public VaeSpec spec() {
        return spec;
    }

    /** Where each parameter stands. */
    public ParameterLayout layout() {
        return network.layout();
    }

    /** Rows that are worked on at once: a batch of a multiple of these leaves no place unused. */
    public int blockRows() {
        return blockRows;
    }

    /**
     * Takes the flattened parameters to use from now on, in place. To be repeated whenever their content has changed.
     *
     * @throws IllegalArgumentException if they are not as long as the layout
     */
    public void bind(FloatMemory flatParameters) {
        network.bind(flatParameters, null);
        network.begin();
    }

    /**
     * Scores rows, and gives whatever else {@code scores} has room for; each row is encoded once. Where the KL
     * divergence has no closed form, it is the mean over the samples of log q(z|x) - log p(z), without samples over 64
     * draws that serve for nothing else.
     *
     * @param batch at least 1 row
     * @param seed of the noise
     * @param samples posterior samples per row; 0 for the reconstruction at the posterior mean, and no bound
     * @param scores takes the results
     * @throws IllegalArgumentException if a size does not fit or a value is NaN, infinite or outside its likelihood's
     *     support
     */
    public void score(RowBatch batch, long seed, int samples, RowScores scores) {
        check(batch);
        scores.require(spec, batch.count());
        Check.argument(samples >= 0 && samples <= MOST_SAMPLES, "samples", "lie in 0..2^20", samples);
        if (logWeights.length < blockRows * samples) {
            logWeights = new double[blockRows * samples];
        }
        if (scores.has(Detail.COLUMNS)) {
            Arrays.fill(scores.columnReconstructions(), 0, batch.count() * spec.inputSize(), 0);
        }
        for (int first = 0; first < batch.count(); first += blockRows) {
            scoreBlock(batch, first, Math.min(blockRows, batch.count() - first), seed, samples, scores);
        }
    }

    /**
     * Adds the squared errors of rows, at one draw of each row's latents, to what its optimal variances follow from.
     *
     * @param seed of the noise
     * @throws IllegalArgumentException as {@link #score}
     */
    public void addSquaredErrors(RowBatch batch, long seed, OptimalVariances variances) {
        check(batch);
        for (int first = 0; first < batch.count(); first += blockRows) {
            int count = Math.min(blockRows, batch.count() - first);
            encodeBlock(batch, first, count, seed);
            network.latent().sample(batch.keys(), first, NoiseStream.SCORING_LATENT.key(seed, 0), 0);
            network.decode(count);
            network.likelihood()
                    .addSquaredErrors(
                            count, network.values(), network.present(), network.decoderOutput(), variances.errors());
        }
    }

    /**
     * Means and log-variances of the posterior.
     *
     * @param means rows x latentSize, overwritten
     * @param logVariances rows x latentSize, overwritten
     */
    public void encode(RowBatch batch, long seed, float[] means, float[] logVariances) {
        check(batch);
        requireRoom("means", means, batch.count(), spec.latentSize());
        requireRoom("logVariances", logVariances, batch.count(), spec.latentSize());
        for (int first = 0; first < batch.count(); first += blockRows) {
            int count = Math.min(blockRows, batch.count() - first);
            encodeBlock(batch, first, count, seed);
            copyLatents(first, count, means, logVariances);
        }
    }

    /**
     * Expected value of every column given latents, of a model without conditions.
     *
     * @param latents row-major, rowCount x latentSize
     * @param expected rowCount x inputSize, overwritten
     * @throws IllegalArgumentException if a size does not fit, or the model has conditions
     */
    public void decode(float[] latents, int rowCount, float[] expected) {
        requireUnconditional();
        decodeRows(latents, Check.positive("rowCount", rowCount), null, expected);
    }

    /**
     * Expected value of every column given latents and conditions.
     *
     * @param latents row-major, rows x latentSize
     * @param conditions a row for each row of the latents, with the conditions in their columns, or gaps there; nothing
     *     else of it is looked at
     * @param expected rows x inputSize, overwritten; conditions as they were given
     * @throws IllegalArgumentException if a size does not fit, or a condition is none that there can be
     */
    public void decode(float[] latents, RowBatch conditions, float[] expected) {
        check(conditions);
        decodeRows(latents, conditions.count(), onlyConditions(conditions), expected);
    }

    private RowBatch onlyConditions(RowBatch batch) {
        return batch.lackingBefore(spec.row().modelledColumns());
    }

    private void decodeRows(float[] latents, int rowCount, @Nullable RowBatch given, float[] expected) {
        int size = spec.latentSize();
        requireRoom("latents", latents, rowCount, size);
        requireRoom("expected", expected, rowCount, spec.inputSize());
        for (int first = 0; first < rowCount; first += blockRows) {
            int count = Math.min(blockRows, rowCount - first);
            load(given, first, count);
            network.latents().put(0, latents, first * size, count * size);
            network.decode(count);
            network.likelihood().means(count, network.decoderOutput(), expected, first);
            copyConditions(given, first, count, expected);
        }
    }

    private void load(@Nullable RowBatch given, int first, int count) {
        if (given != null) {
            network.load(given, first, count, 0);
        }
    }

    private void copyConditions(@Nullable RowBatch batch, int first, int count, float[] expected) {
        int columns = spec.inputSize();
        int modelled = spec.row().modelledColumns();
        for (int row = first; batch != null && modelled < columns && row < first + count; row++) {
            int from = row * columns + modelled;
            System.arraycopy(batch.values(), from, expected, from, columns - modelled);
        }
    }

    private void requireUnconditional() {
        network.parameters();
        Check.argument(!spec.isConditional(), "conditions", "be given to a model that has some", "none");
    }

    /**
     * Expected value of every column given the posterior mean of a row; of missing columns, too.
     *
     * @param expected rows x inputSize, overwritten; conditions as they are
     */
    public void reconstruct(RowBatch batch, long seed, float[] expected) {
        check(batch);
        requireRoom("expected", expected, batch.count(), spec.inputSize());
        for (int first = 0; first < batch.count(); first += blockRows) {
            int count = Math.min(blockRows, batch.count() - first);
            encodeBlock(batch, first, count, seed);
            decodeMeans(count);
            network.likelihood().means(count, network.decoderOutput(), expected, first);
            copyConditions(batch, first, count, expected);
        }
    }

    /**
     * Expected values of every column for latents drawn from the prior, of a model without conditions; row i depends on
     * seed and i alone.
     *
     * @param expected rowCount x inputSize, overwritten
     * @throws IllegalArgumentException if a size does not fit, or the model has conditions
     */
    public void samplePrior(int rowCount, long seed, float[] expected) {
        requireUnconditional();
        samplePrior(Check.positive("rowCount", rowCount), null, seed, expected);
    }

    /**
     * Expected values of every column for latents drawn from the prior given conditions; row i depends on seed, i and
     * its conditions alone.
     *
     * @param conditions as in {@link #decode(float[], RowBatch, float[])}
     * @param expected rows x inputSize, overwritten; conditions as they were given
     * @throws IllegalArgumentException if a size does not fit, or a condition is none that there can be
     */
    public void samplePrior(RowBatch conditions, long seed, float[] expected) {
        check(conditions);
        samplePrior(conditions.count(), onlyConditions(conditions), seed, expected);
    }

    private void samplePrior(int rowCount, @Nullable RowBatch given, long seed, float[] expected) {
        int size = spec.latentSize();
        Check.argument((long) rowCount * size <= Integer.MAX_VALUE, "rowCount", "fit an array of latents", rowCount);
        float[] latents = new float[rowCount * size];
        long key = NoiseStream.PRIOR.key(seed, 0);
        for (int first = 0; first < rowCount; first += blockRows) {
            int count = Math.min(blockRows, rowCount - first);
            load(given, first, count);
            network.drawPrior(key, LongStream.range(first, first + count).toArray(), count);
            network.latents().get(0, latents, first * size, count * size);
        }
        decodeRows(latents, rowCount, given, expected);
    }

    @Override
    public void close() {
        network.close();
    }

    private void scoreBlock(RowBatch batch, int first, int count, long seed, int samples, RowScores scores) {
        encodeBlock(batch, first, count, seed);
        if (scores.has(Detail.LATENTS)) {
            copyLatents(first, count, scores.means(), scores.logVariances());
        }
        if (scores.has(Detail.KL_BY_LATENT)) {
            copyKls(first, count, scores.klByLatent());
        }
        Arrays.fill(reconstructionSums, 0);
        startKl(count);
        if (samples == 0 || scores.has(Detail.EXPECTATIONS)) {
            decodeMeans(count);
        }
        if (scores.has(Detail.EXPECTATIONS)) {
            network.likelihood().means(count, network.decoderOutput(), scores.expected(), first);
            copyConditions(batch, first, count, scores.expected());
        }
        if (samples == 0) {
            addDensities(first, count, scores);
        }
        long noiseKey = NoiseStream.SCORING_LATENT.key(seed, 0);
        if (samples == 0 && !network.latent().hasClosedKl()) {
            for (int draw = 0; draw < KL_DRAWS; draw++) {
                network.latent().sample(batch.keys(), first, noiseKey, draw);
                addSampledKl(count, KL_DRAWS);
            }
        }
        for (int sample = 0; sample < samples; sample++) {
            network.latent().sample(batch.keys(), first, noiseKey, sample);
            network.decode(count);
            addDensities(first, count, scores);
            for (int row = 0; row < count; row++) {
                logWeights[row * samples + sample] =
                        reconstructions[row] + network.latent().logRatio(row, row);
            }
            if (!network.latent().hasClosedKl()) {
                addSampledKl(count, samples);
            }
        }
        finishBlock(first, count, samples, scores);
    }

    private void startKl(int count) {
        boolean closed = network.latent().hasClosedKl();
        for (int row = 0; row < count; row++) {
            kls[row] = closed ? network.latent().kl(row, 0) : 0;
        }
    }

    private void addSampledKl(int count, int draws) {
        for (int row = 0; row < count; row++) {
            kls[row] += network.latent().kl(row, 0) / draws;
        }
    }

    private void encodeBlock(RowBatch batch, int first, int count, long seed) {
        network.encode(batch, first, count, NoiseStream.SCORING_INPUT.key(seed, 0));
    }

    private void decodeMeans(int count) {
        network.latent().useMeans();
        network.decode(count);
    }

    private void copyLatents(int first, int count, float[] means, float[] logVariances) {
        for (int row = 0; row < count; row++) {
            network.latent().copy(row, means, logVariances, (first + row) * spec.latentSize());
        }
    }

    private void copyKls(int first, int count, double[] klByLatent) {
        int size = spec.latentSize();
        if (!network.latent().hasClosedKl()) {
            Arrays.fill(klByLatent, first * size, (first + count) * size, Double.NaN);
            return;
        }
        Arrays.fill(klByLatent, first * size, (first + count) * size, 0);
        for (int row = 0; row < count; row++) {
            network.latent().addKlByLatent(row, klByLatent, (first + row) * size);
        }
    }

    private void addDensities(int first, int count, RowScores scores) {
        if (scores.has(Detail.COLUMNS)) {
            network.likelihood()
                    .logDensitiesByColumn(
                            count,
                            network.values(),
                            network.present(),
                            network.decoderOutput(),
                            reconstructions,
                            scores.columnReconstructions(),
                            first);
        } else {
            network.likelihood()
                    .logDensities(
                            count, 1, network.values(), network.present(), network.decoderOutput(), reconstructions);
        }
        for (int row = 0; row < count; row++) {
            reconstructionSums[row] += reconstructions[row];
        }
    }

    private void finishBlock(int first, int count, int samples, RowScores scores) {
        int divisor = Math.max(1, samples);
        for (int row = 0; row < count; row++) {
            double bound =
                    samples == 0 ? Double.NaN : LogSumExp.of(logWeights, row * samples, 1, samples) - Math.log(samples);
            scores.set(first + row, reconstructionSums[row] / divisor, kls[row], bound, network.observed(row));
        }
        if (scores.has(Detail.COLUMNS)) {
            double[] sums = scores.columnReconstructions();
            int columns = spec.inputSize();
            for (int i = first * columns; i < (first + count) * columns; i++) {
                sums[i] /= divisor;
            }
        }
    }

    private void check(RowBatch batch) {
        network.parameters();
        network.require(batch, Integer.MAX_VALUE / Math.max(spec.inputSize(), spec.latentSize()));
    }

    private static void requireRoom(String name, float[] array, int rows, int columns) {
        Check.argument(
                array.length >= (long) rows * columns,
                name + "'s length",
                "be at least " + (long) rows * columns,
                array.length);
    }
}
