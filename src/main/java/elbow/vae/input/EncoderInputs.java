package elbow.vae.input;

import elbow.math.FloatMemory;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.LikelihoodGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the encoder sees of a row: each column by its likelihood's input function and its group's scale, 0 where the
 * column is missing, or a category of which the network has learned nothing; then, for each column that may be missing,
 * 1 if it is.
 */
final class EncoderInputs {
    private final List<LikelihoodGroup> groups;
    private final int columns;
    private final int[] missingColumns;
    private final int[] missingEnds;
    private final float[] centres;
    private final float[] factors;
    private final float[] values;
    private final float[] functions;
    private final float[] row;
    private final HiddenColumn[] hidden;

    // Of the category whose columns these are.
    private record HiddenColumn(int column, int first, int end) {}

    EncoderInputs(RowSpec spec) {
        groups = spec.groups();
        columns = spec.columns();
        missingColumns =
                spec.missingColumns().stream().mapToInt(Integer::intValue).toArray();
        centres = new float[columns];
        factors = new float[columns];
        values = new float[columns];
        functions = new float[columns];
        row = new float[spec.encoderInputs()];
        int column = 0;
        for (LikelihoodGroup group : groups) {
            for (int i = 0; i < group.columns(); i++, column++) {
                InputScale scale = group.inputScale();
                centres[column] = scale.isNone() ? 0f : scale.centres().get(i).floatValue();
                factors[column] = scale.isNone() ? 1f : scale.factors().get(i).floatValue();
            }
        }
        hidden = hiddenColumns();
        missingEnds = Arrays.copyOf(missingColumns, missingColumns.length);
        for (int i = 0; i < missingEnds.length; i++) {
            int next = i + 1 < missingColumns.length ? missingColumns[i + 1] : columns;
            // Where the last of them is modelled, its columns end with those of what is modelled.
            missingEnds[i] = missingColumns[i] < spec.modelledColumns() ? Math.min(next, spec.modelledColumns()) : next;
        }
    }

    private HiddenColumn[] hiddenColumns() {
        List<HiddenColumn> found = new ArrayList<>();
        int column = 0;
        for (LikelihoodGroup group : groups) {
            int each = group.likelihood().columnsPerVariable();
            for (int end = column + group.columns(), first = column; column < end; column++) {
                if (each > 1 && factors[column] == 0) {
                    int start = first + (column - first) / each * each;
                    found.add(new HiddenColumn(column, start, start + each));
                }
            }
        }
        return found.toArray(HiddenColumn[]::new);
    }

    /** Writes row {@code index} of the encoder's input from what the likelihoods see of it. */
    void write(float[] likelihoodRow, Gaps gaps, HiddenVariables hiding, int index, FloatMemory encoderInput) {
        int column = 0;
        for (int group = 0; group < groups.size(); group++) {
            LikelihoodGroup current = groups.get(group);
            int width = current.columns();
            System.arraycopy(likelihoodRow, column, values, 0, width);
            current.likelihood().inputFunction().apply(values, functions, width);
            System.arraycopy(functions, 0, row, column, width);
            column += width;
        }
        scale();
        for (int i = 0; i < hidden.length; i++) {
            if (likelihoodRow[hidden[i].column()] != 0) {
                Arrays.fill(row, hidden[i].first(), hidden[i].end(), 0f);
            }
        }
        for (int i = 0; i < missingColumns.length; i++) {
            row[columns + i] = 0;
        }
        if (!gaps.isEmpty()) {
            for (int i = 0; i < columns; i++) {
                row[i] = gaps.observed(index, i) ? row[i] : 0f;
            }
            for (int i = 0; i < missingColumns.length; i++) {
                row[columns + i] = gaps.observed(index, missingColumns[i]) ? 0f : 1f;
            }
        }
        for (int i = 0; i < missingColumns.length; i++) {
            if (hiding.hides(i)) {
                Arrays.fill(row, missingColumns[i], missingEnds[i], 0f);
                row[columns + i] = 1f;
            }
        }
        encoderInput.put(index * row.length, row, row.length);
    }

    private void scale() {
        for (int i = 0; i < columns; i++) {
            row[i] = (row[i] - centres[i]) * factors[i];
        }
    }
}
