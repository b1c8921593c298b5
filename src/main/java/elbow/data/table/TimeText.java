package elbow.data.table;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;

/** A text that is read as a time from the left: each method takes a part, or says that there is none. */
final class TimeText {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> LONG_MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final int SHORTEST = 8;
    private static final int LONGEST = 64;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int MINUTES_PER_DAY = 1440;

    private final String text;
    private int at;
    private int year;
    private int month;
    private int day;
    private long micros;

    TimeText(String text) {
        this.text = text;
    }

    /** How a date is written. */
    interface DateReader {
        boolean read(TimeText text);
    }

    /** Microseconds from 1970 of a text that is a date, and a time of day or none; else {@link TimeFormat#NONE}. */
    long micros(DateReader date) {
        if (text.length() < SHORTEST || text.length() > LONGEST || !date.read(this)) {
            return TimeFormat.NONE;
        }
        if (day > YearMonth.of(year, month).lengthOfMonth() || !(atEnd() || timeOfDay())) {
            return TimeFormat.NONE;
        }
        return LocalDate.of(year, month, day).toEpochDay() * 86_400 * MICROS_PER_SECOND + micros;
    }

    boolean year() {
        int from = at;
        year = number(4);
        return at - from == 4;
    }

    boolean month() {
        month = number(2);
        return month >= 1 && month <= 12;
    }

    boolean day() {
        day = number(2);
        return day >= 1 && day <= 31;
    }

    boolean monthName() {
        int from = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        String word = text.substring(from, at).toLowerCase(Locale.ROOT);
        month = 1 + Math.max(MONTHS.indexOf(word), LONG_MONTHS.indexOf(word));
        return month >= 1;
    }

    boolean sign(char sign) {
        if (at < text.length() && text.charAt(at) == sign) {
            at++;
            return true;
        }
        return false;
    }

    boolean commaAndBlank() {
        boolean comma = sign(',');
        return sign(' ') || comma;
    }

    private boolean atEnd() {
        return at == text.length();
    }

    private boolean timeOfDay() {
        boolean begun = sign('T') || (commaAndBlank() && !atEnd());
        int from = at;
        int hour = number(2);
        if (!begun || at == from || hour > 23 || !sign(':')) {
            return false;
        }
        from = at;
        int minute = number(2);
        if (at - from != 2 || minute > 59) {
            return false;
        }
        int second = 0;
        long fraction = 0;
        if (sign(':')) {
            from = at;
            second = number(2);
            if (at - from != 2 || second > 59) {
                return false;
            }
            if (sign('.') || sign(',')) {
                fraction = fraction();
                if (fraction < 0) {
                    return false;
                }
            }
        }
        int half = half(hour);
        micros = ((hour + half) * 3600L + minute * 60L + second) * MICROS_PER_SECOND + fraction;
        return hour + half >= 0 && hour + half < 24 && zone() && atEnd();
    }

    // In microseconds; -1 without digits.
    private long fraction() {
        long fraction = 0;
        int digits = 0;
        while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0 && text.charAt(at) < 128 && digits < 9) {
            fraction = digits < 6 ? 10 * fraction + text.charAt(at) - '0' : fraction;
            digits++;
            at++;
        }
        for (int i = digits; i < 6; i++) {
            fraction *= 10;
        }
        return digits == 0 ? -1 : fraction;
    }

    // What AM and PM add to the hour; an hour that they do not have makes the time none.
    private int half(int hour) {
        int from = at;
        // The blanks that do not break are those of Java's and browsers' own texts since 2023.
        boolean unused = sign(' ') || sign('\u202f') || sign('\u00a0');
        if (at + 2 > text.length() || Character.toUpperCase(text.charAt(at + 1)) != 'M') {
            at = from;
            return 0;
        }
        char letter = Character.toUpperCase(text.charAt(at));
        if (letter != 'A' && letter != 'P') {
            at = from;
            return 0;
        }
        at += 2;
        if (hour < 1 || hour > 12) {
            return -100;
        }
        return (letter == 'P' ? 12 : 0) - (hour == 12 ? 12 : 0);
    }

    private boolean zone() {
        boolean blank = sign(' ');
        if (atEnd()) {
            return !blank;
        }
        String rest = text.substring(at);
        if (rest.equals("Z") || rest.equals("UTC") || rest.equals("GMT")) {
            at = text.length();
            return true;
        }
        boolean west = sign('-');
        if (!west && !sign('+')) {
            return false;
        }
        int from = at;
        int hours = number(2);
        boolean colon = at - from == 2 && sign(':');
        int minutesFrom = at;
        int minutes = number(2);
        int digits = at - minutesFrom;
        if (minutesFrom - from < 2 || (digits != 2 && (digits != 0 || colon)) || minutes > 59) {
            return false;
        }
        int offset = 60 * hours + minutes;
        micros -= (west ? -1 : 1) * 60L * MICROS_PER_SECOND * offset;
        return offset < MINUTES_PER_DAY;
    }

    // Of at most that many digits; 0 without one.
    private int number(int digits) {
        int number = 0;
        int last = Math.min(text.length(), at + digits);
        while (at < last && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            number = 10 * number + text.charAt(at) - '0';
            at++;
        }
        return number;
    }
}
