package elbow.math.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.math.FloatMemory;
import elbow.math.optimizer.Muon.Matrix;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Muon against a plain implementation in double, and against what its steps must be like. */
final class MuonTest {
    /** Neither sizes nor offsets fit the tiles of 256. */
    private static final List<Matrix> MATRICES = List.of(new Matrix(1000, 40, 12), new Matrix(301, 20, 31));

    private static final int LENGTH = 1700;

    @Test
    void stepsAreThoseOfTheReferenceInDouble() {
        Run run = new Run(MATRICES, LENGTH, 1);
        double[] expected = run.start();
        double[] first = new double[LENGTH];
        double[] second = new double[LENGTH];
        for (int t = 1; t <= 20; t++) {
            float[] slopes = run.step(t);
            double[] before = expected.clone();
            double[] momentum = first.clone();
            adam(expected, slopes, first, second, t);
            for (Matrix matrix : MATRICES) {
                muon(matrix, before, expected, slopes, momentum, first);
            }
        }
        float[] actual = run.parameters.toArray();
        for (int i = 0; i < LENGTH; i++) {
            // 20 steps of about 0.01: 1e-3 of what they add up to.
            assertThat((double) actual[i]).as("parameter %d", i).isCloseTo(expected[i], within(2e-5));
        }
        run.close();
    }

    private static void adam(double[] values, float[] slopes, double[] first, double[] second, int t) {
        for (int i = 0; i < values.length; i++) {
            first[i] = 0.9 * first[i] + 0.1 * slopes[i];
            second[i] = 0.999 * second[i] + 0.001 * slopes[i] * slopes[i];
            values[i] -= 0.01
                    * (first[i] / (1 - Math.pow(0.9, t)))
                    / (Math.sqrt(second[i] / (1 - Math.pow(0.999, t))) + 1e-8);
        }
    }

    private static void muon(
            Matrix matrix, double[] before, double[] values, float[] slopes, double[] momentum, double[] first) {
        double[][] ahead = new double[matrix.rows()][matrix.columns()];
        for (int i = 0; i < matrix.length(); i++) {
            int at = matrix.offset() + i;
            first[at] = 0.95 * momentum[at] + 0.05 * slopes[at];
            ahead[i / matrix.columns()][i % matrix.columns()] = 0.95 * first[at] + 0.05 * slopes[at];
        }
        double[][] step = orthogonal(ahead);
        double size = 0.01 * 0.2 * Math.sqrt(Math.max(matrix.rows(), matrix.columns()));
        for (int i = 0; i < matrix.length(); i++) {
            int at = matrix.offset() + i;
            values[at] = before[at] - size * step[i / matrix.columns()][i % matrix.columns()];
        }
    }

