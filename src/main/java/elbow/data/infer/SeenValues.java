package elbow.data.infer;

import elbow.data.feature.TableColumn;
import elbow.data.table.NumberText;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructField;

/** What of a column's values its encoding forgets: see {@link TableColumn}. */
record SeenValues(boolean whole, List<String> truths, double lowest, double highest, double unit) {
    /** Of columns that have neither numbers nor times. */
    static final SeenValues NONE = new SeenValues(false, List.of(), 0, 0, 1);

    static SeenValues of(NumberSummary numbers) {
        return numbers.count == 0
                ? NONE
                : new SeenValues(numbers.whole, List.of(), numbers.minimum, numbers.maximum, NONE.unit);
    }

    static SeenValues of(TimeSummary times) {
        return times.count == 0 ? NONE : new SeenValues(false, List.of(), times.minimum, times.maximum, times.unit);
    }

    /** With the most frequent text of each truth value; numbers may be written for them, too. */
    SeenValues withTruths(Map<String, Long> counts) {
        return new SeenValues(whole, List.of(mostFrequent(counts, 0), mostFrequent(counts, 1)), lowest, highest, unit);
    }

    private static String mostFrequent(Map<String, Long> counts, double truth) {
        return counts.entrySet().stream()
                .filter(entry -> NumberText.truth(entry.getKey()) == truth)
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(truth == 0 ? "false" : "true");
    }

    /** @param missingShare share of the rows without a value; NaN without rows */
    TableColumn column(StructField field, double missingShare) {
        double share = Double.isNaN(missingShare) ? 0 : missingShare;
        return new TableColumn(field.name(), field.dataType(), share, whole, truths, lowest, highest, unit);
    }
}
