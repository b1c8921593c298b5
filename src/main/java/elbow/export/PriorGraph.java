package elbow.export;

import elbow.base.Check;
import elbow.density.LatentMixture;
import elbow.math.Activation;
import elbow.math.LogDensities;
import elbow.vae.prior.ConditionalGaussian;
import elbow.vae.prior.FlowPrior;
import elbow.vae.prior.GaussianMixture;
import elbow.vae.prior.LogVariance;
import elbow.vae.prior.Prior;
import elbow.vae.prior.StandardNormal;
import elbow.vae.prior.VampPrior;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The prior of the latents in operators, as the classes of {@link elbow.vae.prior} have it. */
final class PriorGraph {
    private static final String NAME = "prior";

    private final Prior prior;
    private final Parameters parameters;
    private final Graph graph;
    private final int size;
    private final NetworkGraph network;
    private @Nullable LatentMixture fitted;

    PriorGraph(Prior prior, int latentSize, Parameters parameters, NetworkGraph network) {
        this.prior = prior;
        this.parameters = parameters;
        this.network = network;
        graph = parameters.graph();
        size = latentSize;
    }

    /** From now on draws latents from a density that was fitted in the prior's place. */
    void drawFrom(LatentMixture mixture) {
        fitted = mixture;
    }

    /**
     * KL(q || p) of diagonal Gaussians in nats, by row; in doubles.
     *
     * @param means rows x latents, of doubles
     * @param conditions rows x condition inputs, of floats; null without any
     */
    Tensor kl(Tensor means, Tensor logVariances, @Nullable Tensor conditions) {
        requireKnown();
        Tensor difference = means;
        Tensor logRatios = logVariances;
        Tensor squares = difference.square();
        if (prior instanceof ConditionalGaussian) {
            Tensor own = conditional(conditions);
            Tensor ownLogVariances = logVariances(own);
            difference = means.minus(own.slice(1, 0, size));
            logRatios = logVariances.minus(ownLogVariances);
            squares = difference.square().times(ownLogVariances.negated().exp());
        }
        return squares.plus(logRatios.exp())
                .minus(1)
                .minus(logRatios)
                .times(0.5)
                .sum(1);
    }

    /** log p(z) of latents, rows x latents of doubles, in nats, by row. */
    Tensor logDensities(Tensor latents, @Nullable Tensor conditions) {
        requireKnown();
        if (prior instanceof StandardNormal) {
            return normal(latents);
        } else if (prior instanceof ConditionalGaussian) {
            Tensor own = conditional(conditions);
            Tensor logVariances = logVariances(own);
            Tensor squares = latents.minus(own.slice(1, 0, size))
                    .square()
                    .times(logVariances.negated().exp());
            return squares.plus(logVariances).plus(LogDensities.LOG_2_PI).sum(1).times(-0.5);
        } else if (prior instanceof FlowPrior flow) {
            FlowGraph.Flowed base = new FlowGraph(parameters, size).toBase(NAME, flow, latents);
            return normal(base.latents()).plus(base.logDeterminants());
        }
        Components components = components();
        Tensor differences = latents.withAxis(1).minus(components.means());
        Tensor squares =
                differences.square().times(components.logVariances().negated().exp());
        Tensor exponents = squares.plus(components.logVariances())
                .plus(LogDensities.LOG_2_PI)
                .sum(2)
                .times(-0.5)
                .plus(components.logWeights());
        return exponents.logSumExp(1);
    }

    // Without it a prior that is not named here would be written as another one.
    private void requireKnown() {
        boolean known = isMixture()
                || prior instanceof StandardNormal
                || prior instanceof ConditionalGaussian
                || prior instanceof FlowPrior;
        Check.argument(known, "prior", "be one that can be exported", prior.type());
    }

    private static Tensor normal(Tensor latents) {
        return latents.square().plus(LogDensities.LOG_2_PI).sum(1).times(-0.5);
    }

    /** Whether {@link #draw} needs uniform numbers, too. */
    boolean isMixture() {
        return fitted != null || prior instanceof GaussianMixture || prior instanceof VampPrior;
    }

