package elbow.export;

import elbow.math.Activation;
import elbow.vae.flow.AffineCoupling;
import elbow.vae.flow.PlanarStep;
import elbow.vae.latent.InverseAutoregressiveFlows;
import elbow.vae.latent.PlanarFlows;
import elbow.vae.layer.AutoregressiveNet;
import elbow.vae.prior.FlowPrior;
import java.util.Arrays;
import java.util.List;

/** Flows in operators, in doubles: latents are rows x latents. */
final class FlowGraph {
    private static final double SHIFT = Math.log(Math.E - 1);

    /** Where the series of {@link PlanarStep} takes over. */
    private static final double NEAR = 1e-3;

    private static final double SLOPE = 1 - 1 / Math.E;
    private static final double CURVE = SLOPE * (1 - SLOPE) / 2;
    private static final double CUBE = SLOPE * (1 - SLOPE) * (1 - 2 * SLOPE) / 6;
    private static final double QUARTIC = SLOPE * (1 - SLOPE) * (1 - 6 * SLOPE + 6 * SLOPE * SLOPE) / 24;

    private final Parameters parameters;
    private final LayerGraph layers;
    private final int size;

    FlowGraph(Parameters parameters, int latentSize) {
        this.parameters = parameters;
        layers = new LayerGraph(parameters);
        size = latentSize;
    }

    /**
     * What a map makes of latents.
     *
     * @param logDeterminants of it, in nats, by row
     */
    record Flowed(Tensor latents, Tensor logDeterminants) {}

    /** The planar flows of a posterior, whose parameters the encoder gives: rows x step inputs, of floats. */
    Flowed planar(PlanarFlows flows, Tensor latents, Tensor inputs) {
        Tensor z = latents;
        Tensor sum = nothing(latents);
        Tensor given = inputs.as(ElementType.DOUBLE);
        int width = PlanarStep.width(size);
        for (int step = 0; step < flows.steps(); step++) {
            Tensor w = given.slice(1, step * width, size);
            Tensor u = given.slice(1, step * width + size, size);
            Tensor b = given.slice(1, step * width + 2 * size, 1);
            Tensor along = w.times(u).sum(1).withAxis(1);
            Tensor softplus = along.plus(SHIFT).softplus();
            Tensor tanh = w.times(z).sum(1).withAxis(1).plus(b).tanh();
            z = z.plus(factor(along, softplus).times(tanh).times(u));
            Tensor square = tanh.square();
            Tensor determinant = square.plus(square.negated().plus(1).times(softplus));
            sum = sum.plus(determinant.log().withoutAxis(1));
        }
        return new Flowed(z, sum);
    }

    private static Tensor factor(Tensor along, Tensor softplus) {
        Tensor series = along.times(QUARTIC)
                .plus(CUBE)
                .times(along)
                .plus(CURVE)
                .times(along)
                .plus(SLOPE);
        Tensor isNear = along.abs().isLess(NEAR);
        Tensor divisor = isNear.choose(along.graph().scalar(ElementType.DOUBLE, 1), along);
        return isNear.choose(series, softplus.minus(1).over(divisor));
    }

    /** The inverse autoregressive flows of a posterior, with what the encoder gives them: rows x units, of floats. */
    Flowed autoregressive(String name, InverseAutoregressiveFlows flows, Tensor latents, Tensor context) {
        Tensor z = latents;
        Tensor sum = nothing(latents);
        for (int step = 0; step < flows.steps(); step++) {
            String own = name + ".steps." + step;
            AutoregressiveNet net = new AutoregressiveNet(
                    size,
                    flows.units(),
                    flows.units(),
                    2,
                    step % 2 == 0 ? AutoregressiveNet.Order.ASCENDING : AutoregressiveNet.Order.DESCENDING);
            Tensor input = Tensor.joined(1, List.of(z.as(ElementType.FLOAT), context));
            Tensor hidden = masked(own + ".hidden", net.hiddenMask(), input).tanh();
            Tensor output = masked(own + ".head", net.headMask(), hidden).as(ElementType.DOUBLE);
            Tensor means = output.slice(1, 0, size);
            Tensor logGates =
                    output.slice(1, size, size).negated().minus(2).softplus().negated();
            z = logGates.exp().times(z.minus(means)).plus(means);
            sum = sum.plus(logGates.sum(1));
        }
        return new Flowed(z, sum);
    }

