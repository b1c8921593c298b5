package elbow.math.optimizer;

import elbow.base.Check;
import elbow.math.FloatMemory;
import java.util.Comparator;
import java.util.List;

/**
 * Muon for the matrices that it is given, Adam for all other parameters. With the gradient G of a matrix of {@code rows
 * x columns}:
 *
 * <pre>M = momentum M + (1 - momentum) G
 * matrix -= learningRate 0.2 sqrt(max(rows, columns)) orthogonal(momentum M + (1 - momentum) G)
 * </pre>
 *
 * <p>{@code orthogonal} has the same singular vectors as its argument, and singular values near 1: all directions of a
 * step count alike. The factor gives a step the root mean square that Adam's steps have about, 0.2 learningRate,
 * whatever the shape, so that one learning rate serves both.
 *
 * <p>Where Adam keeps its first moments, there Muon keeps M; the second moments of its matrices stay as they are.
 *
 * <p>See: K. Jordan et al. Muon: an optimizer for hidden layers in neural networks. 2024 (momentum before the
 * orthogonalisation, in Nesterov's form, 0.95; which parameters). J. Liu et al. Muon is scalable for LLM training.
 * arXiv 2502.16982, equation 4 (the factor).
 */
public final class Muon implements Optimizer {
    private static final double STEP_SIZE = 0.2;

    private final float momentum;
    private final List<Matrix> matrices;
    private final int[] adamStarts;
    private final int[] adamLengths;
    private final FloatTiles moments;
    private final Adam adam;
    private final Orthogonalisation orthogonalisation;
    private final float[] slopes = new float[OptimizerChecks.TILE];
    private final float[] values = new float[OptimizerChecks.TILE];
    private final float[] means = new float[OptimizerChecks.TILE];
    private final float[] ahead = new float[OptimizerChecks.TILE];

    /**
     * A matrix among the flattened parameters, row-major.
     *
     * @param offset of its first element, at least 0
     * @param rows at least 1
     * @param columns at least 1
     */
    public record Matrix(int offset, int rows, int columns) {
        public Matrix {
            Check.argument(offset >= 0, "offset", "be at least 0", offset);
            Check.positive("rows", rows);
            Check.positive("columns", columns);
        }

        /** Number of elements. */
        public int length() {
            return Math.multiplyExact(rows, columns);
        }

        private int side() {
            return Math.min(rows, columns);
        }
    }

    /**
     * The rule's constants.
     *
     * @param momentum of the matrices, in [0, 1)
     * @param adam those of all other parameters, without weight decay
     */
    public record Settings(double momentum, Adam.Settings adam) {
        /** Those of Jordan et al., and of Kingma and Ba. */
        public static final Settings STANDARD = new Settings(0.95, Adam.Settings.STANDARD);

        public Settings {
            Check.fraction("momentum", momentum);
            Check.argument(adam.weightDecay() == 0, "weightDecay", "be 0", adam.weightDecay());
        }
    }

    /**
     * Works on the given moments in place: zeros for a new run, or those of the run to continue.
     *
     * @param matrices that Muon steps, in any order, at least one
     * @throws IllegalArgumentException if the moments differ in length, or matrices overlap or reach beyond them
     */
    public Muon(Settings settings, List<Matrix> matrices, FloatTiles firstMoments, FloatTiles secondMoments) {
        Check.argument(!matrices.isEmpty(), "matrices", "be at least one", matrices);
        this.momentum = (float) settings.momentum();
        this.matrices = matrices.stream()
                .sorted(Comparator.comparingInt(Matrix::offset))
                .toList();
        moments = firstMoments;
        adam = new Adam(settings.adam(), firstMoments, secondMoments);
        adamStarts = new int[matrices.size() + 1];
        adamLengths = new int[matrices.size() + 1];
        int end = 0;
        int gap = 0;
        for (Matrix matrix : this.matrices) {
            Check.argument(matrix.offset() >= end, "matrices", "not overlap", this.matrices);
            adamStarts[gap] = end;
            adamLengths[gap++] = matrix.offset() - end;
            end = Math.addExact(matrix.offset(), matrix.length());
        }
        Check.argument(end <= firstMoments.length(), "end of the matrices", "be at most " + firstMoments.length(), end);
        adamStarts[gap] = end;
        adamLengths[gap] = firstMoments.length() - end;
        orthogonalisation = new Orthogonalisation(largest(matrices), widestSide(matrices));
    }

