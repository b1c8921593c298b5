package elbow.data.table;

import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** The fields of one row, whatever holds it: each is asked for as what its column is bound to. */
public interface RowFields {
    /** The number; NaN if there is none. Truth values are 1 and 0. */
    double number(int field);

    /** A whole number, or what tells it from others. */
    long whole(int field);

    /** The text of a value; null if there is none. */
    @Nullable
    UTF8String text(int field);

    /** Seconds since 1970 in UTC; NaN if there is none. */
    double seconds(int field);

    /** The pixels or the file of an image; null if there is none. */
    byte @Nullable [] bytes(int field);
}
