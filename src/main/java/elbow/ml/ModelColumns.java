package elbow.ml;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.feature.FeatureEncoder;
import elbow.data.source.KnownColumns;
import elbow.data.source.VectorColumns;
import elbow.score.ScoreColumns;
import elbow.use.LatentEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns that a model takes and gives. */
final class ModelColumns {
    private ModelColumns() {}

    /**
     * The columns of {@code schema} and those that scoring adds.
     *
     * @throws ElbowException of category USAGE that names one that is there already
     */
    static StructType withScores(StructType schema, Optional<String> latentCol) {
        List<StructField> added =
                new ArrayList<>(Arrays.asList(ScoreColumns.schema().fields()));
        latentCol.ifPresent(name -> added.add(DataTypes.createStructField(name, SQLDataTypes.VectorType(), false)));
        StructType result = schema;
        for (StructField field : added) {
            requireFree(field.name(), result);
            result = result.add(field);
        }
        // The name that the column has on the way.
        latentCol
                .filter(name -> !name.equals(LatentEncoding.MEAN))
                .ifPresent(name -> requireFree(LatentEncoding.MEAN, schema));
        return result;
    }

    // Spark ignores the case of names.
    private static void requireFree(String name, StructType schema) {
        for (StructField field : schema.fields()) {
            if (field.name().equalsIgnoreCase(name)) {
                throw new ElbowException(
                        ErrorCategory.USAGE,
                        "the input must have no column called " + name + ", which scoring adds, but has " + field.name()
                                + " of type " + field.dataType().simpleString() + ": rename it, or leave it out");
            }
        }
    }

    /**
     * Requires that rows of {@code schema} can be encoded.
     *
     * @throws ElbowException of category INPUT that names column, expected and found
     */
    static void check(StructType schema, FeatureEncoder encoder) {
        StructType all = schema;
        for (var vector : vectors(schema, encoder).entrySet()) {
            for (int i = 0; i < vector.getValue(); i++) {
                all = all.add(VectorColumns.element(vector.getKey(), i), DataTypes.DoubleType);
            }
        }
        encoder.check(all);
    }

    /** The rows with the columns that the model needs of vectors after their own. */
    static Dataset<Row> bound(Dataset<Row> rows, FeatureEncoder encoder) {
        return VectorColumns.beside(rows, vectors(rows.schema(), encoder));
    }

    private static SortedMap<String, Integer> vectors(StructType schema, FeatureEncoder encoder) {
        return KnownColumns.of(encoder, List.of()).vectors(schema);
    }
}
