package elbow.data;

import elbow.base.ElbowException;
import elbow.vae.InputTransform;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What the user decides about features.
 *
 * @param ignored columns to leave out
 * @param binarise how pixels become inputs; NONE gives them a Gaussian likelihood
 */
public record FeatureOptions(List<String> ignored, InputTransform binarise) {
    public FeatureOptions {
        ignored = List.copyOf(ignored);
    }

    /**
     * The columns that make up a row's content: neither ignored nor keys. What {@link Split} hashes.
     *
     * @throws ElbowException of category USAGE if an ignored column is not there
     */
    public List<String> contentColumns(StructType schema) {
        Columns.requireKnown("--ignore", ignored, schema);
        List<String> columns = new ArrayList<>();
        for (StructField field : schema.fields()) {
            // Spark cannot hash maps; they are no features either.
            if (!ignored.contains(field.name()) && !Keys.isKey(field) && !(field.dataType() instanceof MapType)) {
                columns.add(field.name());
            }
        }
        return columns;
    }
}
