package elbow.vae.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import elbow.math.FloatMemory;
import elbow.math.Precision;
import elbow.vae.Initialisation;
import elbow.vae.VaeEngine;
import elbow.vae.VaeSpec;
import elbow.vae.input.RowBatch;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReducedPrecisionTest {
    private static final int COLUMNS = 96;
    private static final int ROWS = 80;
    private static final VaeSpec SPEC =
            VaeSpec.builder(COLUMNS, 8).encoder(128, 64).decoder(128).build();

    @BeforeEach
    void needsTheInstructions() {
        assumeThat(Precision.BFLOAT16.obstacle())
                .as("what keeps this process from bfloat16")
                .isEmpty();
    }

    @Test
    void gradientIsNearThatOfFloat32() {
        float[] exact = gradient(Precision.FLOAT32);
        float[] reduced = gradient(Precision.BFLOAT16);

        double difference = 0;
        double length = 0;
        for (int i = 0; i < exact.length; i++) {
            difference += Math.pow((double) exact[i] - reduced[i], 2);
            length += Math.pow(exact[i], 2);
        }
        // Of some layers' products one after the other, each with factors that are off by 2^-9 at most.
        assertThat(Math.sqrt(difference / length)).isBetween(1e-4, 1e-2);
    }

    @Test
    void sameSeedGivesSameBits() {
        assertThat(gradient(Precision.BFLOAT16)).containsExactly(gradient(Precision.BFLOAT16));
    }

    @Test
    void lossIsThatOfTheReferenceButForRounding() {
        assertThat(loss(Precision.BFLOAT16)).isCloseTo(loss(Precision.FLOAT32), within(0.05));
    }

    private static float[] gradient(Precision precision) {
        try (VaeEngine engine = new VaeEngine(SPEC, ROWS, precision);
                FloatMemory parameters = parameters();
                FloatMemory gradients = FloatMemory.allocate(parameters.length())) {
            engine.bind(parameters, gradients);
            engine.gradient(rows(), 1, 0, 1.0 / ROWS, null);
            return gradients.toArray();
        }
    }

    // Of a row, in nats: about 67.
    private static double loss(Precision precision) {
        double[] losses = new double[ROWS];
        try (VaeEngine engine = new VaeEngine(SPEC, ROWS, precision);
                FloatMemory parameters = parameters();
                FloatMemory gradients = FloatMemory.allocate(parameters.length())) {
            engine.bind(parameters, gradients);
            engine.losses(rows(), 1, 0, losses);
        }
        double sum = 0;
        for (double loss : losses) {
            sum += loss;
        }
        return sum / ROWS;
    }

    private static FloatMemory parameters() {
        FloatMemory parameters = FloatMemory.allocate(SPEC.layout().length());
        Initialisation.initialise(SPEC, 1, parameters);
        return parameters;
    }

    private static RowBatch rows() {
        Random random = new Random(1);
        float[] values = new float[ROWS * COLUMNS];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(2);
        }
        return RowBatch.of(COLUMNS, values);
    }
}
