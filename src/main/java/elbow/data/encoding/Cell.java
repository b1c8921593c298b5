package elbow.data.encoding;

import java.io.Serializable;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Turns the encoded columns of one column of a table back into its value: what a {@link Slot}, or an {@link ImageSlot},
 * does the other way round. Goes to executors in closures; not thread-safe.
 */
public sealed interface Cell extends Serializable permits NumberCell, CategoryCell, LevelCell, TimeCell, ImageCell {
    /** What the encoded columns hold. */
    enum Form {
        /** Expected values: of a category the probability of each. */
        EXPECTED,
        /** Expected values, of which a single guess is wanted that is off by little: a level becomes the median. */
        CENTRAL,
        /** A draw: of a category 1 in its own column and 0 in the others. */
        DRAWN
    }

    /** Kinds of values, as far as what is said of their distribution differs. */
    enum Kind {
        NUMBER,
        /** 0 or 1: the encoded value is the probability of 1. */
        TRUTH,
        /** The encoded values are the probabilities of each. */
        CATEGORY,
        OTHER
    }

    /** Encoded columns that the value stands for. */
    int width();

    /** Whether {@link #value} looks at the word. */
    default boolean leavesChoice() {
        return false;
    }

    /** What kind of value it is. */
    Kind kind();

    /** The value as a number, in the column's unit; NaN where it is none. */
    default double number(float[] encoded, int offset) {
        return Double.NaN;
    }

    /** Of a category or level, the place of the value among its columns. */
    default int code(float[] encoded, int offset, Form form) {
        throw new IllegalStateException("a value that is no category has no code");
    }

    /**
     * The value as Spark holds it inside a row of the column's type, such as {@link UTF8String} or microseconds; null
     * if it is beyond all numbers.
     *
     * @param encoded the row's encoded columns, those of the value from {@code offset} on; numbers
     * @param word a uniform word, which decides where the encoded columns leave a choice
     */
    @Nullable
    Object value(float[] encoded, int offset, Form form, int word);
}