    private Tensor masked(String name, float[] mask, Tensor input) {
        Tensor weights = parameters.graph().shared(name + " masked", () -> {
            float[] values = parameters.of(name + ".weights");
            for (int i = 0; i < values.length; i++) {
                values[i] *= mask[i];
            }
            return parameters.graph().floats(values, mask.length / width(name), width(name));
        });
        return input.matrixProduct(weights).plus(parameters.list(name + ".bias"));
    }

    private int width(String name) {
        return parameters.of(name + ".bias").length;
    }

    /** From latents to what is standard normal under a flow prior. */
    Flowed toBase(String name, FlowPrior prior, Tensor latents) {
        Tensor z = latents;
        Tensor sum = nothing(latents);
        for (int i = 0; i < prior.couplings(); i++) {
            Coupling coupling = coupling(name, i, z);
            Tensor logScales = coupling.logScales.negated();
            Tensor changed = z.taken(1, coupling.changed).minus(coupling.shifts).times(logScales.exp());
            z = coupling.put(z, changed);
            sum = sum.plus(logScales.sum(1));
        }
        return new Flowed(z, sum);
    }

    /** The other way. */
    Tensor fromBase(String name, FlowPrior prior, Tensor base) {
        Tensor z = base;
        for (int i = prior.couplings() - 1; i >= 0; i--) {
            Coupling coupling = coupling(name, i, z);
            Tensor scales = coupling.logScales.exp();
            z = coupling.put(z, z.taken(1, coupling.changed).times(scales).plus(coupling.shifts));
        }
        return z;
    }

    // The latents that a coupling changes, and how.
    private static final class Coupling {
        private final long[] kept;
        private final long[] changed;
        private final Tensor shifts;
        private final Tensor logScales;

        Coupling(long[] kept, long[] changed, Tensor shifts, Tensor logScales) {
            this.kept = kept;
            this.changed = changed;
            this.shifts = shifts;
            this.logScales = logScales;
        }

        // Kept latents and changed ones, each back in its place.
        Tensor put(Tensor z, Tensor values) {
            long[] places = new long[kept.length + changed.length];
            for (int i = 0; i < kept.length; i++) {
                places[(int) kept[i]] = i;
            }
            for (int i = 0; i < changed.length; i++) {
                places[(int) changed[i]] = (long) kept.length + i;
            }
            return Tensor.joined(1, List.of(z.taken(1, kept), values)).taken(1, places);
        }
    }

    private Coupling coupling(String name, int number, Tensor z) {
        String own = name + ".couplings." + number;
        long[] kept =
                Arrays.stream(AffineCoupling.kept(size, number)).asLongStream().toArray();
        long[] changed = Arrays.stream(AffineCoupling.changed(size, number))
                .asLongStream()
                .toArray();
        Tensor hidden =
                layers.dense(own + ".0", Activation.TANH, z.taken(1, kept).as(ElementType.FLOAT));
        Tensor output = layers.dense(own + ".head", Activation.IDENTITY, hidden).as(ElementType.DOUBLE);
        Tensor logScales = output.slice(1, changed.length, changed.length)
                .times(0.5)
                .tanh()
                .times(AffineCoupling.LIMIT);
        return new Coupling(kept, changed, output.slice(1, 0, changed.length), logScales);
    }

    private static Tensor nothing(Tensor latents) {
        return latents.times(0).sum(1);
    }
}
