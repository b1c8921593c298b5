package elbow.data.table;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** As what a feature asks for the value of a column. */
public enum FieldKind {
    /** A double. */
    NUMBER {
        @Override
        public boolean reads(DataType type) {
            return type instanceof NumericType || type instanceof BooleanType;
        }

        @Override
        public Column projected(Column column, DataType type) {
            return column.cast(DataTypes.DoubleType);
        }
    },
    /** The text of any plain value. */
    TEXT {
        @Override
        public boolean reads(DataType type) {
            return type instanceof StringType || NUMBER.reads(type);
        }

        @Override
        public Column projected(Column column, DataType type) {
            return column.cast(DataTypes.StringType);
        }
    },
    /** A point in time, in seconds. */
    SECONDS {
        @Override
        public boolean reads(DataType type) {
            return type instanceof TimestampType || type instanceof TimestampNTZType || type instanceof DateType;
        }

        @Override
        public Column projected(Column column, DataType type) {
            return column.cast(DataTypes.TimestampType).cast(DataTypes.DoubleType);
        }
    },
    /** Pixels, or a file of them. */
    IMAGE {
        @Override
        public boolean reads(DataType type) {
            return type instanceof BinaryType || SparkImages.isImage(type);
        }

        @Override
        public Column projected(Column column, DataType type) {
            return SparkImages.isImage(type) ? SparkImages.toBytes(column) : column;
        }
    };

    /** Whether columns of this type can be asked so. */
    public abstract boolean reads(DataType type);

    /** The column as {@link ProjectedFields} reads it. */
    public abstract Column projected(Column column, DataType type);

    /** What to ask a column of this type for by itself: its text only if it is text. */
    public static FieldKind of(DataType type) {
        for (FieldKind kind : values()) {
            if (kind.reads(type)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("type must be one that a feature can have, but is " + type.simpleString());
    }

    /** Whether a feature can have columns of this type. */
    public static boolean knows(DataType type) {
        for (FieldKind kind : values()) {
            if (kind.reads(type)) {
                return true;
            }
        }
        return false;
    }
}
