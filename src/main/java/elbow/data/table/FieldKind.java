package elbow.data.table;

import elbow.data.image.SparkImages;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
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
    /**
     * A point in time, in seconds since 1970 began in UTC. Dates and times without a zone are taken as in UTC, whatever
     * the session's zone is: a cast would take them as in that.
     */
    SECONDS {
        @Override
        public boolean reads(DataType type) {
            return type instanceof TimestampType || type instanceof TimestampNTZType || type instanceof DateType;
        }

        @Override
        public Column projected(Column column, DataType type) {
            if (type instanceof DateType) {
                return functions.unix_date(column).cast(DataTypes.DoubleType).multiply(SECONDS_OF_DAY);
            }
            return type instanceof TimestampNTZType
                    ? column.minus(functions.lit(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC)))
                            .cast(DataTypes.createDayTimeIntervalType(
                                    DayTimeIntervalType.SECOND(), DayTimeIntervalType.SECOND()))
                            .cast(DataTypes.createDecimalType(20, 6))
                            .multiply(MICROSECONDS)
                            .cast(DataTypes.LongType)
                            // As Spark makes a double of a time that has a zone.
                            .cast(DataTypes.DoubleType)
                            .divide((double) MICROSECONDS)
                    : column.cast(DataTypes.DoubleType);
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

    private static final double SECONDS_OF_DAY = 86_400;
    private static final int MICROSECONDS = 1_000_000;

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
