package elbow.vae.prior;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;
import elbow.vae.layer.LayerContext;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.layer.Start;

/**
 * A mixture of diagonal Gaussians whose means, log-variances and weights are trained. It starts with equal weights,
 * variances of 1 and means spread around 0. The KL divergence from a Gaussian has no closed form.
 *
 * @param components how many Gaussians, 1 to {@value #MOST_COMPONENTS}
 */
public record GaussianMixture(int components) implements Prior {
    static final String TYPE = "gaussianMixture";

    /** The most components of a mixture. */
    public static final int MOST_COMPONENTS = 1 << 16;

    private static final String COMPONENTS = "components";

    /** Of the means at the start: far enough apart for the components to part. */
    private static final double MEAN_VARIANCE = 0.25;

    public GaussianMixture {
        requireComponents(components);
    }

    static void requireComponents(int components) {
        Check.argument(
                components >= 1 && components <= MOST_COMPONENTS,
                COMPONENTS,
                "lie in 1.." + MOST_COMPONENTS,
                components);
    }

    static GaussianMixture fromJson(JsonReader settings) {
        return new GaussianMixture(settings.integer(COMPONENTS));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String description() {
        return "mixture of " + components + " Gaussians";
    }

    @Override
    public void writeSettings(ObjectNode node) {
        node.put(COMPONENTS, components);
    }

    @Override
    public void declare(String name, int latentSize, int conditions, ParameterLayout.Builder layout) {
        Start spread = new Start.Uniform(MEAN_VARIANCE, latentSize, 1);
        layout.add(means(name), components, latentSize, spread);
        layout.add(logVariances(name), components, latentSize, Start.ZERO);
        layout.add(logits(name), 1, components, Start.ZERO);
    }

    static String means(String name) {
        return name + ".means";
    }

    static String logVariances(String name) {
        return name + ".logVariances";
    }

    static String logits(String name) {
        return name + ".logits";
    }

    @Override
    public PriorDensity create(String name, int latentSize, int conditions, LayerContext context) {
        return new GaussianMixtureDensity(name, new Mixture(components, latentSize), context.layout());
    }
}
