package elbow.vae;

import elbow.vae.layer.ParameterBlock;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The weight matrices of a network's hidden layers: those of dense layers and the filters of convolutions, in encoders
 * and decoders of all layers of latents, besides the first layer, which reads the rows, and the last one, which writes
 * the likelihoods' parameters. Biases, free parameters, pseudo-inputs and the nets of flows and priors are none of
 * them, nor is a matrix of one row or column.
 */
public final class HiddenWeights {
    /** Parts whose weights are whole matrices that map activations to activations. */
    private static final Pattern LAYERS =
            Pattern.compile("(latents\\.\\d+\\.)?(encoder|decoder)(\\.\\w+)*\\.(weights|filters)|posterior\\.weights");

    private HiddenWeights() {}

    /** Their blocks, in the order of the layout. */
    public static List<ParameterBlock> of(VaeSpec spec) {
        boolean headIsFirst = spec.latent().encoder().isEmpty();
        return spec.layout().blocks().stream()
                .filter(block -> Math.min(block.rows(), block.columns()) > 1)
                .filter(block -> LAYERS.matcher(block.name()).matches())
                .filter(block -> !block.name().startsWith(headIsFirst ? "posterior." : "encoder.0."))
                .toList();
    }
}
