package elbow.vae.latent;

import elbow.math.FloatMemory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@link Hierarchy#LADDER} at work. The KL divergence is KL(q(z_L|x) || p(z_L)) + the sum over l &lt; L of
 * E[KL(q(z_l|z_{l+1}, x) || p(z_l|z_{l+1}))]: each of the latter in closed form given the draw of z_{l+1}, and so by
 * latent, as the mean over draws. Free bits are those of each draw.
 *
 * <p>Means, where no draws are wanted, are those under the means of the layer above, from the topmost on.
 *
 * <p>The gradient of the importance-weighted bound is the plain derivative at fixed noise, as {@link BottomUpLatents}
 * says.
 */
final class LadderLatents implements HierarchicalLatents {
    private final int samples;
    private final List<LadderMerge> lower;

    /** What the encoder says of each layer below the topmost; then its gradient. */
    private final List<FloatMemory> headOutputs;

    private final List<FloatMemory> latents;
    private final LatentLayer top;
    private final LowerPriors priors;
    private final DrawKeys keys;
    private final double[] weights;
    private final double[][] klWeights;
    private final int topSize;
    private final double[] topWeights;
    private final float[] means;
    private final float[] logVariances;
    private boolean meansAreKnown;
    private boolean drawsAreKnown;
    private int rows;

    /**
     * @param headOutputs of the encoder for each layer below the topmost, with a row for each row
     * @param latents of each layer, with a row for each draw; that of the lowest belongs to others
     * @param top made for as many draws of each row
     */
    LadderLatents(
            int[] sizes,
            int maximumRows,
            int samples,
            List<FloatMemory> headOutputs,
            List<FloatMemory> latents,
            LatentLayer top,
            LowerPriors priors) {
        this.samples = samples;
        this.headOutputs = List.copyOf(headOutputs);
        this.latents = List.copyOf(latents);
        this.top = top;
        this.priors = priors;
        int draws = Math.multiplyExact(maximumRows, samples);
        int below = sizes.length - 1;
        lower = IntStream.range(0, below)
                .mapToObj(layer -> new LadderMerge(priors.of(layer), sizes[layer], maximumRows, draws))
                .toList();
        keys = new DrawKeys(draws);
        weights = new double[draws];
        klWeights = new double[below][];
        Arrays.setAll(klWeights, layer -> new double[sizes[layer]]);
        topSize = sizes[below];
        topWeights = new double[topSize];
        means = new float[Math.multiplyExact(maximumRows, sizes[0])];
        logVariances = new float[means.length];
    }

    @Override
    public void bind(FloatMemory parameters, @Nullable FloatMemory gradients) {
        top.bind(parameters, gradients);
        priors.bind(parameters, gradients);
    }

    @Override
    public void read(int newRows, FloatMemory encoderOutput) {
        rows = newRows;
        top.read(rows, encoderOutput);
        for (int layer = 0; layer < lower.size(); layer++) {
            lower.get(layer).read(rows, headOutputs.get(layer));
        }
        meansAreKnown = false;
        drawsAreKnown = false;
    }

    @Override
    public void sample(long[] rowKeys, int firstRow, long noiseKey, int firstSample) {
        int draws = rows * samples;
        top.sample(rowKeys, firstRow, noiseKey, firstSample);
        for (int layer = lower.size() - 1; layer >= 0; layer--) {
            priors.read(layer, draws);
            LadderMerge merge = lower.get(layer);
            merge.merge(draws);
            long[] own = keys.of(rowKeys, firstRow, rows, firstSample, samples, layer);
            merge.draw(draws, noiseKey, own, latents.get(layer));
        }
        drawsAreKnown = true;
    }

    @Override
    public void useMeans() {
        findMeans();
        latents.get(0).put(0, means, rows * lower.get(0).size);
    }

    @Override
    public void copy(int row, float[] toMeans, float[] toLogVariances, int at) {
        findMeans();
        int size = lower.get(0).size;
        System.arraycopy(means, row * size, toMeans, at, size);
        System.arraycopy(logVariances, row * size, toLogVariances, at, size);
    }

    // In the place of draws: of these only the lowest latents stay.
    private void findMeans() {
        if (meansAreKnown) {
            return;
        }
        drawsAreKnown = false;
        top.useMeans();
        for (int layer = lower.size() - 1; layer >= 0; layer--) {
            priors.read(layer, rows);
            lower.get(layer).merge(rows);
            if (layer > 0) {
                lower.get(layer).useMeans(rows, latents.get(layer));
            }
        }
        LadderMerge lowest = lower.get(0);
        for (int at = 0; at < rows * lowest.size; at++) {
            means[at] = (float) lowest.mean(at);
            logVariances[at] = (float) lowest.logVariance(at);
        }
        meansAreKnown = true;
    }

