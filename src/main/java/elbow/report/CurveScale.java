package elbow.report;

import java.util.List;
import org.jfree.data.Range;

/** The vertical scale of a training chart. */
final class CurveScale {
    /** An early value that alone stretches the scale by more than this factor is left outside it. */
    private static final double STRETCH = 3.5;

    private CurveScale() {}

    /**
     * Index of the first history entry that the scale has to hold. Without the rule, the drop from an untrained network
     * to the first epoch would flatten everything after it. At most the first third is left out, and never so much that
     * fewer than two entries remain.
     */
    static int firstInScale(List<Curve> curves) {
        int entries = curves.get(0).values().length;
        int most = Math.min(entries - 2, Math.max(1, entries / 3));
        int from = 0;
        while (from < most
                && extent(curves, from).getLength()
                        > STRETCH * extent(curves, from + 1).getLength()) {
            from++;
        }
        return extent(curves, from).getLength() > 0 ? from : 0;
    }

    /** The extent of the finite values from entry {@code from} on, with a margin; never of length 0. */
    static Range of(List<Curve> curves, int from) {
        return withMargin(extent(curves, from));
    }

    /** A range with room at both ends; never of length 0. */
    static Range withMargin(Range extent) {
        double margin = extent.getLength() > 0
                ? 0.06 * extent.getLength()
                : Math.max(0.5, 0.02 * Math.abs(extent.getCentralValue()));
        return new Range(extent.getLowerBound() - margin, extent.getUpperBound() + margin);
    }

    private static Range extent(List<Curve> curves, int from) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Curve curve : curves) {
            for (int i = from; i < curve.values().length; i++) {
                double value = curve.values()[i];
                if (Double.isFinite(value)) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
        }
        return low <= high ? new Range(low, high) : new Range(0, 0);
    }
}
