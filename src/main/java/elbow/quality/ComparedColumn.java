package elbow.quality;

import java.io.Serializable;

/**
 * A column that tables are compared by.
 *
 * @param name in all of them
 * @param kind how its values are compared
 */
public record ComparedColumn(String name, Kind kind) implements Serializable {
    /** How values are compared. */
    public enum Kind {
        /** By their order: numbers, dates and times. */
        NUMBER,
        /** By their being equal: texts and truth values. */
        CATEGORY
    }

    boolean isNumber() {
        return kind == Kind.NUMBER;
    }
}
