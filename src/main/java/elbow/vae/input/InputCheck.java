package elbow.vae.input;

import elbow.base.Check;
import elbow.math.VectorLoops;
import elbow.vae.likelihood.Likelihood;
import elbow.vae.likelihood.LikelihoodGroup;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses values that no likelihood is defined for, by row and column. */
final class InputCheck {
    /** Elements that lowest and highest values are kept of: enough for vectorized loops, few to look at in the end. */
    private static final int TILE = 512;

    private final List<LikelihoodGroup> groups;
    private final int columns;
    private final int tileRows;
    private final float[] tile;
    private final float[] lowest;
    private final float[] highest;
    private final boolean anyFinite;
    private final boolean anyWhole;

    InputCheck(RowSpec spec) {
        groups = spec.groups();
        columns = spec.columns();
        tileRows = Math.max(1, TILE / columns);
        tile = new float[tileRows * columns];
        lowest = new float[tile.length];
        highest = new float[tile.length];
        anyFinite = groups.stream()
                .map(LikelihoodGroup::likelihood)
                .allMatch(likelihood ->
                        likelihood.minimum() == -Float.MAX_VALUE && likelihood.maximum() == Float.MAX_VALUE);
        anyWhole = groups.stream().anyMatch(group -> group.likelihood().takesWholeNumbers());
    }

    /** Checks rows {@code first .. first + count}. */
    void require(float[] rows, int first, int count) {
        requireRanges(rows, first, count);
        for (int row = first; anyWhole && row < first + count; row++) {
            requireWhole(rows, row * columns, row, null, 0);
        }
    }

    /** Checks one row, number {@code index} of {@code gaps}, which messages call {@code row}. */
    void require(float[] values, int row, Gaps gaps, int index) {
        int column = outside(values, 0);
        if (column >= 0) {
            refuse(row, column, values[column]);
        }
        requireWhole(values, 0, row, gaps, index);
    }

    // In loops that are vectorized; only if those fail, which value it is.
    private void requireRanges(float[] rows, int first, int count) {
        if (anyFinite ? !areFinite(rows, first, count) : !areInside(rows, first, count)) {
            refuseFirst(rows, first, count);
        }
    }

    private boolean areFinite(float[] rows, int first, int count) {
        float[] marks = lowest;
        Arrays.fill(marks, 0f);
        for (int row = 0; row < count; row += tileRows) {
            VectorLoops.markNotFinite(tile, marks, fillTile(rows, first + row, count - row));
        }
        float sum = 0;
        for (float mark : marks) {
            sum += mark;
        }
        return !Float.isNaN(sum);
    }

    // By lowest and highest values.
    private boolean areInside(float[] rows, int first, int count) {
        Arrays.fill(lowest, Float.POSITIVE_INFINITY);
        Arrays.fill(highest, Float.NEGATIVE_INFINITY);
        for (int row = 0; row < count; row += tileRows) {
            int length = fillTile(rows, first + row, count - row);
            VectorLoops.lower(tile, lowest, length);
            VectorLoops.raise(tile, highest, length);
        }
        int used = Math.min(tileRows, count) * columns;
        for (int from = 0; from < used; from += columns) {
            if (outside(lowest, from) >= 0 || outside(highest, from) >= 0) {
                return false;
            }
        }
        return true;
    }

    // Gives the elements copied. Read from where they stand, at another index than what they are compared with, the
    // compiler does not vectorize the loop: the two arrays could be one.
    private int fillTile(float[] rows, int first, int left) {
        int length = Math.min(tileRows, left) * columns;
        System.arraycopy(rows, first * columns, tile, 0, length);
        return length;
    }

    private void refuseFirst(float[] rows, int first, int count) {
        for (int row = first; row < first + count; row++) {
            int column = outside(rows, row * columns);
            if (column >= 0) {
                refuse(row, column, rows[row * columns + column]);
            }
        }
    }

    // The first column with a value outside its likelihood's support, in the row that starts at that index; or -1.
    private int outside(float[] values, int from) {
        int column = 0;
        for (int group = 0; group < groups.size(); group++) {
            float minimum = groups.get(group).likelihood().minimum();
            float maximum = groups.get(group).likelihood().maximum();
            for (int end = column + groups.get(group).columns(); column < end; column++) {
                float value = values[from + column];
                // Written so that NaN fails it.
                if (!(value >= minimum && value <= maximum)) {
                    return column;
                }
            }
        }
        return -1;
    }

    // Whole numbers, and one 1 among the columns of a category: their sum is 1 then.
    private void requireWhole(float[] values, int from, int row, @Nullable Gaps gaps, int index) {
        int column = 0;
        for (int group = 0; group < groups.size(); group++) {
            Likelihood likelihood = groups.get(group).likelihood();
            int end = column + groups.get(group).columns();
            if (!likelihood.takesWholeNumbers()) {
                column = end;
                continue;
            }
            int each = likelihood.columnsPerVariable();
            for (; column < end; column += each) {
                float sum = 0;
                for (int i = column; i < column + each; i++) {
                    float value = values[from + i];
                    if (value != Math.rint(value)) {
                        Check.argument(false, place(row, i), "be a whole number for " + likelihood.name(), value);
                    }
                    sum += value;
                }
                boolean there = gaps == null || gaps.observed(index, column);
                if (each > 1 && there && sum != 1) {
                    Check.argument(
                            false,
                            "sum of " + place(row, column) + " to [" + (column + each - 1) + "]",
                            "be 1, one category of " + likelihood.name(),
                            sum);
                }
            }
        }
    }

    private void refuse(int row, int column, float value) {
        Likelihood likelihood = likelihoodOf(column);
        float minimum = likelihood.minimum();
        String rule;
        if (likelihood.maximum() < Float.MAX_VALUE) {
            rule = "lie in [" + minimum + ", " + likelihood.maximum() + "] for " + likelihood.name();
        } else if (minimum == -Float.MAX_VALUE) {
            rule = "be finite";
        } else {
            rule = "be finite and " + (minimum == 0 ? "at least" : "above") + " 0 for " + likelihood.name();
        }
        Check.argument(false, place(row, column), rule, value);
    }

    private static String place(int row, int column) {
        return "rows[" + row + "][" + column + "]";
    }

    private Likelihood likelihoodOf(int column) {
        int group = 0;
        for (int end = groups.get(0).columns();
                end <= column;
                end += groups.get(group).columns()) {
            group++;
        }
        return groups.get(group).likelihood();
    }
}
