package elbow.vae.likelihood;

import elbow.vae.layer.Workspace;

/**
 * The work area of likelihoods: a few whole rows of one group of columns, gathered so that element i of every array
 * belongs to the same row and variable.
 *
 * <p>{@code values} and {@code expected} hold columns: element {@code row * columns + column}, {@code count = rows *
 * columns} of them valid. {@code logDensities}, free parameters and their gradients hold variables: element {@code row
 * * variables + variable}, {@code variableCount = rows * variables} of them valid. Outputs and their gradients have
 * {@code outputsPerVariable} elements for each variable. For all likelihoods but those of categories that is the same:
 * a variable is a column. A likelihood with several outputs or free parameters per variable has one array (a plane) for
 * each of them.
 */
final class LikelihoodTile {
    final float[] values;
    final float[][] outputs;
    final float[][] parameters;
    final double[][] prepared;
    final float[][] preparedFloats;
    final float[][] outputGradients;
    final float[][] parameterGradients;
    final float[] expected;
    final float[] scratch;
    final double[] logDensities;
    final double[] wide1;
    final double[] wide2;
    final double[] wide3;
    final int columns;
    final int variables;

    /** Rows that there is room for. */
    final int maximumRows;

    int rows;
    int count;
    int variableCount;

    LikelihoodTile(LikelihoodGroup group, int maximumRows) {
        Likelihood likelihood = group.likelihood();
        this.maximumRows = maximumRows;
        columns = group.columns();
        variables = group.variables();
        int capacity = maximumRows * columns;
        int outputPlanes = likelihood.outputPlanes();
        int parameterPlanes = likelihood.freeParameters().size();
        values = new float[capacity];
        outputs = new float[outputPlanes][capacity];
        parameters = new float[parameterPlanes][capacity];
        prepared = new double[likelihood.preparedPlanes()][capacity];
        preparedFloats = new float[likelihood.preparedFloatPlanes()][capacity];
        outputGradients = new float[outputPlanes][capacity];
        parameterGradients = new float[parameterPlanes][capacity];
        expected = new float[capacity];
        scratch = new float[capacity];
        logDensities = new double[capacity];
        wide1 = new double[capacity];
        wide2 = new double[capacity];
        wide3 = new double[capacity];
        setRows(maximumRows);
    }

    void setRows(int rows) {
        this.rows = rows;
        count = rows * columns;
        variableCount = rows * variables;
    }

    /** Repeats the first {@code variables} elements of every prepared plane for each row that there is room for. */
    void repeatPrepared() {
        for (double[] plane : prepared) {
            Workspace.repeatRow(plane, variables, maximumRows);
        }
        for (float[] plane : preparedFloats) {
            Workspace.repeatRow(plane, variables, maximumRows);
        }
    }
}
