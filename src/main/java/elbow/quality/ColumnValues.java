package elbow.quality;

import java.io.Serializable;
import java.util.List;

/**
 * What the values of a column are in the real table: what the other measures go by.
 *
 * @param lowest number; 0 for categories
 * @param highest number; 0 for categories
 * @param mean of the numbers; 0 for categories
 * @param deviation of the numbers, 1 if there is none; 1 for categories
 * @param low where a picture of the numbers starts
 * @param high where it ends
 * @param categories the most frequent ones of both tables; none for numbers
 */
record ColumnValues(
        boolean number,
        double lowest,
        double highest,
        double mean,
        double deviation,
        double low,
        double high,
        List<String> categories)
        implements Serializable {
    ColumnValues {
        categories = List.copyOf(categories);
    }
}