    private void requireDraws() {
        if (!drawsAreKnown) {
            throw new IllegalStateException("latents must be drawn first, and after the means were asked for");
        }
    }

    @Override
    public boolean hasClosedKl() {
        return false;
    }

    @Override
    public boolean hasKlByLatent() {
        return top.hasClosedKl();
    }

    @Override
    public double kl(int row, double freeBits) {
        requireDraws();
        double sum = 0;
        for (int draw = row; draw < rows * samples; draw += rows) {
            for (LadderMerge merge : lower) {
                sum += merge.kl(draw, freeBits);
            }
        }
        return sum / samples + top.kl(row, freeBits);
    }

    @Override
    public void addKlByLatent(int row, double[] sums, int at) {
        int to = at;
        for (LadderMerge merge : lower) {
            for (int draw = row; draw < rows * samples; draw += rows) {
                merge.addKlByLatent(draw, 1.0 / samples, sums, to);
            }
            to += merge.size;
        }
        top.addKlByLatent(row, sums, to);
    }

    @Override
    public double logRatio(int at, int row) {
        requireDraws();
        double sum = top.logRatio(at, row);
        for (LadderMerge merge : lower) {
            sum += merge.logRatio(at);
        }
        return sum;
    }

    @Override
    public void backwardElbo(
            FloatMemory latentGradient, double klWeight, double freeBits, double scale, FloatMemory encoderOutput) {
        for (double[] ofLayer : klWeights) {
            Arrays.fill(ofLayer, scale * klWeight / samples);
        }
        backwardLower(latentGradient, freeBits);
        top.backwardElbo(latents.get(lower.size()), klWeight, freeBits, scale, encoderOutput);
    }

    @Override
    public void backwardElboByLatent(
            FloatMemory latentGradient, double[] allWeights, double scale, FloatMemory encoderOutput) {
        int from = 0;
        for (double[] ofLayer : klWeights) {
            for (int i = 0; i < ofLayer.length; i++) {
                ofLayer[i] = scale * allWeights[from + i] / samples;
            }
            from += ofLayer.length;
        }
        System.arraycopy(allWeights, from, topWeights, 0, topSize);
        backwardLower(latentGradient, 0);
        top.backwardElboByLatent(latents.get(lower.size()), topWeights, scale, encoderOutput);
    }

    // From the lowest up: what has reached a layer is whole when that of the layer below has been passed on.
    private void backwardLower(FloatMemory latentGradient, double freeBits) {
        int draws = rows * samples;
        priors.begin();
        for (int layer = 0; layer < lower.size(); layer++) {
            LadderMerge merge = lower.get(layer);
            merge.begin();
            merge.backward(draws, layer == 0 ? latentGradient : latents.get(layer), klWeights[layer], freeBits);
            merge.write(headOutputs.get(layer));
            priors.backward(layer, draws);
        }
    }

    @Override
    public void backwardImportanceWeighted(
            FloatMemory latentGradient,
            double[] normalizedWeights,
            double klWeight,
            double scale,
            FloatMemory encoderOutput) {
        for (int at = 0; at < rows * samples; at++) {
            weights[at] = scale * klWeight * normalizedWeights[at];
        }
        backwardSampled(latentGradient, weights, encoderOutput);
    }

    @Override
    public void backwardSampled(FloatMemory latentGradient, double[] drawWeights, FloatMemory encoderOutput) {
        int draws = rows * samples;
        priors.begin();
        for (int layer = 0; layer < lower.size(); layer++) {
            LadderMerge merge = lower.get(layer);
            merge.begin();
            merge.backwardSampled(draws, layer == 0 ? latentGradient : latents.get(layer), drawWeights);
            merge.write(headOutputs.get(layer));
            priors.backward(layer, draws);
        }
        top.backwardSampled(latents.get(lower.size()), drawWeights, encoderOutput);
    }

    @Override
    public void descend(float[] topmost, int count, long noiseKey, long[] numbers) {
        priors.descend(topmost, count, noiseKey, numbers);
    }

    @Override
    public void close() {
        latents.subList(1, latents.size()).forEach(FloatMemory::close);
        top.close();
        priors.close();
    }
}
