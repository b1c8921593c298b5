package elbow.data.rows;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.sql.catalyst.expressions.XxHash64Function;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/**
 * The hashes of {@link ContentHashes} of one row after another, as a loop over its columns. The code that Spark makes
 * of the same hashes grows with the columns: of a thousand of them it takes longer to compile than to run. Not
 * thread-safe.
 */
final class RowHashes implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Where Spark's own hash begins. */
    private static final long SPARKS_SEED = 42;

    private final DataType[] types;
    private final boolean withoutUnits;
    private final long seed;
    private final long fingerprintSeed;

    private long place;
    private long hash;
    private long fingerprint;

    /**
     * Hashes of rows with these columns alone, in this order.
     *
     * @param withoutUnits whether the place does not depend on the powers of two of measured numbers
     */
    RowHashes(StructType schema, List<String> columns, long seed, long fingerprintSeed, boolean withoutUnits) {
        types = columns.stream().map(column -> schema.apply(column).dataType()).toArray(DataType[]::new);
        this.withoutUnits = withoutUnits;
        this.seed = XXH64.hashLong(seed, SPARKS_SEED);
        this.fingerprintSeed = XXH64.hashLong(fingerprintSeed, SPARKS_SEED);
    }

    /** Goes to a row. */
    void of(InternalRow row) {
        place = seed;
        hash = seed;
        fingerprint = fingerprintSeed;
        for (int i = 0; i < types.length; i++) {
            if (row.isNullAt(i)) {
                continue;
            }
            if (types[i].equals(DataTypes.DoubleType)) {
                double number = row.getDouble(i);
                long bits = bits(number);
                hash = XXH64.hashLong(bits, hash);
                fingerprint = XXH64.hashLong(bits, fingerprint);
                place = XXH64.hashLong(withoutUnits ? bits(Significand.of(number)) : bits, place);
            } else {
                ofOther(row, i);
            }
        }
    }

    private void ofOther(InternalRow row, int i) {
        DataType type = types[i];
        Object value = row.get(i, type);
        hash = XxHash64Function.hash(value, type, hash);
        fingerprint = XxHash64Function.hash(value, type, fingerprint);
        if (withoutUnits && type.equals(DataTypes.FloatType)) {
            place = XXH64.hashLong(bits(Significand.of(row.getFloat(i))), place);
        } else if (withoutUnits && type instanceof DecimalType decimal) {
            double number =
                    row.getDecimal(i, decimal.precision(), decimal.scale()).toDouble();
            place = XXH64.hashLong(bits(Significand.of(number)), place);
        } else {
            place = XxHash64Function.hash(value, type, place);
        }
    }

    // One of zero, and one of what is no number.
    private static long bits(double number) {
        return number == 0 ? 0 : Double.doubleToLongBits(number);
    }

    /** Says where in a split the row is. */
    long place() {
        return place;
    }

    /** Tells contents apart. */
    long hash() {
        return hash;
    }

    /** Is not seeded, so that sums of it tell data apart. */
    long fingerprint() {
        return fingerprint;
    }
}
