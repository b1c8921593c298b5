package elbow.data.table;

import elbow.base.Parameter;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * The column that says which rows are anomalies: those with a given value, all others being normal; or, without one, a
 * column of 1 and 0, true and false, yes and no, in any case. No record: Spark's Kryo cannot write records.
 */
public final class Label implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How many values a message names. */
    private static final int NAMED = 6;

    private final String column;
    private final @Nullable String value;

    private Label(String column, @Nullable String value) {
        this.column = column;
        this.value = value;
    }

    /** A column whose values speak for themselves. */
    public static Label of(String column) {
        return new Label(column, null);
    }

    /** A column whose anomalies have a value. */
    public static Label of(String column, String value) {
        return new Label(column, value.strip());
    }

    /** Whether anomalies have a given value. */
    public boolean hasValue() {
        return value != null;
    }

    /** The column's name. */
    public String column() {
        return column;
    }

    /** What the user wrote: {@code COL} or {@code COL=VALUE}. */
    @Override
    public String toString() {
        return value == null ? column : column + "=" + value;
    }

    /** Whether a value is that of an anomaly; empty if it does not say. */
    public Optional<Boolean> anomalous(@Nullable Object found) {
        if (found == null || String.valueOf(found).isBlank()) {
            return Optional.empty();
        }
        String text = String.valueOf(found).strip();
        if (value != null) {
            return Optional.of(isValue(value, text));
        }
        double number = NumberText.parse(text);
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes" -> Optional.of(true);
            case "false", "no" -> Optional.of(false);
            default -> number == 0 || number == 1 ? Optional.of(number == 1) : Optional.empty();
        };
    }

    // 1 is 1.0, and true is True; texts are what they are.
    private static boolean isValue(String value, String text) {
        return value.equals(text)
                || NumberText.parse(value) == NumberText.parse(text)
                || (value.equalsIgnoreCase(text) && !Double.isNaN(NumberText.truth(text)));
    }

    /** True where a row is an anomaly, false where it is normal, null where the column does not say. */
    public Column anomalous() {
        Label label = this;
        UDF1<String, Boolean> say = text -> label.anomalous(text).orElse(null);
        return functions
                .udf(say, DataTypes.BooleanType)
                .apply(Columns.column(column).cast(DataTypes.StringType));
    }

    /**
     * The error for rows whose column does not say what they are; it names values of theirs.
     *
     * @param rows in which there are some
     */
    public RuntimeException unclear(Dataset<Row> rows) {
        Column text = Columns.column(column).cast(DataTypes.StringType);
        List<String> values =
                rows.filter(anomalous().isNull()).select(text).distinct().limit(NAMED).collectAsList().stream()
                        .map(row -> row.isNullAt(0) ? "no value" : InputErrors.quote(row.getString(0)))
                        .sorted()
                        .collect(Collectors.toList());
        return InputErrors.input(
                "label column " + column + " must "
                        + (value == null ? "hold 1 and 0, true and false, or yes and no" : "have a value in every row")
                        + ", but holds " + String.join(", ", values.subList(0, Math.min(values.size(), NAMED - 1)))
                        + (values.size() == NAMED ? " and more" : ""),
                value == null ? ": say which value is that of an anomaly, as " : "",
                value == null ? Parameter.LABEL : "",
                value == null ? " " + column + "=VALUE" : "");
    }
}