    private static int largest(List<Matrix> matrices) {
        return matrices.stream().mapToInt(Matrix::length).max().orElse(1);
    }

    private static int widestSide(List<Matrix> matrices) {
        return matrices.stream().mapToInt(Matrix::side).max().orElse(1);
    }

    /** Off-heap bytes that an optimizer of such matrices allocates. */
    public static long offHeapBytes(List<Matrix> matrices) {
        return matrices.isEmpty() ? 0 : Orthogonalisation.bytes(largest(matrices), widestSide(matrices));
    }

    @Override
    public void step(FloatMemory parameters, FloatMemory gradients, long iteration, double learningRate) {
        OptimizerChecks.check(parameters, gradients, iteration, learningRate);
        if (parameters.length() != moments.length()) {
            Check.argument(false, "parameters' length", "be " + moments.length(), parameters.length());
        }
        adam.begin(iteration, learningRate);
        for (int i = 0; i < adamStarts.length; i++) {
            adam.stepPart(parameters, gradients, adamStarts[i], adamLengths[i]);
        }
        for (int i = 0; i < matrices.size(); i++) {
            step(matrices.get(i), parameters, gradients, learningRate);
        }
    }

    private void step(Matrix matrix, FloatMemory parameters, FloatMemory gradients, double learningRate) {
        double norm = Math.sqrt(gather(matrix, gradients));
        orthogonalisation.run(matrix.rows(), matrix.columns(), norm);
        double factor = STEP_SIZE * Math.sqrt(Math.max(matrix.rows(), matrix.columns()));
        descend(matrix, parameters, (float) (learningRate * factor));
    }

    // Puts the momentum, a step ahead, where it is made orthogonal; the sum of its squares.
    private double gather(Matrix matrix, FloatMemory gradients) {
        FloatMemory destination = orthogonalisation.matrix();
        double squares = 0;
        int length = matrix.length();
        int at = 0;
        while (at < length) {
            int offset = matrix.offset() + at;
            int inTile = offset % OptimizerChecks.TILE;
            int count = Math.min(OptimizerChecks.TILE - inTile, length - at);
            float[] tile = moments.tile(offset / OptimizerChecks.TILE);
            gradients.get(offset, slopes, count);
            System.arraycopy(tile, inTile, means, 0, count);
            average(slopes, means, ahead, momentum, count);
            System.arraycopy(means, 0, tile, inTile, count);
            for (int i = 0; i < count; i++) {
                squares += (double) ahead[i] * ahead[i];
            }
            destination.put(at, ahead, count);
            at += count;
        }
        return squares;
    }

    private static void average(float[] slopes, float[] means, float[] ahead, float momentum, int count) {
        float share = 1f - momentum;
        for (int i = 0; i < count; i++) {
            float mean = momentum * means[i] + share * slopes[i];
            means[i] = mean;
            ahead[i] = momentum * mean + share * slopes[i];
        }
    }

    private void descend(Matrix matrix, FloatMemory parameters, float rate) {
        FloatMemory steps = orthogonalisation.matrix();
        int length = matrix.length();
        for (int at = 0; at < length; at += OptimizerChecks.TILE) {
            int count = Math.min(OptimizerChecks.TILE, length - at);
            steps.get(at, ahead, count);
            parameters.get(matrix.offset() + at, values, count);
            for (int i = 0; i < count; i++) {
                values[i] -= rate * ahead[i];
            }
            parameters.put(matrix.offset() + at, values, count);
        }
    }

    @Override
    public void close() {
        orthogonalisation.close();
    }
}
