package elbow.vae.latent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;
import elbow.vae.flow.FlowStep;
import elbow.vae.flow.PlanarStep;
import elbow.vae.flow.StepInputs;
import elbow.vae.layer.LayerContext;
import java.util.ArrayList;
import java.util.List;

/**
 * A diagonal Gaussian under planar flows whose parameters the encoder gives for each row: see {@link PlanarStep}.
 *
 * @param steps how many, 1 to {@value #MOST_STEPS}
 */
public record PlanarFlows(int steps) implements FlowPosterior {
    static final String TYPE = "planarFlows";

    /** The most steps. */
    public static final int MOST_STEPS = 256;

    private static final String STEPS = "steps";

    public PlanarFlows {
        Check.argument(steps >= 1 && steps <= MOST_STEPS, STEPS, "lie in 1.." + MOST_STEPS, steps);
    }

    static PlanarFlows fromJson(JsonReader settings) {
        return new PlanarFlows(settings.integer(STEPS));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String description() {
        return "Gaussian under " + steps + " planar flows";
    }

    @Override
    public void writeSettings(ObjectNode node) {
        node.put(STEPS, steps);
    }

    @Override
    public int stepInputs(int latentSize) {
        return Math.multiplyExact(steps, PlanarStep.width(latentSize));
    }

    @Override
    public List<FlowStep> steps(String name, int latentSize, StepInputs inputs, LayerContext context) {
        List<FlowStep> made = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            made.add(new PlanarStep(latentSize, i, inputs, context.rows()));
        }
        return made;
    }
}
