package elbow.vae.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.math.Activation;
import elbow.math.FloatMemory;
import elbow.vae.Fixture;
import elbow.vae.Initialisation;
import elbow.vae.VaeSpec;
import elbow.vae.input.InputTransform;
import elbow.vae.input.RowBatch;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.layer.Start;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.Poisson;
import elbow.vae.prior.VampPrior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where training starts is part of what a seed promises: the same model from the same settings. */
final class InitialisationTest {
    private static final long SEED = 42;
    private static final List<Float> ZERO = List.of(0f, 0f, 0f);

    @Test
    void deepNetworkStartsWhereItAlwaysDid() {
        VaeSpec spec = VaeSpec.builder(7, 3)
                .encoder(6, 5)
                .decoder(4, 8)
                .activation(Activation.RELU)
                .build();
        ParameterLayout layout = spec.layout();
        float[] start = start(spec);
        assertThat(some(layout, start, "encoder.0.weights")).containsExactly(0.4139287f, 0.3540234f, 0.012080266f);
        assertThat(some(layout, start, "encoder.1.weights")).containsExactly(-0.6949142f, -0.9491591f, -0.5978015f);
        assertThat(some(layout, start, "posterior.weights")).containsExactly(0.5870467f, -0.031038309f, -0.07257966f);
        assertThat(some(layout, start, "decoder.0.weights")).containsExactly(-1.4076345f, 0.58958536f, -0.20509444f);
        assertThat(some(layout, start, "decoder.1.weights")).containsExactly(-0.35116765f, -0.48513028f, 1.0832373f);
        assertThat(some(layout, start, "output.weights")).containsExactly(-0.09698272f, -0.03407006f, 0.31660238f);
        assertThat(layout.blocks())
                .filteredOn(block -> !block.name().endsWith(".weights"))
                .hasSize(6)
                .allSatisfy(
                        block -> assertThat(some(layout, start, block.name())).isEqualTo(ZERO));
    }

    @Test
    void networkOfEveryLikelihoodStartsWhereItAlwaysDid() {
        VaeSpec spec = Fixture.mixed().build();
        ParameterLayout layout = spec.layout();
        float[] start = start(spec);
        assertThat(some(layout, start, "encoder.0.weights")).containsExactly(0.20336469f, -0.14093558f, 0.05539543f);
        assertThat(some(layout, start, "posterior.weights")).containsExactly(-0.49137855f, -0.6711568f, -0.057887323f);
        assertThat(some(layout, start, "decoder.0.weights")).containsExactly(0.68837327f, 0.66255146f, 0.61811435f);
        assertThat(some(layout, start, "output.weights")).containsExactly(-0.46075654f, 0.020850511f, -0.1569141f);
        assertThat(layout.blocks())
                .filteredOn(block -> !block.name().endsWith(".weights"))
                .hasSize(11)
                .allSatisfy(
                        block -> assertThat(some(layout, start, block.name())).isEqualTo(ZERO));
    }

    // The first, the middle and the last value of a block.
    private static List<Float> some(ParameterLayout layout, float[] values, String name) {
        ParameterBlock block = layout.block(name);
        int first = block.offset();
        return List.of(values[first], values[first + block.length() / 2], values[first + block.length() - 1]);
    }

    private static float[] start(VaeSpec spec) {
        try (FloatMemory parameters = FloatMemory.allocate(spec.layout().length())) {
            Initialisation.initialise(spec, SEED, parameters);
            return parameters.toArray();
        }
    }

    @Test
    void blockOfANewNameChangesNoOtherBlocksStart() {
        List<String> names = List.of("encoder.0.weights", "prior.means", "decoder.0.weights", "output.weights");
        float[] start = start(names);
        for (int more = 0; more <= names.size(); more++) {
            List<String> with = new ArrayList<>(names);
            with.add(more, "flow.0.scales");
            List<float[]> others = new ArrayList<>(blocks(start(with)));
            float[] added = others.remove(more);
            List<float[]> before = blocks(start);
            for (int block = 0; block < names.size(); block++) {
                assertThat(others.get(block)).as(names.get(block)).isEqualTo(before.get(block));
                assertThat(added).isNotEqualTo(before.get(block));
            }
        }
    }