    private static double[][] orthogonal(double[][] matrix) {
        double squares = 0;
        for (double[] row : matrix) {
            squares += Arrays.stream(row).map(x -> x * x).sum();
        }
        double[][] x = combined(1 / (Math.sqrt(squares) + 1e-7), matrix, 0, matrix);
        for (int i = 0; i < 5; i++) {
            double[][] square = product(x, transposed(x));
            double[][] cubic = product(square, x);
            double[][] quintic = product(square, cubic);
            x = combined(1, combined(3.4445, x, -4.7750, cubic), 2.0315, quintic);
        }
        return x;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] c = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < c[i].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }

    private static double[][] transposed(double[][] a) {
        double[][] b = new double[a[0].length][a.length];
        for (int i = 0; i < b.length; i++) {
            for (int j = 0; j < a.length; j++) {
                b[i][j] = a[j][i];
            }
        }
        return b;
    }

    private static double[][] combined(double p, double[][] a, double q, double[][] b) {
        double[][] c = new double[a.length][a[0].length];
        for (int i = 0; i < c.length; i++) {
            for (int j = 0; j < c[i].length; j++) {
                c[i][j] = p * a[i][j] + q * b[i][j];
            }
        }
        return c;
    }

    /** Of U S V' the step is U S' V', with all of S' near 1 though S spans a factor of 250. */
    @ParameterizedTest
    @CsvSource({"24, 50", "50, 24", "32, 32"})
    void aStepHasTheGradientsSingularVectorsAndValuesNearOne(int rows, int columns) {
        int side = Math.min(rows, columns);
        double[][] left = orthonormal(rows, side, 3);
        double[][] right = orthonormal(columns, side, 4);
        double[][] scaled = new double[side][];
        for (int k = 0; k < side; k++) {
            double value = Math.pow(250, -(double) k / (side - 1));
            scaled[k] = Arrays.stream(transposed(right)[k]).map(x -> value * x).toArray();
        }
        double[][] gradient = product(left, scaled);

        double[][] step = firstStep(rows, columns, gradient);

        double[][] inside = product(product(transposed(left), step), right);
        for (int i = 0; i < side; i++) {
            for (int j = 0; j < side; j++) {
                if (i == j) {
                    assertThat(inside[i][j]).as("singular value %d", i).isBetween(0.681, 1.203);
                } else {
                    assertThat(inside[i][j]).isCloseTo(0, within(1e-3));
                }
            }
        }
    }

    // The matrix that a first step from zero subtracts, divided by its size.
    private static double[][] firstStep(int rows, int columns, double[][] gradient) {
        int length = rows * columns;
        double[][] step = new double[rows][columns];
        try (FloatMemory parameters = FloatMemory.allocate(length);
                FloatMemory gradients = FloatMemory.allocate(length);
                Muon muon = new Muon(
                        Muon.Settings.STANDARD,
                        List.of(new Matrix(0, rows, columns)),
                        new FloatTiles(length),
                        new FloatTiles(length))) {
            float[] slopes = new float[length];
            for (int i = 0; i < length; i++) {
                slopes[i] = (float) gradient[i / columns][i % columns];
            }
            gradients.put(0, slopes, length);
            muon.step(parameters, gradients, 1, 1);
            float[] moved = parameters.toArray();
            for (int i = 0; i < length; i++) {
                step[i / columns][i % columns] = -moved[i] / (0.2 * Math.sqrt(Math.max(rows, columns)));
            }
        }
        return step;
    }

    // Columns by Gram and Schmidt, twice.
    private static double[][] orthonormal(int rows, int columns, long seed) {
        Random random = new Random(seed);
        double[][] vectors = new double[columns][rows];
        for (int k = 0; k < columns; k++) {
            for (int i = 0; i < rows; i++) {
                vectors[k][i] = random.nextGaussian();
            }
            for (int pass = 0; pass < 2; pass++) {
                for (int other = 0; other < k; other++) {
                    double overlap = dot(vectors[k], vectors[other]);
                    for (int i = 0; i < rows; i++) {
                        vectors[k][i] -= overlap * vectors[other][i];
                    }
                }
                double norm = Math.sqrt(dot(vectors[k], vectors[k]));
                for (int i = 0; i < rows; i++) {
                    vectors[k][i] /= norm;
                }
            }
        }
        return transposed(vectors);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** All singular values of the fourfold identity, divided by its norm, are 1/2. */
    @Test
    void theStepOfAnIdentityIsKnown() {
        // 0.5, 1.18886, 0.89620, 0.82437, 0.93789 and then:
        double value = 0.76543853;
        double[][] step = firstStep(4, 4, new double[][] {{7, 0, 0, 0}, {0, 7, 0, 0}, {0, 0, 7, 0}, {0, 0, 0, 7}});

        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                assertThat(step[i][j]).isCloseTo(i == j ? value : 0, within(1e-5));
            }
        }
    }

    @Test
    void noGradientMovesNothing() {
        double[][] step = firstStep(3, 5, new double[3][5]);

        assertThat(step).isDeepEqualTo(new double[3][5]);
    }

    @Test
    void allOtherParametersAreAdamsToTheBit() {
        Run run = new Run(MATRICES, LENGTH, 2);
        FloatTiles first = new FloatTiles(LENGTH);
        FloatTiles second = new FloatTiles(LENGTH);
        try (FloatMemory parameters = FloatMemory.allocate(LENGTH)) {
            parameters.put(run.parameters);
            Adam adam = new Adam(Adam.Settings.STANDARD, first, second);
            for (int t = 1; t <= 10; t++) {
                run.step(t);
                adam.step(parameters, run.gradients, t, 0.01);
            }
            float[] found = run.parameters.toArray();
            float[] expected = parameters.toArray();
            float[] foundSecond = floats(run.second);
            float[] expectedSecond = floats(second);
            for (int i = 0; i < LENGTH; i++) {
                int at = i;
                boolean ofMatrix = MATRICES.stream()
                        .anyMatch(matrix -> at >= matrix.offset() && at < matrix.offset() + matrix.length());
                assertThat(found[i] == expected[i]).as("parameter %d", i).isEqualTo(!ofMatrix);
                assertThat(foundSecond[i]).isEqualTo(ofMatrix ? 0 : expectedSecond[i]);
            }
        }
        run.close();
    }

    @Test
    void momentsCarryAllThatLaterStepsDependOn() {
        Run whole = new Run(MATRICES, LENGTH, 5);
        for (int t = 1; t <= 8; t++) {
            whole.step(t);
        }
        Run begun = new Run(MATRICES, LENGTH, 5);
        for (int t = 1; t <= 3; t++) {
            begun.step(t);
        }
        Run resumed = new Run(MATRICES, LENGTH, 5);
        for (int t = 1; t <= 3; t++) {
            resumed.draw();
        }
        resumed.parameters.put(begun.parameters);
        resumed.first.put(FloatBuffer.wrap(floats(begun.first)));
        resumed.second.put(FloatBuffer.wrap(floats(begun.second)));
        for (int t = 4; t <= 8; t++) {
            resumed.step(t);
        }

        assertThat(resumed.parameters.toArray()).isEqualTo(whole.parameters.toArray());
        assertThat(floats(resumed.first)).isEqualTo(floats(whole.first));
        List.of(whole, begun, resumed).forEach(Run::close);
    }

    @Test
    void aStepAllocatesNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Run run = new Run(MATRICES, LENGTH, 6);
        run.draw();
        for (int t = 1; t <= 200; t++) {
            run.muon.step(run.parameters, run.gradients, t, 1e-3);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int t = 201; t <= 1200; t++) {
            run.muon.step(run.parameters, run.gradients, t, 1e-3);
        }
        long after = threads.getCurrentThreadAllocatedBytes();

        // A single byte per step would show as 1000.
        assertThat(after - before).isLessThan(1000);
        run.close();
    }

    @Test
    void badArgumentsAreRefused() {
        FloatTiles six = new FloatTiles(6);
        assertThatThrownBy(() -> muon(six)).hasMessage("matrices must be at least one, but is []");
        assertThatThrownBy(() -> muon(six, new Matrix(0, 2, 2), new Matrix(3, 1, 2)))
                .hasMessageStartingWith("matrices must not overlap, but is [");
        assertThatThrownBy(() -> muon(six, new Matrix(1, 2, 3)))
                .hasMessage("end of the matrices must be at most 6, but is 7");
        assertThatThrownBy(() -> new Matrix(-1, 1, 1)).hasMessage("offset must be at least 0, but is -1");
        assertThatThrownBy(() -> new Muon.Settings(1, Adam.Settings.STANDARD))
                .hasMessage("momentum must lie in [0, 1), but is 1.0");
        assertThatThrownBy(() -> new Muon.Settings(0.9, new Adam.Settings(0.9, 0.999, 1e-8, 0.1)))
                .hasMessage("weightDecay must be 0, but is 0.1");
        try (Muon muon = muon(six, new Matrix(0, 2, 2));
                FloatMemory five = FloatMemory.allocate(5)) {
            assertThatThrownBy(() -> muon.step(five, five, 1, 0.1))
                    .hasMessage("parameters' length must be 6, but is 5");
        }
    }

    private static Muon muon(FloatTiles moments, Matrix... matrices) {
        return new Muon(Muon.Settings.STANDARD, List.of(matrices), moments, new FloatTiles(moments.length()));
    }

    private static float[] floats(FloatTiles tiles) {
        float[] floats = new float[tiles.length()];
        tiles.get(FloatBuffer.wrap(floats));
        return floats;
    }

    /** Parameters that go down random gradients. */
    private static final class Run {
        private final Random random;
        private final FloatMemory parameters;
        private final FloatMemory gradients;
        private final FloatTiles first;
        private final FloatTiles second;
        private final Muon muon;

        Run(List<Matrix> matrices, int length, long seed) {
            random = new Random(seed);
            parameters = FloatMemory.allocate(length);
            gradients = FloatMemory.allocate(length);
            first = new FloatTiles(length);
            second = new FloatTiles(length);
            muon = new Muon(Muon.Settings.STANDARD, matrices, first, second);
            parameters.put(0, draw(), length);
        }

        double[] start() {
            float[] floats = parameters.toArray();
            double[] start = new double[floats.length];
            for (int i = 0; i < start.length; i++) {
                start[i] = floats[i];
            }
            return start;
        }

        /** New gradients. */
        float[] draw() {
            float[] slopes = new float[gradients.length()];
            for (int i = 0; i < slopes.length; i++) {
                slopes[i] = (float) random.nextGaussian();
            }
            gradients.put(0, slopes, slopes.length);
            return slopes;
        }

        float[] step(int iteration) {
            float[] slopes = draw();
            muon.step(parameters, gradients, iteration, 0.01);
            return slopes;
        }

        void close() {
            muon.close();
            parameters.close();
            gradients.close();
        }
    }
}
