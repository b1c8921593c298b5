package elbow.data.encoding;

import elbow.data.table.Markers;
import elbow.data.table.TimeFormat;
import java.io.Serializable;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Points in time that a column has as texts. */
public final class TextTimes implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String column;
    private final TimeFormat format;
    private final Markers markers;

    public TextTimes(String column, TimeFormat format, Markers markers) {
        this.column = column;
        this.format = format;
        this.markers = markers;
    }

    /**
     * Seconds from 1970 in UTC; NaN if there is none.
     *
     * @throws elbow.base.ElbowException of category INPUT if the text is neither a time nor one of missing values
     */
    double seconds(@Nullable UTF8String text) {
        if (text == null || markers.contains(text)) {
            return Double.NaN;
        }
        String word = text.toString().strip();
        double seconds = format.seconds(word);
        if (Double.isNaN(seconds)) {
            throw Markers.refused(word, column, "a time such as " + format.pattern());
        }
        return seconds;
    }
}
