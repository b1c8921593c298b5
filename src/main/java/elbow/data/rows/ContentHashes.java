package elbow.data.rows;

import elbow.base.Check;
import elbow.data.table.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/**
 * Hashes of a row's content, of 64 bits each (xxHash64).
 *
 * @param place says where in a split the row is; equal contents have one place
 * @param hash tells contents apart
 * @param fingerprint is not seeded, so that sums of it tell data apart
 * @param columns of the content
 * @param ofRows the same, row by row
 */
record ContentHashes(Column place, Column hash, Column fingerprint, List<String> columns, RowHashes ofRows) {
    private static final long FINGERPRINT_SEED = 1;

    /** Hashes for a split of rows with these columns. */
    static ContentHashes of(StructType schema, List<String> columns, long seed, Split.Rule rule) {
        Column hash = hash(seed, columns, Columns::column);
        Column place = rule == Split.Rule.WITHOUT_UNITS
                ? hash(
                        seed,
                        columns,
                        column -> withoutUnit(column, schema.apply(column).dataType()))
                : hash;
        boolean withoutUnits = rule == Split.Rule.WITHOUT_UNITS;
        return new ContentHashes(
                place,
                hash,
                fingerprint(columns),
                columns,
                new RowHashes(schema, columns, seed, FINGERPRINT_SEED, withoutUnits));
    }

    /** Hashes that tell contents apart, and are no split. */
    static ContentHashes apart(StructType schema, List<String> columns) {
        Column fingerprint = fingerprint(columns);
        return new ContentHashes(
                fingerprint,
                fingerprint,
                fingerprint,
                columns,
                new RowHashes(schema, columns, FINGERPRINT_SEED, FINGERPRINT_SEED, false));
    }

    private static Column fingerprint(List<String> columns) {
        return hash(FINGERPRINT_SEED, columns, Columns::column);
    }

    private static Column hash(long seed, List<String> columns, Function<String, Column> content) {
        Check.argument(!columns.isEmpty(), "columns", "name at least one column", columns);
        List<Column> all = new ArrayList<>();
        all.add(functions.lit(seed));
        columns.forEach(column -> all.add(content.apply(column)));
        return functions.xxhash64(all.toArray(Column[]::new));
    }

    // Whole numbers are counts and codes, which have no unit: theirs are told apart.
    private static Column withoutUnit(String column, DataType type) {
        boolean measured =
                type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType) || type instanceof DecimalType;
        return measured ? Significand.of(column) : Columns.column(column);
    }
}
