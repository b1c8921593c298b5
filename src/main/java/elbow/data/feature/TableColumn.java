package elbow.data.feature;

import elbow.base.Check;
import elbow.data.encoding.NumberWriter;
import java.util.List;
import org.apache.spark.sql.types.DataType;

/**
 * How the training rows had a column: what its encoding forgets, and a value that is made for it needs.
 *
 * @param column name
 * @param type of the column
 * @param missingShare share of the training rows without a value, in [0, 1]
 * @param whole whether all its numbers were whole
 * @param truths the texts of 0 and 1 in a column of texts that are truth values; else empty
 * @param lowest number, or time in seconds from 1970; 0 if it has none
 * @param highest number, or time in seconds from 1970; 0 if it has none
 * @param unit of which all times were multiples, in seconds; above 0
 */
public record TableColumn(
        String column,
        DataType type,
        double missingShare,
        boolean whole,
        List<String> truths,
        double lowest,
        double highest,
        double unit) {
    public TableColumn {
        truths = List.copyOf(truths);
        Check.argument(
                missingShare >= 0 && missingShare <= 1, "missingShare of " + column, "lie in [0, 1]", missingShare);
        Check.argument(truths.isEmpty() || truths.size() == 2, "truths of " + column, "be none or two", truths);
        Check.argument(Double.isFinite(lowest), "lowest of " + column, "be finite", lowest);
        Check.argument(
                highest >= lowest && Double.isFinite(highest), "highest of " + column, "be at least lowest", highest);
        Check.positive("unit of " + column, unit);
    }

    NumberWriter numberWriter(DataType target) {
        return new NumberWriter(target, whole, List.of());
    }

    NumberWriter truthWriter(DataType target) {
        return new NumberWriter(target, true, truths);
    }
}
