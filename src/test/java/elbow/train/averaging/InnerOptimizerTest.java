package elbow.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SmallFamily;
import elbow.math.Activation;
import elbow.math.optimizer.Adam;
import elbow.math.optimizer.FloatTiles;
import elbow.math.optimizer.Muon;
import elbow.math.optimizer.Optimizer;
import elbow.vae.Convolutions;
import elbow.vae.HiddenWeights;
import elbow.vae.VaeSpec;
import elbow.vae.latent.DiagonalGaussian;
import elbow.vae.latent.Hierarchy;
import elbow.vae.latent.LatentSpec;
import elbow.vae.layer.DenseSpec;
import elbow.vae.layer.ImageSize;
import elbow.vae.layer.LayerSpec;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.likelihood.Bernoulli;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InnerOptimizerTest {
    @Test
    void muonStepsTheMatricesBetweenFirstAndLastLayer() {
        assertThat(hidden(dense(9, 2).encoder(8, 7).decoder(6, 5).build()))
                .containsExactly("encoder.1.weights", "posterior.weights", "decoder.0.weights", "decoder.1.weights");
        assertThat(hidden(dense(9, 2).encoder(8).decoder(8).build()))
                .containsExactly("posterior.weights", "decoder.0.weights");
        // The head is the first layer, and the output the last; one latent makes the decoder's weights a vector.
        assertThat(hidden(dense(9, 1).encoder().decoder(8).build())).isEmpty();
    }

    @Test
    void filtersAndLayersAboveAreAmongThem() {
        VaeSpec convolutional = dense(16, 2)
                .encoder(8)
                .decoder(8)
                .convolutions(new Convolutions(new ImageSize(4, 4, 1), List.of(3, 4), 3, List.of(2, 1)))
                .build();
        assertThat(hidden(convolutional))
                .contains("encoder.1.filters", "encoder.2.weights", "posterior.weights", "decoder.0.weights")
                .noneMatch(name -> name.startsWith("encoder.0.") || name.startsWith("output"));

        List<LayerSpec> layers = List.of(new DenseSpec(6, Activation.TANH));
        LatentSpec above = new LatentSpec(layers, 4, new DiagonalGaussian(), layers);
        assertThat(hidden(dense(9, 3)
                        .encoder(8)
                        .decoder(8)
                        .upper(Hierarchy.LADDER, List.of(above))
                        .build()))
                .contains("posterior.weights", "decoder.0.weights")
                .anyMatch(name -> name.startsWith("latents.2.encoder."))
                .anyMatch(name -> name.startsWith("latents.2.decoder."))
                .noneMatch(name -> name.startsWith("encoder.0.") || name.startsWith("output"));
    }

    /** Of a masked matrix an orthogonal step would change what the mask hides; pseudo-inputs are rows, no map. */
    @Test
    void flowsPriorsAndVectorsAreNotAmongThem() {
        assertThat(SmallFamily.specs(5)).allSatisfy(spec -> {
            assertThat(HiddenWeights.of(spec))
                    .allMatch(block -> Math.min(block.rows(), block.columns()) > 1)
                    .noneMatch(block -> block.name().startsWith("prior"))
                    .noneMatch(block -> block.name().startsWith("posterior.")
                            && !block.name().equals("posterior.weights"))
                    .noneMatch(block -> block.name().contains("ias"));
        });
    }

    @Test
    void withoutSuchAMatrixMuonIsAdam() {
        assertThat(created(dense(9, 1).encoder().decoder(8).build())).isInstanceOf(Adam.class);
        VaeSpec spec = dense(9, 2).encoder(8).decoder(8).build();
        assertThat(created(spec)).isInstanceOf(Muon.class);
        // Twice the largest matrix, 8 x 4, and twice the square of the largest smaller side, 4.
        assertThat(InnerOptimizer.MUON.offHeapBytes(spec)).isEqualTo(4 * (2 * 32 + 2 * 16));
        assertThat(InnerOptimizer.ADAM.offHeapBytes(spec)).isZero();
    }

    private static Optimizer created(VaeSpec spec) {
        int length = spec.layout().length();
        try (Optimizer optimizer = InnerOptimizer.MUON.create(spec, new FloatTiles(length), new FloatTiles(length))) {
            return optimizer;
        }
    }

    private static VaeSpec.Builder dense(int columns, int latents) {
        return VaeSpec.builder(columns, latents).likelihood(new Bernoulli());
    }

    private static List<String> hidden(VaeSpec spec) {
        return HiddenWeights.of(spec).stream().map(ParameterBlock::name).toList();
    }
}
