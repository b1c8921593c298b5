package elbow.score.alarm;

import java.util.Locale;
import java.util.Optional;

/**
 * That scored rows are not like those of training, so that their scores may not mean what they seem to.
 *
 * @param kind what is wrong
 * @param column the column that it is in; empty for the rows as a whole
 * @param share of the rows, or of the column's values, of which it is true
 * @param expected the share that training lets expect
 * @param text all of it in a sentence
 */
public record Alarm(Kind kind, Optional<String> column, double share, double expected, String text) {
    /** What can be wrong. */
    public enum Kind {
        /** Far more rows are flagged than the threshold says. */
        FLAGGED,
        /** Categories that did not occur in training. */
        UNSEEN,
        /** Numbers below the smallest or above the largest of training. */
        OUTSIDE,
        /** No value. */
        MISSING,
        /** One value in all rows. */
        CONSTANT,
        /** Scores that are not finite. */
        INFINITE;

        /** In small letters. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
