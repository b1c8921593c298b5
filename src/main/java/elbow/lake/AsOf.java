package elbow.lake;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which state of a table is asked for. */
public sealed interface AsOf {
    /** The one that is there when the run begins. */
    AsOf LATEST = new Latest();

    /** The one that is there when the run begins. */
    record Latest() implements AsOf {}

    /**
     * A version.
     *
     * @param version its number; of Iceberg the id of a snapshot, or the name of a branch or tag
     */
    record Version(String version) implements AsOf {}

    /**
     * The one that was there at a time.
     *
     * @param time of it; what was committed then is in it
     */
    record Time(Instant time) implements AsOf {}

    /**
     * Versions that have been found.
     *
     * @param versions one for each table, in the order of the inputs
     */
    record Found(List<TableVersion> versions) implements AsOf {
        public Found {
            versions = List.copyOf(versions);
        }
    }

    /**
     * As options have it.
     *
     * @throws ElbowException of category USAGE if both are given, or the time is none
     */
    static AsOf of(Optional<String> version, Optional<String> timestamp) {
        if (version.isPresent() && timestamp.isPresent()) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            Parameter.VERSION_AS_OF,
                            " and ",
                            Parameter.TIMESTAMP_AS_OF,
                            " must not be given together, for each says which version is read"));
        }
        return version.<AsOf>map(Version::new)
                .or(() -> timestamp.map(text -> new Time(time(text))))
                .orElse(LATEST);
    }

    private static Instant time(String text) {
        String iso = text.strip().replaceFirst("(?<=\\d) (?=\\d)", "T");
        List<Function<String, Instant>> ways = List.of(
                given -> OffsetDateTime.parse(given).toInstant(),
                given -> LocalDateTime.parse(given).toInstant(ZoneOffset.UTC),
                given -> LocalDate.parse(given).atStartOfDay().toInstant(ZoneOffset.UTC));
        for (Function<String, Instant> way : ways) {
            try {
                return way.apply(iso);
            } catch (DateTimeException e) {
                // Written in another way, perhaps.
            }
        }
        throw new ElbowException(
                ErrorCategory.USAGE,
                Message.of(
                        Parameter.TIMESTAMP_AS_OF,
                        " must be a time such as 2026-11-30T06:00:00Z, 2026-11-30T06:00:00+01:00, 2026-11-30T06:00:00 (in"
                                + " UTC) or 2026-11-30 (its start in UTC), but is " + Message.quote(text)));
    }
}