    private static final int ROWS = 3;
    private static final int COLUMNS = 5;

    private static float[] start(List<String> names) {
        ParameterLayout.Builder builder = new ParameterLayout.Builder();
        names.forEach(name -> add(builder, name));
        ParameterLayout layout = builder.build();
        try (FloatMemory parameters = FloatMemory.allocate(layout.length())) {
            layout.start(SEED, parameters);
            return parameters.toArray();
        }
    }

    private static void add(ParameterLayout.Builder builder, String name) {
        Start start = Start.weights(ROWS, COLUMNS, Activation.IDENTITY);
        builder.add(name, ROWS, COLUMNS, start);
    }

    private static List<float[]> blocks(float[] parameters) {
        List<float[]> blocks = new ArrayList<>();
        for (int from = 0; from < parameters.length; from += ROWS * COLUMNS) {
            blocks.add(Arrays.copyOfRange(parameters, from, from + ROWS * COLUMNS));
        }
        return blocks;
    }

    @Test
    void namesWhoseBlocksWouldStartAlikeAreRefused() {
        ParameterLayout.Builder builder = new ParameterLayout.Builder();
        add(builder, "prior.Aa");
        assertThatThrownBy(() -> add(builder, "prior.Aa")).hasMessage("name must be unique, but is prior.Aa");
        // The best known pair of strings of one hash.
        assertThatThrownBy(() -> add(builder, "prior.BB"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name must not hash like that of the block prior.Aa, but is prior.BB");
    }

    @Test
    void pseudoInputsAreRowsAsTheEncoderSeesThemAndComeAgain() {
        VaeSpec spec = VaeSpec.builder(2, 2)
                .likelihoods(List.of(
                        new LikelihoodGroup(new Poisson(), 1, new InputScale(List.of(0.5), List.of(2.0))),
                        new LikelihoodGroup(Gaussian.fixed(1), 1)))
                .missingColumns(List.of(1))
                .prior(new VampPrior(3))
                .build();
        RowBatch rows = RowBatch.of(2, new float[] {3, Float.NaN, 0, 1.5f}, new byte[] {1, 0, 1, 1});

        float[] pseudo = pseudoInputs(spec, rows);

        float three = (float) ((Math.log(4) - 0.5) * 2);
        assertThat(pseudo).hasSize(9);
        assertThat(pseudo[0]).isCloseTo(three, within(1e-6f));
        assertThat(pseudo[6]).isEqualTo(pseudo[0]);
        assertThat(Arrays.copyOfRange(pseudo, 1, 6)).containsExactly(0, 1, -1, 1.5f, 0);
        assertThat(Arrays.copyOfRange(pseudo, 7, 9)).containsExactly(0, 1);
    }

    @Test
    void pseudoInputsOfBinarisedRowsAreGrey() {
        VaeSpec spec = VaeSpec.builder(2, 2)
                .inputTransform(InputTransform.SAMPLE)
                .prior(new VampPrior(1))
                .build();
        assertThat(pseudoInputs(spec, RowBatch.of(2, new float[] {0.25f, 0.75f})))
                .containsExactly(0.25f, 0.75f);
    }

    private static float[] pseudoInputs(VaeSpec spec, RowBatch rows) {
        ParameterBlock block = spec.layout().block("prior.pseudoInputs");
        try (FloatMemory parameters = FloatMemory.allocate(spec.layout().length())) {
            Initialisation.setPseudoInputs(spec, rows, parameters);
            float[] values = new float[block.length()];
            parameters.get(block.offset(), values, values.length);
            return values;
        }
    }

    @Test
    void otherPriorsHaveNoPseudoInputs() {
        VaeSpec spec = Fixture.base().build();
        try (FloatMemory parameters = FloatMemory.allocate(spec.layout().length())) {
            assertThatThrownBy(() -> Initialisation.setPseudoInputs(spec, RowBatch.of(7, new float[7]), parameters))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("prior must be one of pseudo-inputs, but is standardNormal");
        }
    }
}
