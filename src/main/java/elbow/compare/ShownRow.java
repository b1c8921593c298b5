package elbow.compare;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What is shown of a row. Two of them are alike to a reader if neither is before the other. */
final class ShownRow implements Serializable, Comparable<ShownRow> {
    private static final long serialVersionUID = 1L;

    private static final Comparator<ShownRow> ORDER =
            Comparator.comparing((ShownRow row) -> row.values, Arrays::compare).thenComparing(row -> row.picture);

    private final String[] values;
    private final String picture;

    /**
     * @param values of the columns by which rows are shown, empty texts where there are none
     * @param picture a PNG file of its image, in base 64; empty if there is none
     */
    ShownRow(String[] values, String picture) {
        this.values = values;
        this.picture = picture;
    }

    List<String> values() {
        return List.of(values);
    }

    String picture() {
        return picture;
    }

    @Override
    public int compareTo(ShownRow other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ShownRow row && compareTo(row) == 0;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
