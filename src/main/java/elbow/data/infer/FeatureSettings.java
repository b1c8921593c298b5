package elbow.data.infer;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.Parameter;
import elbow.data.table.Columns;
import elbow.data.table.InputErrors;
import elbow.data.table.Keys;
import elbow.vae.input.InputTransform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The user's settings of features. */
public final class FeatureSettings {
    private final List<String> ignored;
    private final InputTransform binarise;
    private final InferenceSettings rules;

    private FeatureSettings(List<String> ignored, InputTransform binarise, InferenceSettings rules) {
        this.ignored = List.copyOf(ignored);
        this.binarise = binarise;
        this.rules = rules;
    }

    /**
     * The default rules of inference.
     *
     * @param ignored columns to leave out
     * @param binarise how pixels become inputs; NONE leaves them grey, with a Gaussian likelihood
     */
    public FeatureSettings(List<String> ignored, InputTransform binarise) {
        this(ignored, binarise, InferenceSettings.of(Configuration.defaults()));
    }

    /**
     * What the configuration's section {@code data} says.
     *
     * @param ignored columns to leave out
     * @throws ElbowException of category USAGE if a key has a value that it cannot have
     */
    public static FeatureSettings of(Configuration configuration, List<String> ignored) {
        return new FeatureSettings(
                ignored,
                configuration.choice("data.image.binarise", InputTransform.class),
                InferenceSettings.of(configuration));
    }

    List<String> ignored() {
        return ignored;
    }

    InputTransform binarise() {
        return binarise;
    }

    InferenceSettings rules() {
        return rules;
    }

    /**
     * The columns that make up a row's content: neither ignored nor keys. What {@link elbow.data.rows.Split} hashes.
     *
     * @throws ElbowException of category USAGE if an ignored column is not there, or no column is left
     */
    public List<String> contentColumns(StructType schema) {
        Columns.requireKnown(Parameter.IGNORE, ignored, schema);
        List<String> columns = new ArrayList<>();
        for (StructField field : schema.fields()) {
            // Spark cannot hash maps; they are no features either.
            if (!ignored.contains(field.name()) && !Keys.isKey(field) && !holdsMap(field.dataType())) {
                columns.add(field.name());
            }
        }
        if (columns.isEmpty()) {
            throw InputErrors.usage(
                    Parameter.IGNORE,
                    " must leave a column to train on, but of " + Columns.listed(List.of(schema.fieldNames()))
                            + " none is left that is no key");
        }
        return columns;
    }

    private static boolean holdsMap(DataType type) {
        if (type instanceof StructType struct) {
            return Arrays.stream(struct.fields()).anyMatch(field -> holdsMap(field.dataType()));
        }
        return type instanceof ArrayType array ? holdsMap(array.elementType()) : type instanceof MapType;
    }
}
