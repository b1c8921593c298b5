package elbow.math.optimizer;

import elbow.math.Blas;
import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;
import elbow.math.FloatMemory;

/**
 * Makes matrices about orthogonal: with a singular value decomposition U S V', of U V' it gives U S' V' whose singular
 * values lie near 1: between 0.68 and 1.21 for those that were at least 0.002 of the matrix's norm; smaller ones grow
 * by up to 3.44 in each of five steps.
 *
 * <p>Newton-Schulz iteration of the fifth degree on the matrix divided by its norm, X = a X + b (X X') X + c (X X')^2
 * X, with coefficients that grow small singular values as fast as can be and do not converge to 1.
 *
 * <p>See: K. Jordan et al. Muon: an optimizer for hidden layers in neural networks. 2024.
 */
final class Orthogonalisation implements AutoCloseable {
    private static final int STEPS = 5;
    private static final float LINEAR = 3.4445f;
    private static final float CUBIC = -4.7750f;
    private static final float QUINTIC = 2.0315f;

    /** Added to the norm, so that zeros stay zeros. */
    private static final double EPSILON = 1e-7;

    private final float[] some = new float[OptimizerChecks.TILE];
    private final float[] others = new float[OptimizerChecks.TILE];
    private final float[] combined = new float[OptimizerChecks.TILE];
    private final float[] one = new float[1];
    private final FloatMemory square;
    private final FloatMemory polynomial;
    private FloatMemory matrix;
    private FloatMemory product;

    /**
     * @param elements of the largest matrix
     * @param side the largest number of rows or columns, whichever are fewer
     */
    Orthogonalisation(int elements, int side) {
        matrix = FloatMemory.allocate(elements);
        product = FloatMemory.allocate(elements);
        square = FloatMemory.allocate((long) side * side);
        polynomial = FloatMemory.allocate((long) side * side);
    }

    /** Off-heap bytes that it allocates. */
    static long bytes(long elements, long side) {
        return Float.BYTES * 2 * (elements + side * side);
    }

    /** Where the matrix goes, row-major, and where {@link #run} leaves the result; another memory after each run. */
    FloatMemory matrix() {
        return matrix;
    }

    /**
     * Makes what lies in {@link #matrix} orthogonal. Allocates nothing.
     *
     * @param norm the root of the sum of its squares
     */
    void run(int rows, int columns, double norm) {
        scale((float) (1 / (norm + EPSILON)), rows * columns);
        boolean wide = rows <= columns;
        int side = Math.min(rows, columns);
        int inner = Math.max(rows, columns);
        for (int step = 0; step < STEPS; step++) {
            // X X' of a wide matrix, X' X of a tall one: the smaller of both.
            Blas.multiply(
                    wide ? Transpose.NO : Transpose.YES,
                    wide ? Transpose.YES : Transpose.NO,
                    side,
                    side,
                    inner,
                    matrix,
                    matrix,
                    square,
                    Destination.OVERWRITE);
            multiply(side, side, side, square, square, polynomial);
            combine(side);
            if (wide) {
                multiply(rows, columns, side, polynomial, matrix, product);
            } else {
                multiply(rows, columns, side, matrix, polynomial, product);
            }
            FloatMemory done = product;
            product = matrix;
            matrix = done;
        }
    }

    private static void multiply(int rows, int columns, int inner, FloatMemory a, FloatMemory b, FloatMemory c) {
        Blas.multiply(Transpose.NO, Transpose.NO, rows, columns, inner, a, b, c, Destination.OVERWRITE);
    }

    private void scale(float factor, int length) {
        for (int offset = 0; offset < length; offset += OptimizerChecks.TILE) {
            int count = Math.min(OptimizerChecks.TILE, length - offset);
            matrix.get(offset, some, count);
            for (int i = 0; i < count; i++) {
                some[i] *= factor;
            }
            matrix.put(offset, some, count);
        }
    }

    // polynomial = a I + b square + c polynomial.
    private void combine(int side) {
        int length = side * side;
        for (int offset = 0; offset < length; offset += OptimizerChecks.TILE) {
            int count = Math.min(OptimizerChecks.TILE, length - offset);
            square.get(offset, some, count);
            polynomial.get(offset, others, count);
            for (int i = 0; i < count; i++) {
                combined[i] = CUBIC * some[i] + QUINTIC * others[i];
            }
            polynomial.put(offset, combined, count);
        }
        for (int i = 0; i < side; i++) {
            int diagonal = i * side + i;
            polynomial.get(diagonal, one, 1);
            one[0] += LINEAR;
            polynomial.put(diagonal, one, 1);
        }
    }

    @Override
    public void close() {
        matrix.close();
        product.close();
        square.close();
        polynomial.close();
    }
}
