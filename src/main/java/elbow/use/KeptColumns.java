package elbow.use;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.table.Columns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns of the input that a result repeats, before its own. */
final class KeptColumns {
    private KeptColumns() {}

    /**
     * The columns of those names.
     *
     * @param made the names of the result's own columns
     * @throws ElbowException of category USAGE if one is not there, is named twice, or has the name of one of the
     *     result
     */
    static List<StructField> of(StructType schema, List<String> names, Collection<String> made) {
        Columns.requireKnown(Parameter.KEPT, names, schema);
        // Spark and most readers of its files ignore the case of names.
        Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        taken.addAll(made);
        List<StructField> kept = new ArrayList<>();
        for (String name : names) {
            if (!taken.add(name)) {
                throw new ElbowException(
                        ErrorCategory.USAGE,
                        Message.of(
                                Parameter.KEPT,
                                " must not name " + name + ", which the output has already: leave it out, or rename it "
                                        + "in the input"));
            }
            kept.add(schema.fields()[schema.fieldIndex(name)]);
        }
        return kept;
    }

    /**
     * Requires that a model has no column that is called as one of the result's.
     *
     * @throws ElbowException of category USAGE that names it
     */
    static void requireApart(List<String> made, StructType model) {
        for (String column : model.fieldNames()) {
            if (made.stream().anyMatch(column::equalsIgnoreCase)) {
                throw new ElbowException(
                        ErrorCategory.USAGE,
                        "the model must have no column called " + column + ", which the output has of its own");
            }
        }
    }

    /** The kept columns, then others. */
    static StructType schema(List<StructField> kept, StructType made) {
        StructType schema = new StructType(kept.toArray(StructField[]::new));
        for (StructField field : made.fields()) {
            schema = schema.add(field);
        }
        return schema;
    }
}
