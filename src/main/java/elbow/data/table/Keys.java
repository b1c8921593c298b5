package elbow.data.table;

import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;

/** Columns that tell rows apart and say nothing about them. */
public final class Keys {
    private static final String KEY = "elbow.key";

    private Keys() {}

    public static Metadata metadata() {
        return new MetadataBuilder().putBoolean(KEY, true).build();
    }

    public static boolean isKey(StructField field) {
        return field.metadata().contains(KEY) && field.metadata().getBoolean(KEY);
    }
}
