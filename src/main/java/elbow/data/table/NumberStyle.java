package elbow.data.table;

import elbow.base.Check;
import elbow.base.Parameter;
import java.io.Serializable;

/**
 * How numbers are written where it is not with digits and a point alone.
 *
 * @param decimalComma whether a comma stands before the decimals, and points between groups of three digits
 * @param thousands what stands between groups of three digits, a blank for any that do not break; {@link #NONE}:
 *     nothing, or points with a decimal comma
 * @param signs signs that may stand before or after a number and say nothing of it: currencies, percent
 */
public record NumberStyle(boolean decimalComma, char thousands, String signs) implements Serializable {
    /** No sign. */
    public static final char NONE = '\0';

    /** Digits and a point. */
    public static final NumberStyle PLAIN = new NumberStyle(false, NONE, "");

    public NumberStyle {
        char decimal = decimalComma ? ',' : '.';
        Check.usage(
                thousands != decimal && !Character.isLetterOrDigit(thousands) && thousands != '-' && thousands != '+',
                Parameter.THOUSANDS,
                "be a sign other than the decimal " + decimal,
                thousands);
        Check.usage(
                signs.chars().noneMatch(letter -> Character.isDigit(letter) || "+-\u2212.,".indexOf(letter) >= 0),
                Parameter.NUMBER_SIGNS,
                "have no digit and none of + - \u2212 . ,",
                signs);
    }

    /** Whether numbers are written with digits and a point alone. */
    public boolean isPlain() {
        return equals(PLAIN);
    }

    /** The number as it is written with digits and a point; any other text as it is. */
    public String plain(String text) {
        String bare = signs.isEmpty() ? text : withoutSigns(text);
        char decimal = decimalComma ? ',' : '.';
        char group = thousands == NONE && decimalComma ? '.' : thousands;
        StringBuilder number = new StringBuilder(bare.length());
        int i = 0;
        if (i < bare.length() && isPlusOrMinus(bare.charAt(i))) {
            number.append(bare.charAt(i++));
        }
        int first = i;
        int groupStart = i;
        boolean grouped = false;
        while (i < bare.length() && (isDigit(bare, i) || isGroup(bare.charAt(i), group))) {
            if (isGroup(bare.charAt(i), group)) {
                int digits = i - groupStart;
                if (grouped ? digits != 3 : digits < 1 || digits > 3) {
                    return text;
                }
                grouped = true;
                groupStart = i + 1;
            } else {
                number.append(bare.charAt(i));
            }
            i++;
        }
        if (grouped && i - groupStart != 3) {
            return text;
        }
        boolean decimals = i < bare.length() && bare.charAt(i) == decimal;
        if (decimals) {
            number.append('.');
            i++;
        }
        while (i < bare.length() && isDigit(bare, i)) {
            number.append(bare.charAt(i++));
        }
        boolean exponent = i < bare.length() && !grouped && (bare.charAt(i) == 'e' || bare.charAt(i) == 'E');
        return exponent ? number + bare.substring(i) : i == bare.length() && i > first ? number.toString() : text;
    }

    private String withoutSigns(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSign(text.charAt(from))) {
            from++;
        }
        while (to > from && isSign(text.charAt(to - 1))) {
            to--;
        }
        if (from == 0 && to > 1 && isPlusOrMinus(text.charAt(0)) && isSign(text.charAt(1))) {
            return text.charAt(0) + withoutSigns(text.substring(1, to));
        }
        return text.substring(from, to);
    }

    private static boolean isPlusOrMinus(char letter) {
        return letter == '-' || letter == '+' || letter == '\u2212';
    }

    // Blanks within numbers are of several kinds, that people do not tell apart.
    private static boolean isGroup(char letter, char group) {
        boolean blank = letter == '\u00A0' || letter == '\u202F' || letter == '\u2009';
        return group != NONE && (letter == group || (group == ' ' && blank));
    }

    private boolean isSign(char letter) {
        return signs.indexOf(letter) >= 0 || letter == ' ' || letter == '\u00A0';
    }

    private static boolean isDigit(String text, int at) {
        return text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }
}
