package elbow.data.table;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Decimal numbers in text: optional sign, digits with or without a point, optional exponent; "inf" and the like too.
 * The minus of typography (U+2212) is one.
 */
public final class NumberText {
    private static final int LONGEST = 64;

    /** As typesetters and spreadsheets write it. */
    private static final String MINUS = "\u2212";

    private static final byte[] MINUS_BYTES = MINUS.getBytes(StandardCharsets.UTF_8);

    /** Digits that a long surely holds. */
    private static final int EXACT_DIGITS = 18;

    /** Up to here a double holds every whole number. */
    private static final long EXACT_WHOLE = 1L << 53;

    /** Those that a double holds. */
    private static final double[] POWERS_OF_TEN = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final MathContext SHOWN = new MathContext(6);
    private static final int LONGEST_PLAIN = 12;

    private NumberText() {}

    /** A value as people read it: numbers to six digits, without an exponent unless they are huge or tiny. */
    public static String shown(Object value) {
        if (!(value instanceof Double number) || !Double.isFinite(number)) {
            return String.valueOf(value);
        }
        BigDecimal rounded = new BigDecimal(number).round(SHOWN).stripTrailingZeros();
        boolean plain = rounded.signum() == 0 || Math.abs(rounded.precision() - rounded.scale()) <= LONGEST_PLAIN;
        return plain ? rounded.toPlainString() : rounded.toString();
    }

    /** All digits of a number, and no more: 40 and not 40.0. */
    public static String exactly(double value) {
        return value == Math.rint(value) && Math.abs(value) < EXACT_WHOLE
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /**
     * The number that {@code text} is; NaN if it is none.
     *
     * @param text without blanks around it
     */
    public static double parse(String text) {
        String plain = text.startsWith(MINUS) ? "-" + text.substring(MINUS.length()) : text;
        return isDecimal(plain) ? Double.parseDouble(plain) : infinity(plain);
    }

    /** 1 for "true" and 0 for "false", in upper or lower case; NaN for any other text without blanks around it. */
    public static double truth(String text) {
        return text.equalsIgnoreCase("true") ? 1 : text.equalsIgnoreCase("false") ? 0 : Double.NaN;
    }

    /**
     * As {@link #parse(String)}, of bytes in UTF-8. Most numbers have few digits and are a quotient or a product of two
     * numbers that doubles hold, which division and multiplication round right (Clinger 1990, "How to read floating
     * point numbers accurately").
     */
    public static double parse(byte[] text, int from, int to) {
        int i = afterSign(text, from, to);
        boolean negative = i > from && text[from] != '+';
        long digits = 0;
        int count = 0;
        int point = -1;
        for (; i < to && count <= EXACT_DIGITS; i++) {
            byte letter = text[i];
            if (letter >= '0' && letter <= '9') {
                digits = 10 * digits + (letter - '0');
                count++;
            } else if (letter == '.' && point < 0) {
                point = i;
            } else {
                break;
            }
        }
        int decimals = point < 0 ? 0 : i - point - 1;
        if (i < to || count == 0 || digits > EXACT_WHOLE || decimals >= POWERS_OF_TEN.length) {
            return to - from > LONGEST ? Double.NaN : parse(new String(text, from, to - from, StandardCharsets.UTF_8));
        }
        double number = decimals == 0 ? (double) digits : digits / POWERS_OF_TEN[decimals];
        return negative ? -number : number;
    }

    /** Where the digits of a number begin, in UTF-8: after its sign, if it has one. */
    public static int afterSign(byte[] text, int from, int to) {
        if (from < to && (text[from] == '-' || text[from] == '+')) {
            return from + 1;
        }
        int end = from + MINUS_BYTES.length;
        return end <= to && Arrays.equals(text, from, end, MINUS_BYTES, 0, MINUS_BYTES.length) ? end : from;
    }

    /** Whether a number has zeros before its first digit, as codes have: 007, and not 0.7. */
    public static boolean isPadded(byte[] text, int from, int to) {
        int first = afterSign(text, from, to);
        return first + 1 < to && text[first] == '0' && text[first + 1] >= '0' && text[first + 1] <= '9';
    }

    // Double.parseDouble takes more than people write as numbers: "1d", "0x1F", " 1 "; commons-lang3's isCreatable the
    // first two.
    private static boolean isDecimal(String text) {
        int length = text.length();
        if (length == 0 || length > LONGEST) {
            return false;
        }
        int i = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
        int first = i;
        i = digits(text, i);
        int whole = i - first;
        if (i < length && text.charAt(i) == '.') {
            int point = i;
            i = digits(text, i + 1);
            whole += i - point - 1;
        }
        if (whole == 0) {
            return false;
        }
        if (i < length && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            i++;
            if (i < length && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
                i++;
            }
            int exponent = i;
            i = digits(text, i);
            if (i == exponent) {
                return false;
            }
        }
        return i == length;
    }

    private static int digits(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    private static double infinity(String text) {
        boolean negative = text.startsWith("-");
        String word = negative || text.startsWith("+") ? text.substring(1) : text;
        if (word.equalsIgnoreCase("inf") || word.equalsIgnoreCase("infinity")) {
            return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return Double.NaN;
    }
}
