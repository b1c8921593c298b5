package elbow.data.feature;

import elbow.base.Check;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.encoding.GroupReader;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * The columns by which rows fall into groups, each of which may have a network of its own. They are conditions of the
 * pooled network, categories all of them.
 */
public final class GroupColumns {
    /** The key that names them. */
    public static final String KEY = "data.group-by";

    private final List<String> columns;
    private final FeatureEncoder encoder;

    /**
     * @param columns their names, at least one
     * @throws ElbowException of category USAGE if one is no categorical condition of the encoder, as of a model that
     *     was trained without them
     */
    public GroupColumns(List<String> columns, FeatureEncoder encoder) {
        this.columns = List.copyOf(columns);
        this.encoder = encoder;
        Check.argument(!columns.isEmpty(), "columns", "have at least one entry", columns);
        for (String column : columns) {
            if (encoder.conditions().stream()
                    .noneMatch(feature -> feature.column().equals(column) && feature instanceof CategoricalFeature)) {
                throw new ElbowException(
                        ErrorCategory.USAGE,
                        KEY + " must name categories that are conditions of the encoder, but " + column
                                + " is none of a model that is kept (refresh.encoder)");
            }
        }
    }

    /** What reads the groups of rows of {@code schema}, which the encoder can read. */
    public GroupReader bind(StructType schema) {
        return new GroupReader(columns.stream().mapToInt(schema::fieldIndex).toArray(), encoder.markers());
    }

    /** What reads the groups of what {@link FeatureEncoder#projected} makes of rows. */
    public GroupReader bindProjected() {
        List<String> places = encoder.features().stream().map(Feature::column).toList();
        return new GroupReader(columns.stream().mapToInt(places::indexOf).toArray(), encoder.markers());
    }
}
