package elbow.vae.latent;

import elbow.math.FloatMemory;
import elbow.vae.layer.RowNet;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@link Hierarchy#BOTTOM_UP} at work. From the lowest layer on every draw is a row of its own, so that a layer has one
 * draw of each row that it is given.
 *
 * <p>The KL divergence is sum over l of E[log q(z_l|z_{l-1}) - log p(z_l|z_{l+1})]. Only the topmost term may have a
 * closed form given z_{L-1}: below, z_{l+1} depends on z_l, which leaves the mean over draws.
 *
 * <p>The gradient of the importance-weighted bound is the plain derivative at fixed noise. The doubly reparameterised
 * one takes the score of each q for a function of its own parameters; here what q(z_2|z_1) is depends on the draw of
 * z_1, and so on those of q(z_1|x), too, which leaves terms that it does not have (Bauer and Mnih. Generalized doubly
 * reparameterized gradient estimators. ICML 2021).
 */
final class BottomUpLatents implements HierarchicalLatents {
    private final int samples;
    private final List<Lower> lower;

    /** Of each layer but the lowest. */
    private final List<RowNet> encoders;

    /** What the encoder of each layer gives by draw; then its gradient. */
    private final List<FloatMemory> encoderOutputs;

    private final List<FloatMemory> latents;
    private final LatentLayer top;
    private final LowerPriors priors;
    private final DrawKeys keys;
    private final float[] once;
    private final float[] repeated;
    private final double[] weights;
    private int rows;

    /** A layer below the topmost. */
    private static final class Lower {
        final GaussianDraws draws;
        final GaussianGradients gradients;
        final SampledRatios ratios;
        final double[] values;
        final double[] priorGradients;
        final float[] path;

        Lower(GaussianDraws draws, LowerPriors priors, int layer, int maximumDraws) {
            this.draws = draws;
            gradients = new GaussianGradients(draws, maximumDraws);
            ratios = new SampledRatios(priors.of(layer), draws, draws::copyLatents, new double[maximumDraws]);
            int count = draws.means.length;
            values = new double[count];
            priorGradients = new double[count];
            path = new float[count];
        }
    }

    /**
     * @param samples draws of each row that there is room for
     * @param encoders of each layer but the lowest
     * @param latents of each layer, with a row for each draw; that of the lowest belongs to others
     * @param top made for one draw of as many rows as there are draws
     * @param topWidth what the topmost encoder gives for a row
     */
    BottomUpLatents(
            int[] sizes,
            int maximumRows,
            int samples,
            List<RowNet> encoders,
            List<FloatMemory> latents,
            LatentLayer top,
            int topWidth,
            LowerPriors priors) {
        this.samples = samples;
        this.encoders = List.copyOf(encoders);
        this.latents = List.copyOf(latents);
        this.top = top;
        this.priors = priors;
        int draws = Math.multiplyExact(maximumRows, samples);
        int layers = sizes.length;
        encoderOutputs = IntStream.range(0, layers)
                .mapToObj(layer ->
                        FloatMemory.allocate((long) draws * (layer == layers - 1 ? topWidth : 2 * sizes[layer])))
                .toList();
        lower = IntStream.range(0, layers - 1)
                .mapToObj(layer -> new Lower(
                        new GaussianDraws(sizes[layer], 2 * sizes[layer], draws, 1, latents.get(layer)),
                        priors,
                        layer,
                        draws))
                .toList();
        keys = new DrawKeys(draws);
        once = new float[Math.multiplyExact(maximumRows, 2 * sizes[0])];
        repeated = new float[Math.multiplyExact(draws, 2 * sizes[0])];
        weights = new double[draws];
    }

    @Override
    public void bind(FloatMemory parameters, @Nullable FloatMemory gradients) {
        for (RowNet encoder : encoders) {
            encoder.bind(parameters, gradients);
        }
        top.bind(parameters, gradients);
        priors.bind(parameters, gradients);
    }

    @Override
    public void read(int newRows, FloatMemory encoderOutput) {
        rows = newRows;
        GaussianDraws lowest = lower.get(0).draws;
        int count = rows * lowest.width;
        encoderOutput.get(0, once, count);
        for (int sample = 0; sample < samples; sample++) {
            encoderOutputs.get(0).put(sample * count, once, count);
        }
        lowest.read(rows * samples, encoderOutputs.get(0));
    }

    @Override
    public void sample(long[] rowKeys, int firstRow, long noiseKey, int firstSample) {
        int draws = rows * samples;
        for (int layer = 0; layer < lower.size(); layer++) {
            long[] own = keys.of(rowKeys, firstRow, rows, firstSample, samples, layer);
            lower.get(layer).draws.sample(own, 0, noiseKey, 0);
            encode(layer + 1, draws);
        }
        top.sample(keys.of(rowKeys, firstRow, rows, firstSample, samples, lower.size()), 0, noiseKey, 0);
        for (int layer = 0; layer < lower.size(); layer++) {
            priors.read(layer, draws);
            lower.get(layer).ratios.changed();
        }
    }

