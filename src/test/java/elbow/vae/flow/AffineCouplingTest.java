package elbow.vae.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.math.FloatMemory;
import elbow.vae.layer.LayerContext;
import elbow.vae.layer.LayerContext.Use;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.layer.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("kernels")
class AffineCouplingTest {
    private static final int ROWS = 7;
    private static final int UNITS = 6;

    // One coupling after the other, on the same random parameters.
    private record Couplings(List<AffineCoupling> steps, FloatMemory parameters) implements AutoCloseable {
        static Couplings random(int size, int count, Use use, double scale) {
            ParameterLayout.Builder builder = new ParameterLayout.Builder();
            for (int i = 0; i < count; i++) {
                AffineCoupling.declare("c." + i, size, i, UNITS, builder);
            }
            ParameterLayout layout = builder.build();
            Random random = new Random(5);
            FloatMemory parameters = FloatMemory.allocate(layout.length());
            float[] values = new float[layout.length()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (scale * random.nextGaussian());
            }
            parameters.put(0, values, values.length);
            List<AffineCoupling> steps = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                AffineCoupling step = new AffineCoupling(
                        "c." + i, size, i, UNITS, new LayerContext(layout, ROWS, use, new Workspace(1)));
                step.bind(parameters, null);
                step.begin();
                steps.add(step);
            }
            return new Couplings(steps, parameters);
        }

        @Override
        public void close() {
            for (AffineCoupling step : steps) {
                step.close();
            }
            parameters.close();
        }
    }

    private static double[] latents(int size) {
        Random random = new Random(6);
        return random.doubles((long) ROWS * size, -3, 3).toArray();
    }

    @ParameterizedTest
    @EnumSource(Use.class)
    void inverseUndoesForward(Use use) {
        for (int size = 2; size < 7; size++) {
            try (Couplings couplings = Couplings.random(size, 8, use, 1)) {
                double[] latents = latents(size);
                double[] there = latents.clone();
                for (AffineCoupling step : couplings.steps()) {
                    step.forward(ROWS, there, new double[ROWS]);
                }
                double[] back = there.clone();
                for (int i = 7; i >= 0; i--) {
                    couplings.steps().get(i).inverse(ROWS, back);
                }
                assertThat(there).isNotEqualTo(latents);
                for (int i = 0; i < back.length; i++) {
                    // The networks are of float: where they see a last digit less, they say so.
                    assertThat(back[i]).isCloseTo(latents[i], within(1e-4 * Math.max(1, Math.abs(latents[i]))));
                }
            }
        }
    }

    /** Central differences over steps of 0.01, at which the networks' float rounding is small. */
    @ParameterizedTest
    @EnumSource(Use.class)
    void logDeterminantIsThatOfTheNumericalJacobian(Use use) {
        int size = 4;
        try (Couplings couplings = Couplings.random(size, 6, use, 0.5)) {
            double[] latents = latents(size);
            double[] logDeterminants = new double[ROWS];
            forward(couplings, latents.clone(), logDeterminants);
            double[][][] jacobians = new double[ROWS][size][size];
            double step = 0.01;
            for (int j = 0; j < size; j++) {
                double[] above = latents.clone();
                double[] below = latents.clone();
                for (int row = 0; row < ROWS; row++) {
                    above[row * size + j] += step;
                    below[row * size + j] -= step;
                }
                forward(couplings, above, new double[ROWS]);
                forward(couplings, below, new double[ROWS]);
                for (int i = 0; i < ROWS * size; i++) {
                    jacobians[i / size][i % size][j] = (above[i] - below[i]) / (2 * step);
                }
            }
            for (int row = 0; row < ROWS; row++) {
                double expected = Determinants.log(jacobians[row]);
                assertThat(logDeterminants[row]).isCloseTo(expected, within(5e-3));
            }
        }
    }

    private static void forward(Couplings couplings, double[] latents, double[] logDeterminants) {
        for (AffineCoupling step : couplings.steps()) {
            step.forward(ROWS, latents, logDeterminants);
        }
    }

    @Test
    void couplingOfZerosIsTheIdentity() {
        try (Couplings couplings = Couplings.random(5, 4, Use.SCORING, 0)) {
            double[] latents = latents(5);
            double[] there = latents.clone();
            double[] logDeterminants = new double[ROWS];
            forward(couplings, there, logDeterminants);
            assertThat(there).isEqualTo(latents);
            assertThat(logDeterminants).containsOnly(0);
        }
    }

    @Test
    void everyLatentIsChangedByTwoCouplings() {
        for (int size = 2; size < 7; size++) {
            for (int from = 0; from < 2; from++) {
                try (Couplings couplings = Couplings.random(size, 4, Use.SCORING, 1)) {
                    double[] latents = latents(size);
                    double[] there = latents.clone();
                    couplings.steps().get(2 * from).forward(ROWS, there, new double[ROWS]);
                    couplings.steps().get(2 * from + 1).forward(ROWS, there, new double[ROWS]);
                    for (int i = 0; i < there.length; i++) {
                        assertThat(there[i]).isNotEqualTo(latents[i]);
                    }
                }
            }
        }
    }

    @Test
    void scalesAreBounded() {
        try (Couplings couplings = Couplings.random(2, 1, Use.SCORING, 50)) {
            double[] logDeterminants = new double[ROWS];
            forward(couplings, latents(2), logDeterminants);
            for (double logDeterminant : logDeterminants) {
                assertThat(logDeterminant).isBetween(-2.0, 2.0);
            }
        }
    }
}
