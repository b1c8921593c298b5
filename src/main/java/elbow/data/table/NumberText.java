package elbow.data.table;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Decimal numbers in text: optional sign, digits with or without a point, optional exponent; "inf" and the like too.
 */
public final class NumberText {
    private static final int LONGEST = 64;

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

    /**
     * The number that {@code text} is; NaN if it is none.
     *
     * @param text without blanks around it
     */
    public static double parse(String text) {
        return isDecimal(text) ? Double.parseDouble(text) : infinity(text);
    }

    // Double.parseDouble takes more than people write as numbers: "1d", "0x1p3", " 1 ".
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
