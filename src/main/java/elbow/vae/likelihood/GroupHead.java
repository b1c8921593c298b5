package elbow.vae.likelihood;

import elbow.math.DoubleLoops;
import elbow.math.FloatMemory;
import elbow.math.VectorLoops;
import elbow.math.noise.KeyedNoise;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.layer.Workspace;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One group of columns at the end of the decoder: brings tiles of it to the likelihood and the results back. A missing
 * entry holds an allowed value, so what is computed for it is finite and multiplied by 0.
 */
final class GroupHead {
    private final Likelihood likelihood;
    private final int columns;
    private final int variables;
    private final int columnsPerVariable;
    private final int planeWidth;
    private final int firstColumn;
    private final int firstOutput;
    private final int allColumns;
    private final int allOutputs;
    private final int tileRows;
    private final LikelihoodTile tile;
    private final List<Likelihood.Sharing> planes;
    private final ParameterBlock[] blocks;
    private final double[][] parameterSums;
    private final float[] weights;

    /** Whether all weights are alike, which they stay from one minibatch to the next where all rows count the same. */
    private boolean weightsAreEqual;

    private final float[] scaled;
    private final boolean joins;
    private final float[] wholeRows;
    private final @Nullable SquaredErrors minibatchErrors;

    GroupHead(
            LikelihoodGroup own,
            List<ParameterBlock> freeParameters,
            int firstColumn,
            int firstOutput,
            int allColumns,
            int allOutputs) {
        likelihood = own.likelihood();
        columns = own.columns();
        variables = own.variables();
        columnsPerVariable = likelihood.columnsPerVariable();
        planeWidth = own.planeWidth();
        this.firstColumn = firstColumn;
        this.firstOutput = firstOutput;
        this.allColumns = allColumns;
        this.allOutputs = allOutputs;
        tileRows = Workspace.rowsPerTile(columns);
        planes = likelihood.freeParameters();
        tile = new LikelihoodTile(own, tileRows);
        weights = new float[tileRows * planeWidth];
        scaled = new float[tileRows * planeWidth];
        // Several planes that fill the rows: one copy off the heap for the tile instead of one for each row and plane.
        joins = tile.outputs.length > 1 && planeWidth * tile.outputs.length == allOutputs;
        wholeRows = new float[joins ? tileRows * allOutputs : 0];
        minibatchErrors = likelihood.hasOptimalVariance() ? new SquaredErrors(own) : null;
        blocks = new ParameterBlock[planes.size()];
        parameterSums = new double[planes.size()][];
        for (int plane = 0; plane < planes.size(); plane++) {
            blocks[plane] = freeParameters.get(plane);
            parameterSums[plane] = new double[blocks[plane].columns()];
        }
    }

    /** Brings the free parameters to every row of the tile; forgets the sums of their gradients. */
    void begin(FloatMemory parameters) {
        for (int plane = 0; plane < blocks.length; plane++) {
            parameters.get(blocks[plane].offset(), tile.parameters[plane], blocks[plane].columns());
            repeatParameters(plane);
            Arrays.fill(parameterSums[plane], 0);
        }
        prepare();
    }

    private void repeatParameters(int plane) {
        float[] target = tile.parameters[plane];
        if (planes.get(plane) == Likelihood.Sharing.GROUP) {
            Arrays.fill(target, 0, variables, target[0]);
        }
        Workspace.repeatRow(target, variables, tileRows);
    }

    private void prepare() {
        tile.setRows(tileRows);
        likelihood.prepare(tile);
    }

    /**
     * Replaces an optimal variance by that of a minibatch, for {@link #addLogDensities} and {@link #weightedGradient}
     * from now on until {@link #begin}; does nothing to others. Parameters of unobserved variables stay.
     */
    void fit(DecodedRows rows, int samples) {
        if (minibatchErrors == null) {
            return;
        }
        minibatchErrors.clear();
        for (int sample = 0; sample < samples; sample++) {
            addSquaredErrors(rows, sample * rows.count, minibatchErrors);
        }
        minibatchErrors.writeParameters(tile.parameters[0]);
        repeatParameters(0);
        prepare();
    }

    boolean hasOptimalVariance() {
        return likelihood.hasOptimalVariance();
    }

