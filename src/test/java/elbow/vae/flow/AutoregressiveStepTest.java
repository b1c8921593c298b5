package elbow.vae.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.math.FloatMemory;
import elbow.vae.layer.LayerContext;
import elbow.vae.layer.LayerContext.Use;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.layer.Workspace;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("kernels")
class AutoregressiveStepTest {
    private static final int SIZE = 5;
    private static final int UNITS = 7;

    @ParameterizedTest
    @CsvSource({"0, TRAINING", "0, SCORING", "1, TRAINING", "1, SCORING"})
    void jacobianIsTriangularAndItsLogDeterminantIsGiven(int number, Use use) {
        StepInputs context = new StepInputs(1, UNITS);
        Random random = new Random(3);
        for (int i = 0; i < UNITS; i++) {
            context.values()[i] = (float) random.nextGaussian();
        }
        ParameterLayout.Builder builder = new ParameterLayout.Builder();
        AutoregressiveStep.declare("s", SIZE, number, UNITS, UNITS, builder);
        ParameterLayout layout = builder.build();
        float[] values = new float[layout.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.7 * random.nextGaussian());
        }
        try (FloatMemory parameters = FloatMemory.allocate(values.length);
                FloatMemory gradients = FloatMemory.allocate(values.length);
                AutoregressiveStep step = new AutoregressiveStep(
                        "s", SIZE, number, UNITS, context, new LayerContext(layout, 1, use, new Workspace(1)))) {
            parameters.put(0, values, values.length);
            step.bind(parameters, use == Use.TRAINING ? gradients : null);
            step.begin();
            double[] latents = random.doubles(SIZE, -2, 2).toArray();
            double[][] jacobian = jacobian(step, latents);
            double[] logDeterminants = {0};
            step.forward(1, latents.clone(), logDeterminants);
            assertThat(logDeterminants[0]).isCloseTo(Determinants.log(jacobian), within(5e-3));
            for (int i = 0; i < SIZE; i++) {
                for (int j = 0; j < SIZE; j++) {
                    boolean after = number == 0 ? j > i : j < i;
                    boolean before = number == 0 ? j < i : j > i;
                    if (after) {
                        assertThat(jacobian[i][j]).isZero();
                    }
                    if (before) {
                        assertThat(jacobian[i][j]).isNotZero();
                    }
                }
            }
        }
    }

    private static double[][] jacobian(AutoregressiveStep step, double[] latents) {
        double[][] jacobian = new double[SIZE][SIZE];
        double epsilon = 0.01;
        for (int j = 0; j < SIZE; j++) {
            double[] above = latents.clone();
            double[] below = latents.clone();
            above[j] += epsilon;
            below[j] -= epsilon;
            step.forward(1, above, new double[1]);
            step.forward(1, below, new double[1]);
            for (int i = 0; i < SIZE; i++) {
                jacobian[i][j] = (above[i] - below[i]) / (2 * epsilon);
            }
        }
        return jacobian;
    }
}
