package elbow.density;

/** Lower triangles, packed row by row: element (i, j) with {@code j <= i} stands at {@code i (i + 1) / 2 + j}. */
final class Triangles {
    private Triangles() {}

    /** How many elements a triangle with so many rows has. */
    static int length(int size) {
        return Math.multiplyExact(size, size + 1) / 2;
    }

    /** Where a row begins. */
    static int row(int i) {
        return i * (i + 1) / 2;
    }

    /**
     * The Cholesky factor of a symmetric matrix.
     *
     * @throws IllegalArgumentException if it is not positive definite
     */
    static double[] cholesky(double[] matrix, int size) {
        double[] factor = new double[matrix.length];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[row(i) + j];
                for (int k = 0; k < j; k++) {
                    sum -= factor[row(i) + k] * factor[row(j) + k];
                }
                if (i == j && !(sum > 0)) {
                    throw new IllegalArgumentException("matrix must be positive definite, but is not");
                }
                factor[row(i) + j] = i == j ? Math.sqrt(sum) : sum / factor[row(j) + j];
            }
        }
        return factor;
    }

    /** The inverse of a triangle whose diagonal has no zero; a triangle, too. */
    static double[] inverse(double[] factor, int size) {
        double[] inverse = new double[factor.length];
        for (int j = 0; j < size; j++) {
            inverse[row(j) + j] = 1 / factor[row(j) + j];
            for (int i = j + 1; i < size; i++) {
                double sum = 0;
                for (int k = j; k < i; k++) {
                    sum -= factor[row(i) + k] * inverse[row(k) + j];
                }
                inverse[row(i) + j] = sum / factor[row(i) + i];
            }
        }
        return inverse;
    }

    /** Writes the product of a symmetric matrix, of which the triangle is given, and a vector. */
    static void multiply(double[] matrix, double[] vector, double[] product) {
        int size = vector.length;
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int j = 0; j < size; j++) {
                sum += matrix[i < j ? row(j) + i : row(i) + j] * vector[j];
            }
            product[i] = sum;
        }
    }

    /** The sum of the squares of a vector's elements. */
    static double squares(double[] vector) {
        return product(vector, vector, vector.length);
    }

    /** The inner product of the first {@code count} elements of two vectors. */
    static double product(double[] x, double[] y, int count) {
        // Four sums do not wait for each other.
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            a += x[i] * y[i];
            b += x[i + 1] * y[i + 1];
            c += x[i + 2] * y[i + 2];
            d += x[i + 3] * y[i + 3];
        }
        for (; i < count; i++) {
            a += x[i] * y[i];
        }
        return (a + b) + (c + d);
    }
}
