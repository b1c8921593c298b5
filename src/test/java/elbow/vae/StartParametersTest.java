package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.math.FloatMemory;
import elbow.vae.layer.ParameterBlock;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartParametersTest {
    private static final VaeSpec SMALL = VaeSpec.builder(4, 2).encoder(3).build();
    private static final VaeSpec WIDER = VaeSpec.builder(5, 2).encoder(3).build();

    @Test
    void theSameSpecTakesAllParameters() {
        float[] numbered = numbered(SMALL, 1);
        StartParameters start = new StartParameters(SMALL, numbered);

        assertThat(start.others(SMALL)).isEmpty();
        assertThat(start.taken(SMALL)).isEqualTo(SMALL.layout().length());
        assertThat(put(start, SMALL)).isEqualTo(numbered);
    }

    @Test
    void blocksOfAnotherShapeStayAsTheyAre() {
        float[] numbered = numbered(SMALL, 1);
        StartParameters start = new StartParameters(SMALL, numbered);

        List<String> others = start.others(WIDER);
        float[] put = put(start, WIDER);

        assertThat(others).contains("encoder.0.weights").doesNotContain("encoder.0.bias", "posterior.weights");
        for (ParameterBlock block : WIDER.layout().blocks()) {
            ParameterBlock from = SMALL.layout().block(block.name());
            for (int i = 0; i < block.length(); i++) {
                assertThat(put[block.offset() + i])
                        .as(block.name())
                        .isEqualTo(others.contains(block.name()) ? -1 : numbered[from.offset() + i]);
            }
        }
        long left = others.stream()
                .mapToLong(name -> WIDER.layout().block(name).length())
                .sum();
        assertThat(start.taken(WIDER)).isPositive().isEqualTo(WIDER.layout().length() - left);
    }

    @Test
    void asManyParametersAsTheSpecHasAreRequired() {
        assertThatThrownBy(() -> new StartParameters(SMALL, new float[3]))
                .hasMessage("parameters' length must be " + SMALL.layout().length() + ", as the layout is, but is 3");
    }

    private static float[] numbered(VaeSpec spec, int first) {
        float[] numbered = new float[spec.layout().length()];
        for (int i = 0; i < numbered.length; i++) {
            numbered[i] = first + i;
        }
        return numbered;
    }

    private static float[] put(StartParameters start, VaeSpec spec) {
        float[] values = new float[spec.layout().length()];
        java.util.Arrays.fill(values, -1);
        try (FloatMemory memory = FloatMemory.allocate(values.length)) {
            memory.put(0, values, values.length);
            start.putInto(spec, memory);
            memory.get(0, values, values.length);
        }
        return values;
    }
}
