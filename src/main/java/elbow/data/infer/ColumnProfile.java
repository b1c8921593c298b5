package elbow.data.infer;

import elbow.data.feature.FeatureType;
import java.util.Optional;

/**
 * A column of the training rows and how it is used, for people to read.
 *
 * @param column name
 * @param type the feature type; empty if the column is left out
 * @param why the rule that decided, in words; for one that is left out, words that end a sentence which starts with its
 *     name
 * @param missingShare share of the rows without a value, in [0, 1]; NaN if nobody has looked
 * @param distinct number of different values in words, empty if nobody has looked
 * @param range lowest and highest value in words, or the most frequent ones
 * @param likelihood name of its distribution; empty if the column is left out
 */
public record ColumnProfile(
        String column,
        Optional<FeatureType> type,
        String why,
        double missingShare,
        String distinct,
        String range,
        String likelihood) {

    /** A column that is left out before its values are looked at. */
    static ColumnProfile unread(String column, String reason) {
        return new ColumnProfile(column, Optional.empty(), reason, Double.NaN, "", "", "");
    }
}
