package elbow.vae.latent;

import elbow.math.DoubleLoops;
import elbow.math.FloatMemory;
import elbow.vae.flow.FlowStep;
import elbow.vae.flow.StepInputs;
import elbow.vae.prior.PriorDensity;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link FlowPosterior}: takes rows of (means, log-variances, what the steps are given). */
final class FlowLatentLayer implements LatentLayer {
    private static final int NONE = -1;

    private final GaussianDraws base;
    private final GaussianGradients gradients;
    private final StepInputs inputs;
    private final FlowStep[] steps;
    private final PriorDensity prior;
    private final SampledRatios ratios;
    private final FloatMemory memory;
    private final double[] latents;
    private final double[] logDeterminants;
    private final double[] ofOneSample;
    private final double[] weights;
    private final double[] negativeWeights;
    private final double[] priorGradients;
    private final float[] path;
    private final float[] narrow;
    private final float[] means;

    /** The sample that the steps were asked for last. */
    private int held = NONE;

    private boolean meansAreKnown;

    FlowLatentLayer(GaussianDraws base, StepInputs inputs, List<FlowStep> steps, LatentContext context, int rows) {
        this.base = base;
        this.inputs = inputs;
        this.steps = steps.toArray(FlowStep[]::new);
        gradients = new GaussianGradients(base, rows);
        prior = context.density();
        memory = context.latents();
        int count = base.means.length;
        latents = new double[Math.multiplyExact(count, base.samples)];
        logDeterminants = new double[Math.multiplyExact(rows, base.samples)];
        ratios = new SampledRatios(prior, base, this::copyLatents, logDeterminants);
        ofOneSample = new double[Math.max(count, rows)];
        weights = new double[rows];
        negativeWeights = new double[rows];
        priorGradients = new double[count];
        path = new float[count];
        narrow = new float[count];
        means = new float[count];
    }

    @Override
    public void bind(FloatMemory parameters, @Nullable FloatMemory newGradients) {
        for (FlowStep step : steps) {
            step.bind(parameters, newGradients);
        }
    }

    @Override
    public void read(int rows, FloatMemory encoderOutput) {
        base.read(rows, encoderOutput);
        base.copyRest(inputs.values());
        for (FlowStep step : steps) {
            step.begin();
        }
        held = NONE;
        ratios.changed();
        meansAreKnown = false;
    }

    @Override
    public void sample(long[] rowKeys, int firstRow, long noiseKey, int firstSample) {
        base.sample(rowKeys, firstRow, noiseKey, firstSample);
        int count = base.rows() * base.size;
        for (int sample = 0; sample < base.samples; sample++) {
            flow(sample);
            DoubleLoops.narrow(priorGradients, narrow, count);
            memory.put(sample * count, narrow, count);
        }
        ratios.changed();
    }

    // Leaves the sample's latents in the memory of the prior's gradients, too.
    private void flow(int sample) {
        int rows = base.rows();
        int count = rows * base.size;
        base.copyLatents(sample, priorGradients);
        Arrays.fill(ofOneSample, 0, rows, 0);
        for (FlowStep step : steps) {
            step.forward(rows, priorGradients, ofOneSample);
        }
        System.arraycopy(priorGradients, 0, latents, sample * count, count);
        System.arraycopy(ofOneSample, 0, logDeterminants, sample * rows, rows);
        held = sample;
    }

    private void copyLatents(int sample, double[] to) {
        int count = base.rows() * base.size;
        System.arraycopy(latents, sample * count, to, 0, count);
    }

    @Override
    public void useMeans() {
        findMeans();
        memory.put(0, means, base.rows() * base.size);
    }

    @Override
    public void copy(int row, float[] toMeans, float[] toLogVariances, int at) {
        findMeans();
        base.copy(row, toMeans, toLogVariances, at);
        System.arraycopy(means, row * base.size, toMeans, at, base.size);
    }

    private void findMeans() {
        if (meansAreKnown) {
            return;
        }
        int count = base.rows() * base.size;
        DoubleLoops.widen(base.means, priorGradients, count);
        for (FlowStep step : steps) {
            step.forward(base.rows(), priorGradients, ofOneSample);
        }
        DoubleLoops.narrow(priorGradients, means, count);
        held = NONE;
        meansAreKnown = true;
    }

    @Override
    public boolean hasClosedKl() {
        return false;
    }

    @Override
    public double kl(int row, double freeBits) {
        return ratios.kl(row, freeBits);
    }

    @Override
    public double logRatio(int at, int row) {
        return ratios.logRatio(at, row);
    }

    @Override
    public void backwardElbo(
            FloatMemory latentGradient, double klWeight, double freeBits, double scale, FloatMemory encoderOutput) {
        start(scale * klWeight);
        Arrays.fill(weights, 0, base.rows(), scale * klWeight / base.samples);
        for (int sample = base.samples - 1; sample >= 0; sample--) {
            addSample(sample, latentGradient);
        }
        finish(encoderOutput);
    }

    @Override
    public void backwardImportanceWeighted(
            FloatMemory latentGradient,
            double[] normalizedWeights,
            double klWeight,
            double scale,
            FloatMemory encoderOutput) {
        int rows = base.rows();
        start(scale * klWeight);
        for (int sample = base.samples - 1; sample >= 0; sample--) {
            for (int row = 0; row < rows; row++) {
                weights[row] = scale * klWeight * normalizedWeights[sample * rows + row];
            }
            addSample(sample, latentGradient);
        }
        finish(encoderOutput);
    }

    @Override
    public void backwardSampled(FloatMemory latentGradient, double[] drawWeights, FloatMemory encoderOutput) {
        int rows = base.rows();
        start(0);
        for (int sample = base.samples - 1; sample >= 0; sample--) {
            System.arraycopy(drawWeights, sample * rows, weights, 0, rows);
            for (int i = 0; i < rows * base.size; i++) {
                gradients.logVariances[i] -= 0.5 * weights[i / base.size];
            }
            addSample(sample, latentGradient);
        }
        finish(encoderOutput);
    }

    // Of log q_0 at fixed noise half of minus the log-variance is left; the samples' weights sum to the whole.
    private void start(double weight) {
        int count = base.rows() * base.size;
        Arrays.fill(gradients.means, 0, count, 0);
        Arrays.fill(gradients.logVariances, 0, count, -0.5 * weight);
        inputs.clearGradients();
    }

    // The last sample first: what the steps hold of it is still good.
    private void addSample(int sample, FloatMemory latentGradient) {
        int rows = base.rows();
        int count = rows * base.size;
        if (held != sample) {
            flow(sample);
        }
        copyLatents(sample, ofOneSample);
        prior.backward(rows, ofOneSample, weights, priorGradients);
        latentGradient.get(sample * count, path, count);
        for (int i = 0; i < count; i++) {
            priorGradients[i] += path[i];
        }
        for (int row = 0; row < rows; row++) {
            negativeWeights[row] = -weights[row];
        }
        for (int i = steps.length - 1; i >= 0; i--) {
            steps[i].backward(rows, priorGradients, negativeWeights);
        }
        held = NONE;
        for (int i = 0; i < count; i++) {
            gradients.means[i] += priorGradients[i];
            gradients.logVariances[i] += priorGradients[i] * 0.5 * base.deviations[i] * base.noise[sample * count + i];
        }
    }

    private void finish(FloatMemory encoderOutput) {
        for (FlowStep step : steps) {
            step.writeGradients();
        }
        gradients.setRest(inputs.narrowGradients());
        gradients.write(encoderOutput);
    }

    @Override
    public void close() {
        for (FlowStep step : steps) {
            step.close();
        }
    }
}
