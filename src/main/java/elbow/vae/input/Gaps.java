package elbow.vae.input;

import elbow.base.Check;
import elbow.vae.likelihood.Likelihood;
import elbow.vae.likelihood.LikelihoodGroup;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which entries of a minibatch are missing. Costs nothing while none is. */
public final class Gaps {
    private final List<LikelihoodGroup> groups;
    private final int columns;
    private final int variables;
    private final int modelledColumns;
    private final int maximumRows;
    private final float[] fillers;
    private final int[] counts;
    private float[] present = new float[0];
    private boolean empty = true;

    Gaps(RowSpec spec, int maximumRows) {
        groups = spec.groups();
        columns = spec.columns();
        variables = spec.variables();
        modelledColumns = spec.modelledColumns();
        this.maximumRows = maximumRows;
        fillers = new float[columns];
        counts = new int[maximumRows];
        int column = 0;
        for (LikelihoodGroup group : groups) {
            Likelihood likelihood = group.likelihood();
            // Most often 0, which is what the encoder is to see: it may read the same memory.
            Arrays.fill(fillers, column, column + group.columns(), likelihood.minimum() > 0 ? 1f : 0f);
            column += group.columns();
        }
    }

    /** Takes the mask of rows {@code first .. first + count}; null if nothing is missing. */
    void read(byte @Nullable [] observed, int first, int count) {
        empty = observed == null || allObserved(observed, first * columns, (first + count) * columns);
        if (observed == null || empty) {
            return;
        }
        if (present.length == 0) {
            present = new float[Math.multiplyExact(maximumRows, columns)];
        }
        for (int row = 0; row < count; row++) {
            counts[row] = readRow(observed, first + row, row * columns);
        }
    }

    private int readRow(byte[] observed, int row, int to) {
        int from = row * columns;
        int count = 0;
        int column = 0;
        for (int group = 0; group < groups.size(); group++) {
            int each = groups.get(group).likelihood().columnsPerVariable();
            int end = column + groups.get(group).columns();
            for (; column < end; column += each) {
                byte value = observed[from + column];
                for (int i = 0; i < each; i++) {
                    if (observed[from + column + i] != value || value < 0 || value > 1) {
                        refuse(row, column, value, column + i, observed[from + column + i]);
                    }
                }
                Arrays.fill(present, to + column, to + column + each, value);
                count += column < modelledColumns ? value : 0;
            }
        }
        return count;
    }

    /** Whether nothing is missing. */
    boolean isEmpty() {
        return empty;
    }

    /** 1 for every entry that is there and 0 for every other, rows x columns; null if nothing is missing. */
    public float @Nullable [] present() {
        return empty ? null : present;
    }

    boolean observed(int row, int column) {
        return empty || present[row * columns + column] != 0;
    }

    /** How many variables of the row that are modelled are there. */
    public int count(int row) {
        return empty ? variables : counts[row];
    }

    /**
     * Replaces what is missing by a value at which log-densities are finite, no category for categories: whatever stood
     * there has no influence.
     */
    void fill(int index, float[] row) {
        for (int i = 0; i < columns; i++) {
            row[i] = present[index * columns + i] != 0 ? row[i] : fillers[i];
        }
    }

    private static boolean allObserved(byte[] observed, int from, int to) {
        for (int i = from; i < to; i++) {
            if (observed[i] != 1) {
                return false;
            }
        }
        return true;
    }

    private static void refuse(int row, int first, byte value, int column, byte other) {
        String name = "observed[" + row + "][" + column + "]";
        Check.argument(other == 0 || other == 1, name, "be 0 or 1", other);
        Check.argument(false, name, "be that of the variable's first column, " + first + ": " + value, other);
    }
}