    // From the draws of the layer below.
    private void encode(int layer, int draws) {
        RowNet encoder = encoders.get(layer - 1);
        latents.get(layer - 1).get(0, encoder.input(), draws * lower.get(layer - 1).draws.size);
        encoder.forward(draws);
        FloatMemory given = encoderOutputs.get(layer);
        given.put(0, encoder.output(), draws * width(layer));
        if (layer < lower.size()) {
            lower.get(layer).draws.read(draws, given);
        } else {
            top.read(draws, given);
        }
    }

    private int width(int layer) {
        return encoderOutputs.get(layer).length() / weights.length;
    }

    @Override
    public void useMeans() {
        lower.get(0).draws.useMeans();
    }

    @Override
    public void copy(int row, float[] toMeans, float[] toLogVariances, int at) {
        lower.get(0).draws.copy(row, toMeans, toLogVariances, at);
    }

    @Override
    public boolean hasClosedKl() {
        return false;
    }

    @Override
    public double kl(int row, double freeBits) {
        SampledRatios.requireNoFreeBits(freeBits);
        double sum = 0;
        for (int at = row; at < rows * samples; at += rows) {
            sum += top.kl(at, 0) - lowerRatio(at);
        }
        return sum / samples;
    }

    private double lowerRatio(int at) {
        double sum = 0;
        for (int layer = 0; layer < lower.size(); layer++) {
            sum += lower.get(layer).ratios.logRatio(at, at);
        }
        return sum;
    }

    @Override
    public double logRatio(int at, int row) {
        return lowerRatio(at) + top.logRatio(at, at);
    }

    @Override
    public void backwardElbo(
            FloatMemory latentGradient, double klWeight, double freeBits, double scale, FloatMemory encoderOutput) {
        SampledRatios.requireNoFreeBits(freeBits);
        Arrays.fill(weights, 0, rows * samples, scale * klWeight / samples);
        backwardPriors();
        int topmost = lower.size();
        top.backwardElbo(latents.get(topmost), klWeight, 0, scale / samples, encoderOutputs.get(topmost));
        backwardEncoders(latentGradient, encoderOutput);
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
        backwardOwn(latentGradient, encoderOutput);
    }

    @Override
    public void backwardSampled(FloatMemory latentGradient, double[] drawWeights, FloatMemory encoderOutput) {
        System.arraycopy(drawWeights, 0, weights, 0, rows * samples);
        backwardOwn(latentGradient, encoderOutput);
    }

    private void backwardOwn(FloatMemory latentGradient, FloatMemory encoderOutput) {
        backwardPriors();
        int topmost = lower.size();
        top.backwardSampled(latents.get(topmost), weights, encoderOutputs.get(topmost));
        backwardEncoders(latentGradient, encoderOutput);
    }

    // Leaves over the latents of the layers above the lowest what has reached them from the priors below.
    private void backwardPriors() {
        int draws = rows * samples;
        priors.begin();
        for (int layer = 0; layer < lower.size(); layer++) {
            Lower own = lower.get(layer);
            own.draws.copyLatents(0, own.values);
            priors.of(layer).backward(draws, own.values, weights, own.priorGradients);
            priors.backward(layer, draws);
        }
    }

    // From the topmost down: a draw's gradient is whole when that of the encoder which reads it is known.
    private void backwardEncoders(FloatMemory latentGradient, FloatMemory encoderOutput) {
        int draws = rows * samples;
        for (int layer = lower.size(); layer > 0; layer--) {
            RowNet encoder = encoders.get(layer - 1);
            encoder.begin();
            encoderOutputs.get(layer).get(0, encoder.output(), draws * width(layer));
            encoder.backward(draws);
            FloatMemory path = layer == 1 ? latentGradient : latents.get(layer - 1);
            backwardDraws(lower.get(layer - 1), path, encoder.input());
            lower.get(layer - 1).gradients.write(encoderOutputs.get(layer - 1));
        }
        int count = rows * width(0);
        encoderOutputs.get(0).get(0, repeated, draws * width(0));
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int at = i; at < samples * count; at += count) {
                sum += repeated[at];
            }
            once[i] = (float) sum;
        }
        encoderOutput.put(0, once, count);
    }

    // Of log q at fixed noise half of minus the log-variance is left.
    private void backwardDraws(Lower own, FloatMemory path, float[] fromAbove) {
        GaussianDraws draws = own.draws;
        int count = draws.rows() * draws.size;
        path.get(0, own.path, count);
        for (int i = 0; i < count; i++) {
            double reached = own.path[i] + own.priorGradients[i] + fromAbove[i];
            own.gradients.means[i] = reached;
            own.gradients.logVariances[i] =
                    0.5 * (reached * draws.deviations[i] * draws.noise[i] - weights[i / draws.size]);
        }
    }

    @Override
    public void descend(float[] topmost, int count, long noiseKey, long[] numbers) {
        priors.descend(topmost, count, noiseKey, numbers);
    }

    @Override
    public void close() {
        encoders.forEach(RowNet::close);
        encoderOutputs.forEach(FloatMemory::close);
        latents.subList(1, latents.size()).forEach(FloatMemory::close);
        top.close();
        priors.close();
    }
}
