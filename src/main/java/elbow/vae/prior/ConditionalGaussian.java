package elbow.vae.prior;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;
import elbow.math.Activation;
import elbow.vae.layer.DenseSpec;
import elbow.vae.layer.LayerContext;
import elbow.vae.layer.LayerStack;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.layer.RowNet;
import elbow.vae.layer.Start;
import java.util.List;

/**
 * A Gaussian, independent for each latent, whose means and log-variances a network computes from a row's conditions
 * (Sohn, Lee, Yan. Learning structured output representation using deep conditional generative models. NeurIPS 2015):
 * p(z|c). One hidden layer of tanh units; the last layer starts at 0, and so the prior as the standard normal. The KL
 * divergence from a Gaussian has a closed form, latent by latent.
 *
 * @param units of the network's hidden layer, 1 to {@value #MOST_UNITS}
 */
public record ConditionalGaussian(int units) implements Prior {
    static final String TYPE = "conditionalGaussian";

    /** The most units. */
    public static final int MOST_UNITS = 1 << 16;

    private static final String UNITS = "units";

    public ConditionalGaussian {
        Check.argument(units >= 1 && units <= MOST_UNITS, UNITS, "lie in 1.." + MOST_UNITS, units);
    }

    static ConditionalGaussian fromJson(JsonReader settings) {
        return new ConditionalGaussian(settings.integer(UNITS));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String description() {
        return "Gaussian that depends on the conditions through " + units + " units";
    }

    @Override
    public void writeSettings(ObjectNode node) {
        node.put(UNITS, units);
    }

    @Override
    public boolean hasClosedKl() {
        return true;
    }

    @Override
    public void requireFits(int latentSize, int conditions) {
        Check.argument(conditions > 0, "conditions", "be at least one with a conditional prior", conditions);
    }

    @Override
    public void declare(String name, int latentSize, int conditions, ParameterLayout.Builder layout) {
        stack(name, latentSize, conditions).declare(layout, Start.ZERO);
    }

    @Override
    public long floatsPerRow(int latentSize, int conditions) {
        return stack(TYPE, latentSize, conditions).floatsPerRow() + RowNet.floatsPerRow(conditions);
    }

    @Override
    public ConditionalDensity create(String name, int latentSize, int conditions, LayerContext context) {
        LayerStack stack = stack(name, latentSize, conditions);
        RowNet net = new RowNet(name, conditions, 2 * latentSize, stack.widest(), context, stack::create);
        return new ConditionalDensity(net, latentSize, conditions, context.rows());
    }

    private LayerStack stack(String name, int latentSize, int conditions) {
        return LayerStack.of(
                conditions, name, List.of(new DenseSpec(units, Activation.TANH)), name + ".head", 2 * latentSize);
    }
}
