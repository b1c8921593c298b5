package elbow.vae.prior;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;
import elbow.vae.layer.LayerContext;

/**
 * The mean of the posteriors of trained pseudo-inputs (Tomczak and Welling. VAE with a VampPrior. AISTATS 2018,
 * equation 9): p(z) = 1/K sum over k of q(z|u_k). A pseudo-input is a row as the encoder sees it, of any real numbers.
 * The KL divergence from a Gaussian has no closed form.
 *
 * @param pseudoInputs how many, 1 to {@value GaussianMixture#MOST_COMPONENTS}
 */
public record VampPrior(int pseudoInputs) implements EncodedPrior {
    static final String TYPE = "vampPrior";

    private static final String PSEUDO_INPUTS = "pseudoInputs";

    public VampPrior {
        Check.argument(
                pseudoInputs >= 1 && pseudoInputs <= GaussianMixture.MOST_COMPONENTS,
                PSEUDO_INPUTS,
                "lie in 1.." + GaussianMixture.MOST_COMPONENTS,
                pseudoInputs);
    }

    static VampPrior fromJson(JsonReader settings) {
        return new VampPrior(settings.integer(PSEUDO_INPUTS));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String description() {
        return "VampPrior of " + pseudoInputs + " pseudo-inputs";
    }

    @Override
    public void writeSettings(ObjectNode node) {
        node.put(PSEUDO_INPUTS, pseudoInputs);
    }

    @Override
    public EncodedDensity create(String name, int latentSize, int conditions, LayerContext context) {
        return new VampDensity(new Mixture(pseudoInputs, latentSize));
    }
}
