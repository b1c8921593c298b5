package elbow.vae;

import elbow.vae.Tape.Scalar;
import elbow.vae.layer.LayerContext;
import elbow.vae.prior.PriorDensity;
import elbow.vae.prior.StandardNormal;
import java.util.List;
import java.util.function.Supplier;

/** A standard normal that keeps its closed form to itself. */
record SampledNormal() implements ReferencePrior {
    @Override
    public String type() {
        return "sampledNormal";
    }

    @Override
    public String description() {
        return "standard normal by samples";
    }

    @Override
    public PriorDensity create(String name, int latentSize, int conditions, LayerContext context) {
        return new StandardNormal().create(name, latentSize, conditions, context);
    }

    @Override
    public int parameterCount(int latentSize, int conditions) {
        return 0;
    }

    @Override
    public Scalar logDensity(Tape tape, Supplier<Scalar> parameters, List<Scalar> z, List<Scalar> conditions) {
        return tape.sum(z.stream()
                .map(value -> value.square().plus(LOG_2_PI).times(-0.5))
                .toList());
    }
}
