package elbow.fit;

import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.vae.VaeSpec;
import elbow.vae.latent.DiagonalGaussian;
import elbow.vae.latent.InverseAutoregressiveFlows;
import elbow.vae.latent.PlanarFlows;
import elbow.vae.latent.Posterior;
import elbow.vae.prior.ConditionalGaussian;
import elbow.vae.prior.FlowPrior;
import elbow.vae.prior.GaussianMixture;
import elbow.vae.prior.Prior;
import elbow.vae.prior.StandardNormal;
import elbow.vae.prior.VampPrior;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is said of columns and networks in more than one place. */
final class Words {
    private Words() {}

    static String columns(FeatureEncoder encoder) {
        String used = encoder.image()
                        .map(shape -> "images of " + shape)
                        .orElse(encoder.modelled().size() + " columns")
                + conditions(encoder);
        List<String> left = encoder.leftOut().stream()
                .map(column -> column.column() + " (" + column.reason() + ")")
                .toList();
        return left.isEmpty() ? used : used + "; left out: " + String.join(", ", left);
    }

    private static String conditions(FeatureEncoder encoder) {
        List<String> given = encoder.conditions().stream().map(Feature::column).toList();
        return given.isEmpty() ? "" : " given " + String.join(", ", given);
    }

    static String network(VaeSpec spec) {
        return spec.shape();
    }

    /** Prior and posterior; empty for those that are the default. */
    static Map<String, String> latents(VaeSpec spec) {
        Map<String, String> words = new LinkedHashMap<>();
        if (!(spec.prior() instanceof StandardNormal)) {
            words.put("Prior", words(spec.prior()));
        }
        Posterior posterior = spec.latentLayers().get(0).posterior();
        if (!(posterior instanceof DiagonalGaussian)) {
            words.put("Posterior", words(posterior));
        }
        if (!spec.hasClosedKl()) {
            words.put("KL divergence", "a mean over samples: it has no closed form");
        }
        return words;
    }

    private static String words(Prior prior) {
        if (prior instanceof GaussianMixture mixture) {
            return "mixture of " + mixture.components() + " Gaussians";
        }
        if (prior instanceof VampPrior vamp) {
            return "VampPrior of " + vamp.pseudoInputs() + " pseudo-inputs";
        }
        if (prior instanceof ConditionalGaussian conditional) {
            return "Gaussian told from the conditions by " + conditional.units() + " units";
        }
        return prior instanceof FlowPrior flow
                ? "flow of " + flow.couplings() + " affine couplings with " + flow.units() + " units"
                : prior.type();
    }

    private static String words(Posterior posterior) {
        if (posterior instanceof PlanarFlows flows) {
            return "Gaussian under " + flows.steps() + " planar flows";
        }
        return posterior instanceof InverseAutoregressiveFlows flows
                ? "Gaussian under " + flows.steps() + " inverse autoregressive flows with " + flows.units() + " units"
                : posterior.type();
    }

    static int parameters(VaeSpec spec) {
        return spec.layout().length();
    }
}
