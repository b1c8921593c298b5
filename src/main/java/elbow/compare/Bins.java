package elbow.compare;

import elbow.base.Check;
import java.io.Serializable;

/**
 * Intervals of equal width, each without its lower end and with its upper one: a score at a threshold is below it.
 *
 * @param first lower end of the first one
 * @param width of each, above 0
 * @param count how many there are, at least 1
 */
public record Bins(double first, double width, int count) implements Serializable {
    /** What is beyond them is at most this share of the numbers on either side. */
    private static final double BEYOND = 0.005;

    public Bins {
        Check.positive("width", width);
        Check.positive("count", count);
    }

    /**
     * Bins for most of the numbers, one of whose edges is {@code edge}; it is among them if the numbers come near it.
     *
     * @param most as many bins, about
     */
    static Bins around(double edge, ValueSketch values, int most) {
        double low = values.isEmpty() ? edge : values.atOrBelow(BEYOND);
        double high = values.isEmpty() ? edge : values.atOrAbove(1 - BEYOND);
        double near = Math.max(high - low, 1e-3 * Math.max(Math.abs(low), Math.abs(high)));
        if (low > edge && low - edge <= near) {
            low = edge;
        } else if (high < edge && edge - high <= near) {
            high = edge;
        }
        return aligned(edge, low, high, most);
    }

    /** As {@link #around}, with {@code edge} among them and room beyond it, wherever the numbers are. */
    static Bins beyond(double edge, ValueSketch values, int most) {
        double low = values.isEmpty() ? edge : Math.min(edge, values.atOrBelow(BEYOND));
        double high = values.isEmpty() ? edge : Math.max(edge, values.atOrAbove(1 - BEYOND));
        double room = 0.1 * (high - low);
        return aligned(edge, Math.min(low, edge - room), Math.max(high, edge + room), most);
    }

    private static Bins aligned(double edge, double low, double high, int most) {
        double least = Math.max(1e-9, 1e-6 * Math.max(Math.abs(low), Math.abs(high)));
        double width = Math.max(high - low, least) / most;
        double from = Math.floor((low - edge) / width);
        double to = Math.max(from + 1, Math.ceil((high - edge) / width));
        return new Bins(edge + from * width, width, (int) (to - from));
    }

    /** Which one a number lies in, above its lower end; -1 below all, {@link #count} above all. */
    int of(double value) {
        double place = Math.ceil((value - first) / width) - 1;
        return value == first ? 0 : place < 0 ? -1 : (int) Math.min(place, count);
    }

    /** As {@link #of}; those beyond all are in the first or the last one. */
    int nearest(double value) {
        return Math.max(0, Math.min(count - 1, of(value)));
    }

    /** Lower end of one. */
    public double from(int bin) {
        return first + bin * width;
    }

    /** Upper end of the last bin. */
    public double end() {
        return first + count * width;
    }
}