    /** Adds the squared errors of all rows, whose outputs stand from {@code firstRow} on. */
    void addSquaredErrors(DecodedRows rows, int firstRow, SquaredErrors errors) {
        for (int row = 0; row < rows.count; row += tileRows) {
            load(rows, row, firstRow);
            likelihood.squaredErrors(tile);
            for (int r = 0; r < tile.rows; r++) {
                errors.add(tile.wide1, r * variables, rows.present, (row + r) * allColumns + firstColumn);
            }
        }
    }

    /**
     * Adds log p(x_r | outputs of {@code firstRow + r}) of this group to {@code sums[firstRow + r]} for all rows r.
     *
     * @param columnSums rows x all columns: the log-density of each variable is added at its first column's place, from
     *     row {@code columnRow} on; null if nobody asks
     */
    void addLogDensities(DecodedRows rows, int firstRow, double[] sums, double @Nullable [] columnSums, int columnRow) {
        for (int row = 0; row < rows.count; row += tileRows) {
            load(rows, row, firstRow);
            logDensities(rows.present, row);
            for (int r = 0; r < tile.rows; r++) {
                sums[firstRow + row + r] += DoubleLoops.sum(tile.logDensities, r * variables, variables);
            }
            if (columnSums != null) {
                addColumns(columnSums, columnRow + row);
            }
        }
    }

    private void addColumns(double[] columnSums, int firstRow) {
        for (int r = 0; r < tile.rows; r++) {
            int to = (firstRow + r) * allColumns + firstColumn;
            for (int i = 0; i < variables; i++) {
                columnSums[to + i * columnsPerVariable] += tile.logDensities[r * variables + i];
            }
        }
    }

    /**
     * Replaces the outputs of the rows {@code firstRow .. firstRow + rows} by {@code rowWeights} times the
     * log-density's gradient; adds up that of the free parameters.
     */
    void weightedGradient(DecodedRows rows, int firstRow, float[] rowWeights) {
        for (int row = 0; row < rows.count; row += tileRows) {
            load(rows, row, firstRow);
            fillWeights(rows.present, row, rowWeights, firstRow + row);
            likelihood.gradient(tile);
            int count = tile.rows * planeWidth;
            for (int plane = 0; plane < tile.outputs.length; plane++) {
                VectorLoops.multiply(tile.outputGradients[plane], weights, scaled, count);
                storePlane(rows.outputs, firstRow + row, plane);
            }
            if (joins) {
                rows.outputs.put((firstRow + row) * allOutputs, wholeRows, tile.rows * allOutputs);
            }
            // Only variables with one output in a plane have free parameters: so the weights are the same.
            for (int plane = 0; plane < blocks.length; plane++) {
                VectorLoops.multiply(tile.parameterGradients[plane], weights, scaled, count);
                addParameterGradient(plane);
            }
        }
    }

    /** Writes the sums of the free parameters' gradients. */
    void writeParameterGradients(FloatMemory gradients) {
        for (int plane = 0; plane < blocks.length; plane++) {
            double[] sums = parameterSums[plane];
            for (int i = 0; i < sums.length; i++) {
                tile.scratch[i] = (float) sums[i];
            }
            gradients.put(blocks[plane].offset(), tile.scratch, sums.length);
        }
    }

    /** Writes each column's expected value to {@code means}, rows x all columns, from row {@code meanRow}. */
    void means(int rows, FloatMemory outputs, float[] means, int meanRow) {
        for (int row = 0; row < rows; row += tileRows) {
            loadOutputs(Math.min(tileRows, rows - row), outputs, row);
            likelihood.mean(tile);
            for (int r = 0; r < tile.rows; r++) {
                int to = (meanRow + row + r) * allColumns + firstColumn;
                System.arraycopy(tile.expected, r * columns, means, to, columns);
            }
        }
    }

    /**
     * Writes a draw of each variable to {@code drawn}, rows x all columns, from row {@code drawnRow}; a row's draw is a
     * function of its outputs, its key and {@code counter} alone.
     *
     * @param counter tells the groups and draws of a row apart
     */
    void draw(int rows, FloatMemory outputs, long noiseKey, long[] rowKeys, int counter, float[] drawn, int drawnRow) {
        int[] bits = new int[tileRows * variables + KeyedNoise.WORDS - 1];
        for (int row = 0; row < rows; row += tileRows) {
            loadOutputs(Math.min(tileRows, rows - row), outputs, row);
            for (int r = 0; r < tile.rows; r++) {
                KeyedNoise.bits(noiseKey, rowKeys[drawnRow + row + r], counter, variables, bits, r * variables);
            }
            likelihood.sample(tile, bits);
            for (int r = 0; r < tile.rows; r++) {
                int to = (drawnRow + row + r) * allColumns + firstColumn;
                System.arraycopy(tile.expected, r * columns, drawn, to, columns);
            }
        }
    }

