package elbow.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers as the report writes them: the same in every locale, with a true minus sign. */
public final class Numbers {
    /** What stands where there is no number. */
    public static final String MISSING = "–";

    /** A hundredth of a percent. */
    private static final double SMALLEST_SHOWN = 1e-4;
    // None that would become a row of zeros.
    private static final Pattern LONG = Pattern.compile("-?\\d{1,12}\\.\\d{5,}");

    private Numbers() {}

    /** A value in nats, to two decimals as far as they mean something: -102.41, 12,345, 1.2E9. */
    public static String nats(double value) {
        return measured(value, 2);
    }

    /** A time in seconds, to a tenth. */
    public static String seconds(double value) {
        return measured(value, 1);
    }

    /** A value in the unit of its column, to four significant digits or more. */
    public static String measured(double value) {
        double magnitude = Math.abs(value);
        int decimals = magnitude == 0 ? 0 : (int) Math.max(0, Math.min(6, 3 - Math.floor(Math.log10(magnitude))));
        return measured(value, decimals);
    }

    /** A count with thousands separators. */
    public static String count(long value) {
        return format("#,##0").format(value);
    }

    /** "1 row", "1,200 rows". */
    public static String count(long value, String singular) {
        return count(value) + " " + singular + (value == 1 ? "" : "s");
    }

    /** A share of 1 as a percentage: 0.0123 is "1.23 %". */
    public static String percent(double share) {
        return Double.isFinite(share) ? format("0.##").format(100 * share) + " %" : MISSING;
    }

    /** As {@link #percent}; a share that is less than shows there, and not nothing, is {@code < 0.01 %}. */
    public static String share(double share) {
        return share > 0 && share < SMALLEST_SHOWN ? "< " + percent(SMALLEST_SHOWN) : percent(share);
    }

    /** A value at an axis. */
    public static String tick(double value) {
        return axis().format(value == 0 ? 0.0 : value);
    }

    /** A value's text; a number with more digits than one reads, to six significant ones. */
    static String shortened(String value) {
        if (!LONG.matcher(value).matches()) {
            return value;
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal rounded = exact.round(new MathContext(Math.max(6, exact.precision() - exact.scale())));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** The format of axis labels. */
    static DecimalFormat axis() {
        return format("#,##0.######");
    }

    private static String measured(double value, int decimals) {
        double magnitude = Math.abs(value);
        if (!Double.isFinite(value)) {
            return MISSING;
        }
        if (magnitude >= 1e7 || (magnitude > 0 && magnitude < 1e-4)) {
            return format("0.###E0").format(value);
        }
        double unit = Math.pow(10, -decimals);
        // Without this, -0.001 would be shown as minus zero.
        double shown = magnitude < unit / 2 ? 0 : value;
        return format("#,##0." + (magnitude >= 10_000 ? "" : "0".repeat(decimals)))
                .format(shown);
    }

    private static DecimalFormat format(String pattern) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
        symbols.setMinusSign('\u2212');
        return new DecimalFormat(pattern.endsWith(".") ? pattern.substring(0, pattern.length() - 1) : pattern, symbols);
    }
}
