package elbow.data.infer;

import elbow.data.table.Markers;
import elbow.data.table.TimeFormat;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Texts of one column as points in time, and those that are none. */
final class TextTimeSummary implements Serializable {
    private static final long serialVersionUID = 1L;

    final TimeSummary times = new TimeSummary();
    long others;

    @Nullable
    String firstOther;

    private final TimeFormat format;
    private final Markers markers;

    private TextTimeSummary(TimeFormat format, Markers markers) {
        this.format = format;
        this.markers = markers;
    }

    /** All texts, as they were counted. */
    static TextTimeSummary of(Map<String, Long> counts, long missing, TimeFormat format, Markers markers) {
        TextTimeSummary result = new TextTimeSummary(format, markers);
        counts.forEach(result::add);
        result.times.missing = missing;
        result.times.seal();
        return result;
    }

    /** By a pass over the rows. */
    static TextTimeSummary of(Dataset<Row> rows, Column text, TimeFormat format, Markers markers) {
        List<TextTimeSummary> parts = rows.select(text)
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(part -> of(part, new TextTimeSummary(format, markers)))
                .collect();
        TextTimeSummary result = new TextTimeSummary(format, markers);
        for (TextTimeSummary part : parts) {
            result.times.merge(part.times);
            result.others += part.others;
            result.firstOther = result.firstOther == null ? part.firstOther : result.firstOther;
        }
        return result;
    }

    private static Iterator<TextTimeSummary> of(Iterator<InternalRow> rows, TextTimeSummary result) {
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            UTF8String text = row.isNullAt(0) ? null : row.getUTF8String(0);
            if (text == null || result.markers.contains(text)) {
                result.times.missing++;
            } else {
                result.add(text.toString().strip(), 1);
            }
        }
        result.times.seal();
        return new ArrayList<>(List.of(result)).iterator();
    }

    private void add(String word, long count) {
        double seconds = format.seconds(word);
        if (Double.isNaN(seconds)) {
            others += count;
            firstOther = firstOther == null ? word : firstOther;
        } else {
            times.add(seconds, count);
        }
    }
}