    private void logDensities(float @Nullable [] present, int firstRow) {
        likelihood.logDensity(tile);
        if (present == null) {
            return;
        }
        for (int r = 0; r < tile.rows; r++) {
            int from = (firstRow + r) * allColumns + firstColumn;
            for (int i = 0; i < variables; i++) {
                tile.logDensities[r * variables + i] *= present[from + i * columnsPerVariable];
            }
        }
    }

    private void fillWeights(float @Nullable [] present, int firstRow, float[] rowWeights, int firstWeight) {
        if (present == null && areEqual(rowWeights, firstWeight, tile.rows)) {
            float weight = rowWeights[firstWeight];
            if (!weightsAreEqual || !isSame(weight, weights[0])) {
                Arrays.fill(weights, weight);
                weightsAreEqual = true;
            }
            return;
        }
        weightsAreEqual = false;
        for (int r = 0; r < tile.rows; r++) {
            float weight = rowWeights[firstWeight + r];
            int to = r * planeWidth;
            if (present == null) {
                Arrays.fill(weights, to, to + planeWidth, weight);
                continue;
            }
            int from = (firstRow + r) * allColumns + firstColumn;
            int step = columns / planeWidth;
            for (int i = 0; i < planeWidth; i++) {
                weights[to + i] = weight * present[from + i * step];
            }
        }
    }

    private static boolean areEqual(float[] values, int first, int count) {
        for (int i = first + 1; i < first + count; i++) {
            if (!isSame(values[i], values[first])) {
                return false;
            }
        }
        return true;
    }

    // Bit for bit: a product with -0 has another sign than one with 0.
    private static boolean isSame(float value, float other) {
        return Float.floatToRawIntBits(value) == Float.floatToRawIntBits(other);
    }

    /** Brings rows from {@code first} on to the tile, as many as it takes, whose outputs stand from there on. */
    private void load(DecodedRows rows, int first, int firstOutputRow) {
        int count = Math.min(tileRows, rows.count - first);
        loadOutputs(count, rows.outputs, firstOutputRow + first);
        if (columns == allColumns) {
            rows.values.get(first * allColumns, tile.values, tile.count);
            return;
        }
        for (int r = 0; r < count; r++) {
            rows.values.get((first + r) * allColumns + firstColumn, tile.values, r * columns, columns);
        }
    }

    private void loadOutputs(int rows, FloatMemory outputs, int outputRow) {
        tile.setRows(rows);
        if (planeWidth == allOutputs) {
            outputs.get(outputRow * allOutputs, tile.outputs[0], rows * planeWidth);
            return;
        }
        if (joins) {
            outputs.get(outputRow * allOutputs, wholeRows, rows * allOutputs);
        }
        for (int plane = 0; plane < tile.outputs.length; plane++) {
            for (int r = 0; r < rows; r++) {
                if (joins) {
                    int from = r * allOutputs + plane * planeWidth;
                    System.arraycopy(wholeRows, from, tile.outputs[plane], r * planeWidth, planeWidth);
                } else {
                    int from = (outputRow + r) * allOutputs + firstOutput + plane * planeWidth;
                    outputs.get(from, tile.outputs[plane], r * planeWidth, planeWidth);
                }
            }
        }
    }

    private void storePlane(FloatMemory outputs, int outputRow, int plane) {
        if (planeWidth == allOutputs) {
            outputs.put(outputRow * allOutputs, scaled, tile.rows * planeWidth);
            return;
        }
        for (int r = 0; r < tile.rows; r++) {
            if (joins) {
                System.arraycopy(scaled, r * planeWidth, wholeRows, r * allOutputs + plane * planeWidth, planeWidth);
            } else {
                int to = (outputRow + r) * allOutputs + firstOutput + plane * planeWidth;
                outputs.put(to, scaled, r * planeWidth, planeWidth);
            }
        }
    }

    private void addParameterGradient(int plane) {
        double[] sums = parameterSums[plane];
        if (planes.get(plane) == Likelihood.Sharing.GROUP) {
            for (int i = 0; i < tile.variableCount; i++) {
                sums[0] += scaled[i];
            }
            return;
        }
        Workspace.sumRows(scaled, variables, tile.rows, tile.scratch);
        for (int i = 0; i < variables; i++) {
            sums[i] += scaled[i];
        }
    }
}
