package elbow.data.encoding;

import elbow.data.table.ExternalFields;
import elbow.data.table.Markers;
import elbow.data.table.ProjectedFields;
import elbow.data.table.RowFields;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Reads to which group a row belongs: the texts of some columns, read as {@link CategorySlot} reads categories, so that
 * a value is the same one whatever file it comes from. A missing value is a value of its own. Goes to executors in
 * closures; not thread-safe: each task has its own copy.
 */
public final class GroupReader implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int[] fields;
    private final Markers markers;
    private transient @Nullable ExternalFields external;
    private transient @Nullable ProjectedFields projected;

    /**
     * @param fields where the columns are in a row
     * @param markers texts that stand for no value
     */
    public GroupReader(int[] fields, Markers markers) {
        this.fields = fields.clone();
        this.markers = markers;
    }

    /** The key of a row's group: see {@link #key(List)}. */
    public String key(Row row) {
        if (external == null) {
            external = new ExternalFields();
        }
        return key(external.of(row));
    }

    /** The same of a row as {@link elbow.data.feature.FeatureEncoder#projected} makes it. */
    public String key(InternalRow row) {
        if (projected == null) {
            projected = new ProjectedFields();
        }
        return key(projected.of(row));
    }

    private String key(RowFields row) {
        List<@Nullable String> values = new ArrayList<>(fields.length);
        for (int field : fields) {
            values.add(value(row.text(field)));
        }
        return key(values);
    }

    private @Nullable String value(@Nullable UTF8String text) {
        return text == null || markers.contains(text) ? null : text.toString().strip();
    }

    /** The key of a group by its values, a JSON array of texts and nulls: equal just for equal values. */
    public static String key(List<@Nullable String> values) {
        StringBuilder key = new StringBuilder("[");
        for (String value : values) {
            if (key.length() > 1) {
                key.append(',');
            }
            if (value == null) {
                key.append("null");
            } else {
                key.append('"')
                        .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            }
        }
        return key.append(']').toString();
    }
}
