package elbow.vae.flow;

/** Logarithms of determinants of small matrices. */
public final class Determinants {
    private Determinants() {}

    /** log |det|, by Gaussian elimination with pivots. */
    public static double log(double[][] matrix) {
        int size = matrix.length;
        double[][] left = new double[size][];
        for (int i = 0; i < size; i++) {
            left[i] = matrix[i].clone();
        }
        double sum = 0;
        for (int column = 0; column < size; column++) {
            int pivot = column;
            for (int row = column; row < size; row++) {
                pivot = Math.abs(left[row][column]) > Math.abs(left[pivot][column]) ? row : pivot;
            }
            double[] swapped = left[column];
            left[column] = left[pivot];
            left[pivot] = swapped;
            sum += Math.log(Math.abs(left[column][column]));
            for (int row = column + 1; row < size; row++) {
                double factor = left[row][column] / left[column][column];
                for (int k = column; k < size; k++) {
                    left[row][k] -= factor * left[column][k];
                }
            }
        }
        return sum;
    }
}
