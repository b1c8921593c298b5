package elbow.math;

import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;
import java.util.Arrays;

/**
 * Matrix products by plain loops, for platforms without a native library and for results that are the same on every
 * CPU: each element is a sum over the inner dimension in its order, with every product and every addition rounded. Two
 * to six times slower than a BLAS.
 */
final class JavaLoops implements Products {
    private final ThreadLocal<Tiles> tiles = ThreadLocal.withInitial(Tiles::new);

    /** One thread's copies on the heap; they grow to the largest product so far. */
    private static final class Tiles {
        private float[] a = new float[0];
        private float[] b = new float[0];
        private float[] sums = new float[0];
        private float[][] rowsOfB = new float[0][0];
    }

    @Override
    public String vendor() {
        return BlasChoice.JAVA;
    }

    @Override
    public String kernels() {
        return "";
    }

    @Override
    public void multiply(
            Transpose transposeA,
            Transpose transposeB,
            int rows,
            int columns,
            int inner,
            FloatMemory a,
            FloatMemory b,
            FloatMemory c,
            Destination destination) {
        Tiles own = tiles.get();
        own.a = atLeast(own.a, rows * inner);
        own.sums = atLeast(own.sums, columns);
        a.get(0, own.a, rows * inner);
        loadRows(own, transposeB, inner, columns, b);
        int step = transposeA == Transpose.NO ? 1 : rows;
        for (int row = 0; row < rows; row++) {
            if (destination == Destination.ACCUMULATE) {
                c.get(row * columns, own.sums, columns);
            } else {
                Arrays.fill(own.sums, 0, columns, 0f);
            }
            int first = transposeA == Transpose.NO ? row * inner : row;
            for (int k = 0; k < inner; k++) {
                addScaled(own.a[first + k * step], own.rowsOfB[k], own.sums, columns);
            }
            c.put(row * columns, own.sums, columns);
        }
    }

    private static void loadRows(Tiles own, Transpose transpose, int inner, int columns, FloatMemory b) {
        if (own.rowsOfB.length < inner) {
            own.rowsOfB = Arrays.copyOf(own.rowsOfB, inner);
        }
        for (int k = 0; k < inner; k++) {
            own.rowsOfB[k] = atLeast(own.rowsOfB[k], columns);
        }
        if (transpose == Transpose.NO) {
            for (int k = 0; k < inner; k++) {
                b.get(k * columns, own.rowsOfB[k], columns);
            }
            return;
        }
        own.b = atLeast(own.b, inner);
        for (int column = 0; column < columns; column++) {
            b.get(column * inner, own.b, inner);
            for (int k = 0; k < inner; k++) {
                own.rowsOfB[k][column] = own.b[k];
            }
        }
    }

    private static void addScaled(float factor, float[] row, float[] sums, int count) {
        for (int i = 0; i < count; i++) {
            sums[i] += factor * row[i];
        }
    }

    private static float[] atLeast(float[] array, int length) {
        return array != null && array.length >= length ? array : new float[length];
    }
}
