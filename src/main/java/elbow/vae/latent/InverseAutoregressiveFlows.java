package elbow.vae.latent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;
import elbow.vae.flow.AutoregressiveStep;
import elbow.vae.flow.FlowStep;
import elbow.vae.flow.StepInputs;
import elbow.vae.layer.LayerContext;
import elbow.vae.layer.ParameterLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * A diagonal Gaussian under inverse autoregressive flows: see {@link AutoregressiveStep}. Every other step goes through
 * the latents the other way round. The encoder gives as many values of context as a step has hidden units.
 *
 * @param steps how many, 1 to {@value #MOST_STEPS}
 * @param units of the hidden layer of each step's network, and of the context
 */
public record InverseAutoregressiveFlows(int steps, int units) implements FlowPosterior {
    static final String TYPE = "inverseAutoregressiveFlows";

    /** The most steps. */
    public static final int MOST_STEPS = 256;

    /** The most units. */
    public static final int MOST_UNITS = 1 << 16;

    private static final String STEPS = "steps";
    private static final String UNITS = "units";

    public InverseAutoregressiveFlows {
        Check.argument(steps >= 1 && steps <= MOST_STEPS, STEPS, "lie in 1.." + MOST_STEPS, steps);
        Check.argument(units >= 1 && units <= MOST_UNITS, UNITS, "lie in 1.." + MOST_UNITS, units);
    }

    static InverseAutoregressiveFlows fromJson(JsonReader settings) {
        return new InverseAutoregressiveFlows(settings.integer(STEPS), settings.integer(UNITS));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String description() {
        return "Gaussian under " + steps + " inverse autoregressive flows with " + units + " units";
    }

    @Override
    public void writeSettings(ObjectNode node) {
        node.put(STEPS, steps).put(UNITS, units);
    }

    @Override
    public int stepInputs(int latentSize) {
        return units;
    }

    @Override
    public void declare(String name, int latentSize, ParameterLayout.Builder layout) {
        for (int i = 0; i < steps; i++) {
            AutoregressiveStep.declare(step(name, i), latentSize, i, units, units, layout);
        }
    }

    @Override
    public long floatsPerRow(int latentSize) {
        return steps * AutoregressiveStep.floatsPerRow(latentSize, units, units);
    }

    @Override
    public List<FlowStep> steps(String name, int latentSize, StepInputs inputs, LayerContext context) {
        List<FlowStep> made = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            made.add(new AutoregressiveStep(step(name, i), latentSize, i, units, inputs, context));
        }
        return made;
    }

    private static String step(String name, int number) {
        return name + ".steps." + number;
    }
}
