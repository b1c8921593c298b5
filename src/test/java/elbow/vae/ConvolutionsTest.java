package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.math.FloatMemory;
import elbow.vae.layer.ImageSize;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Categorical;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.LikelihoodGroup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionsTest {
    private static final ImageSize GREY = new ImageSize(28, 28, 1);

    @ParameterizedTest
    @MethodSource("elbow.vae.ConvolutionSpecs#all")
    void jsonRoundTrips(VaeSpec spec) {
        assertThat(VaeSpecJson.read("spec", VaeSpecJson.write(spec).toString())).isEqualTo(spec);
    }

    /** Stored models are written so. */
    @Test
    void jsonStaysAsItIs() throws IOException {
        VaeSpec spec = besideATable().build();
        assertThat(VaeSpecJson.read("spec", text())).isEqualTo(spec);
        assertThat(VaeSpecJson.write(spec).toPrettyString() + "\n").isEqualTo(text());
    }

    private static VaeSpec.Builder besideATable() {
        return VaeSpec.builder(8 * 8 + 5, 3)
                .encoder(9)
                .decoder(7)
                .likelihoods(List.of(
                        new LikelihoodGroup(Gaussian.learned(Gaussian.Variance.HETEROSCEDASTIC, 1e-3), 8 * 8 + 2),
                        new LikelihoodGroup(new Categorical(3), 3)))
                .convolutions(new Convolutions(new ImageSize(8, 8, 1), List.of(4, 6), 4, List.of(2, 2)));
    }

    private static String text() throws IOException {
        try (InputStream stream = ConvolutionsTest.class.getResourceAsStream("spec-3-convolutions.json")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void sizesPassFromLayerToLayerAndBackTheSameWay() {
        VaeSpec image = VaeSpec.builder(784, 20)
                .encoder(256)
                .decoder(256)
                .convolutions(new Convolutions(GREY, List.of(16, 32), 4, List.of(2, 2)))
                .build();
        assertThat(image.shape()).isEqualTo("784-14x14x16-7x7x32-256-20-256-1568-14x14x16-28x28x1");
        assertThat(besideATable().build().shape()).isEqualTo("69-4x4x4-2x2x6+5-9-3-7-31-4x4x4+7-8x8x1+71");
        assertThat(VaeSpec.builder(784, 20).encoder(512).decoder(512).build().shape())
                .isEqualTo("784-512-20-512-784");
    }

    @Test
    void parametersAreNamedAfterTheirLayers() {
        assertThat(besideATable().build().layout().blocks())
                .extracting(block -> block.name() + " " + block.rows() + "x" + block.columns())
                .containsExactly(
                        "encoder.0.0.filters 16x4",
                        "encoder.0.0.filterBias 1x4",
                        "encoder.0.1.filters 64x6",
                        "encoder.0.1.filterBias 1x6",
                        "encoder.1.weights 29x9",
                        "encoder.1.bias 1x9",
                        "posterior.weights 9x6",
                        "posterior.bias 1x6",
                        "decoder.0.weights 3x7",
                        "decoder.0.bias 1x7",
                        "decoder.1.weights 7x31",
                        "decoder.1.bias 1x31",
                        "decoder.2.0.filters 64x6",
                        "decoder.2.0.filterBias 1x4",
                        "output.0.filters 16x4",
                        "output.1.filters 16x4",
                        "output.weights 7x7",
                        "output.bias 1x135");
    }

    /** A part with another name changes no other part's start. */
    @Test
    void aFurtherConvolutionLeavesTheStartsOfOthersWhereTheyWere() {
        VaeSpec one = image(List.of(4), List.of(2));
        VaeSpec two = image(List.of(4, 6), List.of(2, 2));
        for (String name : List.of("encoder.0.filters", "output.0.filters")) {
            assertThat(start(two, name))
                    .as(name)
                    .isEqualTo(start(one, name))
                    .isNotEqualTo(start(two, "encoder.1.filters"));
        }
    }

    private static VaeSpec image(List<Integer> channels, List<Integer> strides) {
        return VaeSpec.builder(64, 2)
                .encoder(5)
                .decoder(5)
                .convolutions(new Convolutions(new ImageSize(8, 8, 1), channels, 4, strides))
                .build();
    }

    private static float[] start(VaeSpec spec, String name) {
        ParameterBlock block = spec.layout().block(name);
        try (FloatMemory parameters = FloatMemory.allocate(spec.layout().length())) {
            Initialisation.initialise(spec, 42, parameters);
            return Arrays.copyOfRange(parameters.toArray(), block.offset(), block.offset() + block.length());
        }
    }

    @Test
    @Tag("kernels")
    void decoderStartsAtTheMeanOfEachPixel() {
        VaeSpec spec = VaeSpec.builder(64, 2)
                .encoder(5)
                .decoder(5)
                .convolutions(new Convolutions(new ImageSize(8, 8, 1), List.of(4), 4, List.of(2)))
                .build();
        float[] means = new float[64];
        for (int i = 0; i < means.length; i++) {
            means[i] = (i + 1) / 80f;
        }
        try (FloatMemory parameters = FloatMemory.allocate(spec.layout().length());
                VaeGenerator generator = new VaeGenerator(spec)) {
            // Without weights the decoder says the same of all latents.
            Initialisation.setOutputMeans(spec, means, parameters);
            generator.bind(parameters);
            float[] expected = new float[64];
            generator.put(new float[2], 1);
            generator.expected(expected);
            for (int i = 0; i < means.length; i++) {
                assertThat(expected[i]).isCloseTo(means[i], org.assertj.core.api.Assertions.within(1e-5f));
            }
        }
    }

    @Test
    void sizesThatDoNotFitTheStridesAreRefused() {
        assertThatThrownBy(() -> new Convolutions(new ImageSize(28, 26, 3), List.of(4, 4), 4, List.of(2, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("image must have a height and a width that are multiples of 4, the product of the strides"
                        + " [2, 2], but is 28x26x3");
        assertThatThrownBy(() -> new Convolutions(GREY, List.of(4), 1, List.of(2)))
                .hasMessage("kernel must be at least the stride, 2, and at most 64, but is 1");
        assertThatThrownBy(() -> new Convolutions(GREY, List.of(4), 4, List.of(2, 2)))
                .hasMessage("strides must be as many as channels, 1, but is [2, 2]");
        assertThatThrownBy(() -> VaeSpec.builder(783, 2)
                        .convolutions(new Convolutions(GREY, List.of(4), 4, List.of(2)))
                        .build())
                .hasMessage("columns of the first group must be at least the 784 of an image of 28x28x1, but is 783");
        assertThatThrownBy(() -> VaeSpec.builder(900, 2)
                        .likelihoods(List.of(new LikelihoodGroup(new Categorical(300), 900)))
                        .convolutions(new Convolutions(GREY, List.of(4), 4, List.of(2)))
                        .build())
                .hasMessage("likelihood of pixels must be of single columns, but is categorical");
    }

    @Test
    void aStoredSpecWhoseLayersDoNotFitIsRefused() {
        ObjectNode spec = VaeSpecJson.write(image(List.of(4), List.of(2)));
        ((ObjectNode) spec.at("/latentLayers/0/encoder/0/image")).put("height", 4);
        assertThatThrownBy(() -> VaeSpecJson.read("spec", spec.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("inputs of a convolution of 4x8x1 must be 32, but is 64");
        ObjectNode output = VaeSpecJson.write(image(List.of(4), List.of(2)));
        ((ObjectNode) output.at("/latentLayers/0/output/image")).put("height", 16);
        ((ObjectNode) output.at("/latentLayers/0/output")).put("outputs", 128);
        assertThatThrownBy(() -> VaeSpecJson.read("spec", output.toString()))
                .hasMessage("inputs of an imageOutput must be 128, but is 64");
        ObjectNode outputs = VaeSpecJson.write(VaeSpec.builder(65, 2)
                .likelihoods(List.of(new LikelihoodGroup(new Bernoulli(), 65)))
                .convolutions(new Convolutions(new ImageSize(8, 8, 1), List.of(4), 4, List.of(2)))
                .build());
        ((ObjectNode) outputs.at("/latentLayers/0/output")).put("outputs", 66);
        assertThatThrownBy(() -> VaeSpecJson.read("spec", outputs.toString()))
                .hasMessage("outputs of the decoder's last layer must be 65, as the likelihoods need, but is 66");
    }
}