    /**
     * Latents from standard normal noise: rows x latents, of floats.
     *
     * @param uniform a number in [0, 1) for each row, of doubles; null unless this is a mixture
     */
    Tensor draw(Tensor noise, @Nullable Tensor uniform, @Nullable Tensor conditions) {
        requireKnown();
        Tensor wide = noise.as(ElementType.DOUBLE);
        if (fitted != null) {
            return drawFitted(fitted, wide, uniform);
        }
        if (prior instanceof StandardNormal) {
            return noise;
        } else if (prior instanceof ConditionalGaussian) {
            Tensor own = conditional(conditions);
            Tensor deviations = logVariances(own).times(0.5).exp();
            return own.slice(1, 0, size).plus(deviations.times(wide)).as(ElementType.FLOAT);
        } else if (prior instanceof FlowPrior flow) {
            return new FlowGraph(parameters, size).fromBase(NAME, flow, wide).as(ElementType.FLOAT);
        }
        Components components = components();
        Tensor component = component(components.logWeights().exp(), uniform, count());
        Tensor deviations = components.logVariances().times(0.5).exp().picked(0, component);
        return components
                .means()
                .picked(0, component)
                .plus(deviations.times(wide))
                .as(ElementType.FLOAT);
    }

    private Tensor drawFitted(LatentMixture mixture, Tensor wide, @Nullable Tensor uniform) {
        int count = mixture.components();
        double[] weights = new double[count];
        double[] means = new double[count * size];
        double[] factors = new double[count * size * size];
        for (int k = 0; k < count; k++) {
            weights[k] = mixture.weight(k);
            System.arraycopy(mixture.mean(k), 0, means, k * size, size);
            double[] factor = mixture.factor(k);
            for (int i = 0, at = 0; i < size; i++) {
                for (int j = 0; j <= i; j++) {
                    factors[(k * size + i) * size + j] = factor[at++];
                }
            }
        }
        Tensor component = component(graph.doubles(weights, count), uniform, count);
        Tensor turned = graph.doubles(factors, count, size, size)
                .picked(0, component)
                .times(wide.withAxis(1))
                .sum(2);
        return graph.doubles(means, count, size)
                .picked(0, component)
                .plus(turned)
                .as(ElementType.FLOAT);
    }

    // How many of the sums of weights up to a component are at most the number; the last one takes the rest.
    private Tensor component(Tensor weights, @Nullable Tensor uniform, int count) {
        if (uniform == null) {
            throw new IllegalArgumentException("uniform must be given to a mixture, but is null");
        }
        Tensor sums = graph.node("CumSum", ElementType.DOUBLE, weights, graph.longs(new long[] {0}, new long[0]));
        Tensor chosen =
                sums.minus(uniform.withAxis(1)).isAtMost(0).as(ElementType.LONG).sum(1);
        return graph.node("Min", ElementType.LONG, chosen, graph.scalar(ElementType.LONG, count - 1));
    }

    private int count() {
        return prior instanceof GaussianMixture mixture ? mixture.components() : ((VampPrior) prior).pseudoInputs();
    }

    // Components x latents; logWeights by component. All of doubles.
    private record Components(Tensor means, Tensor logVariances, Tensor logWeights) {}

    private Components components() {
        if (prior instanceof GaussianMixture) {
            Tensor logits = parameters.list(NAME + ".logits").as(ElementType.DOUBLE);
            return new Components(
                    parameters.matrix(NAME + ".means").as(ElementType.DOUBLE),
                    parameters
                            .matrix(NAME + ".logVariances")
                            .as(ElementType.DOUBLE)
                            .limited(LogVariance.LIMIT),
                    logits.minus(logits.logSumExp(0)));
        }
        Tensor encoded =
                network.encoded(parameters.matrix(NAME + ".pseudoInputs")).as(ElementType.DOUBLE);
        double[] logWeights = new double[count()];
        Arrays.fill(logWeights, -Math.log(logWeights.length));
        return new Components(
                encoded.slice(1, 0, size), logVariances(encoded), graph.doubles(logWeights, logWeights.length));
    }

    private Tensor logVariances(Tensor meansAndLogVariances) {
        return meansAndLogVariances.slice(1, size, size).limited(LogVariance.LIMIT);
    }

    // Means and log-variances by row, of doubles.
    private Tensor conditional(@Nullable Tensor conditions) {
        if (conditions == null) {
            throw new IllegalArgumentException(
                    "conditions must be given to a prior that depends on them, but are null");
        }
        LayerGraph layers = new LayerGraph(parameters);
        Tensor hidden = layers.dense(NAME + ".0", Activation.TANH, conditions);
        return layers.dense(NAME + ".head", Activation.IDENTITY, hidden).as(ElementType.DOUBLE);
    }
}
