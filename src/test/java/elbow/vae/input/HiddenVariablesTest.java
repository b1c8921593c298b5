package elbow.vae.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.math.FloatMemory;
import elbow.vae.VaeSpec;
import elbow.vae.likelihood.Categorical;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LikelihoodGroup.Role;
import elbow.vae.objective.Objective;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HiddenVariablesTest {
    private static final int ROWS = 4_000;
    private static final int COLUMNS = 6;
    private static final int INPUTS = COLUMNS + 3;

    // Two numbers, a category of three, and a condition.
    private static final RowSpec SPEC = new RowSpec(
            List.of(
                    new LikelihoodGroup(Gaussian.fixed(1), 2),
                    new LikelihoodGroup(new Categorical(3), 3),
                    new LikelihoodGroup(Gaussian.fixed(1), 1, InputScale.NONE, Role.CONDITION)),
            InputTransform.NONE,
            List.of(0, 1, 2));

    private static RowBatch rows() {
        float[] values = new float[ROWS * COLUMNS];
        for (int row = 0; row < ROWS; row++) {
            values[row * COLUMNS] = 1 + row % 7;
            values[row * COLUMNS + 1] = -1 - row;
            values[row * COLUMNS + 2 + row % 3] = 1;
            values[row * COLUMNS + 5] = 9;
        }
        return RowBatch.of(COLUMNS, values);
    }

    private static float[] encoderInput(RowBatch batch, double share, long noiseKey) {
        try (FloatMemory values = FloatMemory.allocate((long) ROWS * COLUMNS);
                FloatMemory inputs = FloatMemory.allocate((long) ROWS * INPUTS)) {
            InputLoader loader = new InputLoader(SPEC, values, inputs, share);
            loader.load(batch, 0, batch.count(), noiseKey);
            float[] seen = new float[batch.count() * COLUMNS];
            values.get(0, seen, seen.length);
            // What the likelihoods are held to is the whole row.
            assertThat(seen).isEqualTo(Arrays.copyOf(batch.values(), seen.length));
            assertThat(loader.gaps().present()).isNull();
            float[] input = new float[batch.count() * INPUTS];
            inputs.get(0, input, input.length);
            return input;
        }
    }

    @Test
    void variablesAreHiddenAsAWholeWithTheirInputsSet() {
        RowBatch batch = rows();
        float[] input = encoderInput(batch, 0.3, 5);
        int[] hidden = new int[3];
        int together = 0;
        for (int row = 0; row < ROWS; row++) {
            int all = 0;
            for (int variable = 0; variable < 3; variable++) {
                boolean told = input[row * INPUTS + COLUMNS + variable] == 1;
                int first = row * INPUTS + variable;
                int end = variable == 2 ? first + 3 : first + 1;
                for (int i = first; i < end; i++) {
                    float given = batch.values()[row * COLUMNS + i - row * INPUTS];
                    assertThat(input[i]).isEqualTo(told ? 0 : given);
                }
                hidden[variable] += told ? 1 : 0;
                all += told ? 1 : 0;
            }
            together += all == 3 ? 1 : 0;
            assertThat(input[row * INPUTS + 5]).isEqualTo(9);
        }
        // Five standard errors of shares; each variable on its own.
        for (int count : hidden) {
            assertThat(count / (double) ROWS).isCloseTo(0.3, within(0.037));
        }
        assertThat(together / (double) ROWS).isCloseTo(0.027, within(0.013));
    }

    @Test
    void whatIsHiddenFollowsTheKeysAlone() {
        RowBatch batch = rows();
        float[] input = encoderInput(batch, 0.3, 5);
        assertThat(encoderInput(batch, 0.3, 5)).isEqualTo(input);
        assertThat(encoderInput(batch, 0.3, 6)).isNotEqualTo(input);
        RowBatch one = RowBatch.of(COLUMNS, Arrays.copyOfRange(batch.values(), 50 * COLUMNS, 51 * COLUMNS));
        assertThat(encoderInput(one, 0.3, 5)).isEqualTo(Arrays.copyOfRange(input, 50 * INPUTS, 51 * INPUTS));
    }

    @Test
    void nothingIsHiddenWithoutAShare() {
        float[] input = encoderInput(rows(), 0, 5);
        for (int row = 0; row < ROWS; row++) {
            assertThat(Arrays.copyOfRange(input, row * INPUTS + COLUMNS, (row + 1) * INPUTS))
                    .containsOnly(0f);
        }
    }

    @Test
    void maskShareNeedsEncoderInputsForGaps() {
        VaeSpec.Builder builder = VaeSpec.builder(2, 1)
                .encoder(4)
                .decoder(4)
                .likelihoods(List.of(new LikelihoodGroup(Gaussian.fixed(1), 2)))
                .objective(Objective.PLAIN.withMaskShare(0.2));
        assertThatThrownBy(builder::build)
                .hasMessageContaining("maskShare must be 0 unless the encoder can be told that a variable is missing");
        assertThatThrownBy(() -> Objective.PLAIN.withMaskShare(1)).hasMessageContaining("maskShare must lie in [0, 1)");
    }
}
