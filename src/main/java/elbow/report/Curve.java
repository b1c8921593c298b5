package elbow.report;

import elbow.base.Check;

/**
 * One line of a training chart.
 *
 * @param name as the legend says it
 * @param values one per history entry; NaN where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and a list would box every value.
record Curve(String name, ChartColour colour, boolean dashed, double[] values) {
    Curve {
        Check.argument(values.length > 0, "values", "have at least one value", values.length);
    }

    boolean hasValues() {
        for (double value : values) {
            if (Double.isFinite(value)) {
                return true;
            }
        }
        return false;
    }
}
