package elbow.vae.latent;

import elbow.math.Activation;
import elbow.vae.layer.Start;
import elbow.vae.prior.ClosedKlDensity;
import elbow.vae.prior.FactorizedPrior;
import elbow.vae.prior.Prior;

/**
 * Gaussian, independent for each latent: the encoder gives all means, then the logarithms of all variances (Kingma and
 * Welling 2014).
 */
public record DiagonalGaussian() implements Posterior {
    static final String TYPE = "diagonalGaussian";

    /** Weights of the log-variances start this much smaller: the posterior starts near the prior's width. */
    static final float LOG_VARIANCE_FACTOR = 0.1f;

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String description() {
        return "Gaussian";
    }

    @Override
    public int encoderOutputs(int latentSize) {
        return 2 * latentSize;
    }

    @Override
    public Start encoderWeights(int inputs, int latentSize) {
        return Start.weights(inputs, encoderOutputs(latentSize), Activation.IDENTITY)
                .scaledFrom(latentSize, LOG_VARIANCE_FACTOR);
    }

    @Override
    public boolean hasClosedKl(Prior prior) {
        return prior.hasClosedKl();
    }

    @Override
    public LatentLayer create(String name, int latentSize, LatentContext context) {
        int rows = context.layers().rows();
        GaussianDraws draws =
                new GaussianDraws(latentSize, encoderOutputs(latentSize), rows, context.samples(), context.latents());
        GaussianGradients gradients = new GaussianGradients(draws, rows);
        return new GaussianLatentLayer(draws, gradients, kl(context, draws, gradients, rows), context.density(), rows);
    }

    private static GaussianKl kl(LatentContext context, GaussianDraws draws, GaussianGradients gradients, int rows) {
        if (context.prior() instanceof FactorizedPrior prior) {
            return new ClosedKl(prior, draws, gradients);
        }
        return context.density() instanceof ClosedKlDensity density
                ? new ConditionalKl(density, draws, gradients, rows)
                : new SampledKl(context.density(), draws, gradients, rows);
    }
}
