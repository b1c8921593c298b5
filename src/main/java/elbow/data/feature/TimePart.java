package elbow.data.feature;

import elbow.base.JsonReader;
import elbow.data.encoding.CycleSlot;
import elbow.data.encoding.TextTimes;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The periods within which a point in time is encoded, in UTC. */
public enum TimePart {
    TIME_OF_DAY(86_400, 0),
    /** From Monday; the first day of 1970 was a Thursday. */
    DAY_OF_WEEK(7 * 86_400, 4 * 86_400),
    /** Of the mean Gregorian year: the seasons, to within a day. */
    DAY_OF_YEAR(365.2425 * 86_400, 0);

    private final double period;
    private final double origin;

    /** @param period and origin, in seconds */
    TimePart(double period, double origin) {
        this.period = period;
        this.origin = origin;
    }

    /** Length in seconds. */
    public double period() {
        return period;
    }

    /** A time in seconds at which a period starts. */
    public double origin() {
        return origin;
    }

    public double angle(double seconds) {
        return CycleSlot.angle(seconds, period, origin);
    }

    /** @param texts how the column's texts are read; empty: it has times */
    CycleSlot slot(String column, int field, Optional<TextTimes> texts, boolean cosine) {
        return new CycleSlot(column, field, texts.orElse(null), period, origin, cosine);
    }

    /** Where sine and cosine of an angle point to: "06:12", "Monday", "14 March". */
    String place(double sine, double cosine) {
        double share = Math.atan2(sine, cosine) / (2 * Math.PI);
        long seconds = Math.round((share - Math.floor(share)) * period);
        LocalDateTime time = LocalDateTime.ofEpochSecond((long) origin + seconds, 0, ZoneOffset.UTC);
        return switch (this) {
            case TIME_OF_DAY ->
                DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).format(time);
            case DAY_OF_WEEK ->
                DateTimeFormatter.ofPattern("EEEE", Locale.ENGLISH).format(time);
            case DAY_OF_YEAR ->
                DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH).format(time);
        };
    }

    /** In words. */
    public String words() {
        return JsonReader.camelCase(this).replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }
}
