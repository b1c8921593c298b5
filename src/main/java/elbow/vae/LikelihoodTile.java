package elbow.vae;

/**
 * The work area of likelihoods: a few rows of one group of columns, gathered so that element i of every array belongs
 * to the same row and column. Element {@code row * columns + column}; {@code count = rows * columns} elements are
 * valid. A likelihood with several outputs or free parameters per column has one array (a plane) for each of them.
 */
final class LikelihoodTile {
    final float[] values;
    final float[][] outputs;
    final float[][] parameters;
    final float[][] outputGradients;
    final float[][] parameterGradients;
    final float[] expected;
    final float[] scratch;
    final double[] logDensities;
    final double[] wide1;
    final double[] wide2;
    final double[] wide3;

    int rows;
    int columns;
    int count;

    LikelihoodTile(int capacity, int outputPlanes, int parameterPlanes) {
        values = new float[capacity];
        outputs = new float[outputPlanes][capacity];
        parameters = new float[parameterPlanes][capacity];
        outputGradients = new float[outputPlanes][capacity];
        parameterGradients = new float[parameterPlanes][capacity];
        expected = new float[capacity];
        scratch = new float[capacity];
        logDensities = new double[capacity];
        wide1 = new double[capacity];
        wide2 = new double[capacity];
        wide3 = new double[capacity];
    }
}
