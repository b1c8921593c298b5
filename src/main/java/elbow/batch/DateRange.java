package elbow.batch;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The dates that a run is asked for.
 *
 * @param from first date; empty: any
 * @param to last date
 * @param backfill whether the range was named, and so every changed partition in it is scored again
 */
public record DateRange(Optional<LocalDate> from, LocalDate to, boolean backfill) {
    public DateRange {
        if (from.isPresent() && from.get().isAfter(to)) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            Parameter.FROM,
                            " must not be after ",
                            Parameter.TO,
                            ", but " + from.get() + " is after " + to));
        }
    }

    /** Everything up to a date. */
    public static DateRange upTo(LocalDate date) {
        return new DateRange(Optional.empty(), date, false);
    }

    /** All from one date to another, both included. */
    public static DateRange between(LocalDate from, LocalDate to) {
        return new DateRange(Optional.of(from), to, true);
    }

    boolean contains(LocalDate date) {
        return !date.isAfter(to) && from.map(first -> !date.isBefore(first)).orElse(true);
    }
}
