package elbow.vae.latent;

import elbow.base.Check;
import elbow.math.Activation;
import elbow.vae.flow.FlowStep;
import elbow.vae.flow.StepInputs;
import elbow.vae.layer.LayerContext;
import elbow.vae.layer.Start;
import elbow.vae.prior.EncodedPrior;
import elbow.vae.prior.Prior;
import java.util.List;

/**
 * A diagonal Gaussian that goes through flows: z = f(z_0), log q(z|x) = log q_0(z_0|x) - the flows' log-determinants.
 * Its KL divergence from any prior is by samples.
 *
 * <p>The gradient is the derivative of the loss at fixed noise, of the importance-weighted bound, too. A path gradient
 * (Roeder, Wu, Duvenaud. Sticking the landing. NeurIPS 2017; with flows: Vaitl, Nicoli, Nakajima, Kessel. ICML 2022)
 * and the doubly reparameterised one leave out the score of q, whose mean is 0. They need the derivative of log q with
 * respect to z at fixed parameters, which for a flow is a second backward pass through all steps for each sample: with
 * the few samples that one trains with, as much time is better spent on more of them. And the plain gradient is that of
 * a function that exists, so that central differences hold it.
 */
interface FlowPosterior extends Posterior {
    /** What the encoder gives the steps for each row. */
    int stepInputs(int latentSize);

    /** The steps, in the order in which the latents go through them. */
    List<FlowStep> steps(String name, int latentSize, StepInputs inputs, LayerContext context);

    @Override
    default int encoderOutputs(int latentSize) {
        return 2 * latentSize + stepInputs(latentSize);
    }

    // All but the means start smaller, as the log-variances of a Gaussian do: near the identity.
    @Override
    default Start encoderWeights(int inputs, int latentSize) {
        return Start.weights(inputs, encoderOutputs(latentSize), Activation.IDENTITY)
                .scaledFrom(latentSize, DiagonalGaussian.LOG_VARIANCE_FACTOR);
    }

    @Override
    default boolean hasClosedKl(Prior prior) {
        return false;
    }

    @Override
    default void requireFits(Prior prior) {
        Check.argument(
                !(prior instanceof EncodedPrior),
                "posterior",
                "be " + DiagonalGaussian.TYPE + " with " + prior.type()
                        + ", a prior that needs its density at any point",
                type());
    }

    @Override
    default LatentLayer create(String name, int latentSize, LatentContext context) {
        int rows = context.layers().rows();
        StepInputs inputs = new StepInputs(rows, stepInputs(latentSize));
        GaussianDraws base =
                new GaussianDraws(latentSize, encoderOutputs(latentSize), rows, context.samples(), context.latents());
        return new FlowLatentLayer(base, inputs, steps(name, latentSize, inputs, context.layers()), context, rows);
    }
}
