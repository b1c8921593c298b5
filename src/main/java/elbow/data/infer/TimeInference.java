package elbow.data.infer;

import elbow.data.feature.TimeFeature;
import elbow.data.feature.TimePart;
import elbow.data.table.TimeFormat;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Infers which periods a column of times says something about: those that its rows span, and in which they vary. */
final class TimeInference {
    /** Length of the mean direction from which on all times stand at one place of a period. */
    private static final double ONE_PLACE = 0.9999;

    /** Years beyond these are told. */
    private static final int EARLIEST = 1800;

    private static final int LATEST = 2200;

    private final String column;
    private final TimeSummary times;

    private final Optional<TimeFormat> format;

    /** @param format how the times are written; empty: they are no text */
    TimeInference(String column, TimeSummary times, Optional<TimeFormat> format) {
        this.column = column;
        this.times = times;
        this.format = format;
    }

    Verdict judge() {
        if (times.count == 0) {
            return Verdict.leave("missing in every row");
        }
        if (times.minimum == times.maximum) {
            return Verdict.leave("constant: every value is " + Profiles.shownTime(times.minimum));
        }
        List<TimePart> parts = new ArrayList<>();
        List<Double> means = new ArrayList<>();
        List<String> words = new ArrayList<>();
        TimePart[] all = TimePart.values();
        for (int i = 0; i < all.length; i++) {
            TimePart part = all[i];
            double sine = times.sine(i);
            double cosine = times.cosine(i);
            if (times.maximum - times.minimum >= part.period() && Math.hypot(sine, cosine) < ONE_PLACE) {
                parts.add(part);
                means.add(sine);
                means.add(cosine);
                words.add(part.words());
            }
        }
        return parts.isEmpty()
                ? Verdict.leave("a time that spans no day, or is always the same time of day")
                : Verdict.use(
                        new TimeFeature(
                                column,
                                parts,
                                means,
                                times.missing > 0,
                                format.map(TimeFormat::pattern).orElse("")),
                        "a point in time, as " + String.join(", ", words)
                                + format.map(text -> "; written as " + text).orElse("")
                                + farOff());
    }

    // What databases have for a time that nobody knows, as a rule.
    private String farOff() {
        int first = year(times.minimum);
        int last = year(times.maximum);
        if (first >= EARLIEST && last <= LATEST) {
            return "";
        }
        return "; from the year " + first + " to " + last
                + ": if some stand for no value, data.missing names those that are text";
    }

    private static int year(double seconds) {
        return LocalDateTime.ofEpochSecond((long) seconds, 0, ZoneOffset.UTC).getYear();
    }
}
