package elbow.vae.input;

import elbow.base.Check;
import elbow.vae.likelihood.LikelihoodGroup;
import java.util.Arrays;

/** Makes masks of rows in which NaN stands for what is missing, in a spec's missing columns. */
public final class MissingColumns {
    private final int columns;
    private final int[] firstColumns;
    private final int[] widths;

    /** For rows of that spec. */
    public MissingColumns(RowSpec spec) {
        columns = spec.columns();
        firstColumns =
                spec.missingColumns().stream().mapToInt(Integer::intValue).toArray();
        widths = new int[firstColumns.length];
        int column = 0;
        for (LikelihoodGroup group : spec.groups()) {
            int end = column + group.columns();
            for (int i = 0; i < firstColumns.length; i++) {
                if (firstColumns[i] >= column && firstColumns[i] < end) {
                    widths[i] = group.likelihood().columnsPerVariable();
                }
            }
            column = end;
        }
    }

    /** Whether no column can be missing. */
    public boolean isEmpty() {
        return firstColumns.length == 0;
    }

    /**
     * Writes the mask of rows: 0 for the variables whose first column is NaN, 1 elsewhere; a NaN in another column is
     * left for the kernel to refuse. All columns of a missing variable become 0, so that rows with the same gaps have
     * the same content.
     *
     * @param rows row-major, rowCount x inputSize, changed where something is missing
     * @param observed at least as long as the rows, overwritten
     */
    public void mark(float[] rows, int rowCount, byte[] observed) {
        int length = Math.multiplyExact(rowCount, columns);
        Check.argument(observed.length >= length, "observed's length", "be at least " + length, observed.length);
        Arrays.fill(observed, 0, length, (byte) 1);
        for (int from = 0; from < length; from += columns) {
            for (int i = 0; i < firstColumns.length; i++) {
                int first = from + firstColumns[i];
                if (Float.isNaN(rows[first])) {
                    Arrays.fill(rows, first, first + widths[i], 0f);
                    Arrays.fill(observed, first, first + widths[i], (byte) 0);
                }
            }
        }
    }
}
