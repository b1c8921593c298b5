package elbow.lake;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.base.SqlText;
import elbow.failure.KnownFailures;
import elbow.files.Place;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import scala.collection.JavaConverters;

/**
 * A table as its user names it. What has a slash is a path, anything else a name in a catalogue.
 *
 * @param format of the table
 * @param text as the user has written it, for messages; of a path with its scheme and authority
 * @param isPath whether it is a path
 * @param parts of a name, unquoted; of a path none
 */
public record TableName(TableFormat format, String text, boolean isPath, List<String> parts) {
    public TableName {
        parts = List.copyOf(parts);
    }

    /**
     * The table of that name.
     *
     * @param parameter what names it, for messages
     * @param category of a name that is none
     * @throws ElbowException of {@code category} if it is no name, or a path of Iceberg, whose tables have catalogues
     */
    public static TableName of(
            SparkSession spark, TableFormat format, Parameter parameter, String text, ErrorCategory category) {
        if (text.contains("/")) {
            if (format == TableFormat.ICEBERG) {
                throw new ElbowException(
                        category,
                        Message.of(
                                parameter,
                                " must name an Iceberg table as its catalogue does, such as catalog.db.events, but is the"
                                        + " path " + text
                                        + ": a catalogue over directories has spark.sql.catalog.NAME.type=hadoop and"
                                        + " .warehouse=URI"));
            }
            Place place = Place.of(
                    parameter.name(), text, category, spark.sessionState().newHadoopConf());
            return new TableName(format, place.path().toString(), true, List.of());
        }
        try {
            List<String> parts = JavaConverters.seqAsJavaList(
                    spark.sessionState().sqlParser().parseMultipartIdentifier(text));
            return new TableName(format, text, false, parts);
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw new ElbowException(
                    category,
                    Message.of(
                            parameter,
                            " must be the name of a table, or a path with a slash in it, but is " + Message.quote(text)
                                    + ": " + KnownFailures.plain(e)),
                    e);
        }
    }

    /** As SQL has it, quoted. */
    String sql() {
        return isPath ? format + "." + SqlText.name(text) : named(parts);
    }

    /** Forgets what a session may know of it from before: Iceberg's catalogues keep tables for a while. */
    void refresh(SparkSession spark) {
        if (format == TableFormat.ICEBERG) {
            spark.sql("REFRESH TABLE " + sql());
        }
    }

    /** A table of metadata that Iceberg has beside this one. */
    String metadata(String name) {
        return sql() + "." + name;
    }

    private static String named(List<String> parts) {
        return parts.stream().map(SqlText::name).collect(Collectors.joining("."));
    }

    /** As the user has written it. */
    @Override
    public String toString() {
        return text;
    }
}
