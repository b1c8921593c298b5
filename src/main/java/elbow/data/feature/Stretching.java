package elbow.data.feature;

import elbow.data.encoding.NumberScale;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The row's own share of the log-Jacobian that comes from bent scales: of real columns with long tails, whose scale is
 * asinh, and of positive ones, whose scale is the logarithm. A density per unit of the column is high where the scale
 * is dense and low where it is sparse, whatever the row; what is left once this is taken off is the density on the
 * scale itself. Immutable; goes to executors.
 */
public final class Stretching implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int[] columns;
    private final double[] means;
    // NaN where the scale is the logarithm.
    private final double[] deviations;

    private Stretching(List<Stretched> stretched) {
        columns = stretched.stream().mapToInt(Stretched::column).toArray();
        means = stretched.stream().mapToDouble(Stretched::mean).toArray();
        deviations = stretched.stream().mapToDouble(Stretched::deviation).toArray();
    }

    private record Stretched(int column, double mean, double deviation) {
        boolean isLogarithm() {
            return Double.isNaN(deviation);
        }
    }

    /** Of all columns with a bent scale. */
    static Stretching of(List<Feature> features) {
        return new Stretching(stretched(features));
    }

    /** Of positive columns alone. */
    static Stretching ofLogarithms(List<Feature> features) {
        return new Stretching(
                stretched(features).stream().filter(Stretched::isLogarithm).toList());
    }

    private static List<Stretched> stretched(List<Feature> features) {
        List<Stretched> stretched = new ArrayList<>();
        int column = 0;
        for (Feature feature : features) {
            if (feature instanceof RealFeature real && real.scale().stretched()) {
                stretched.add(
                        new Stretched(column, real.scale().mean(), real.scale().deviation()));
            } else if (feature instanceof PositiveFeature) {
                stretched.add(new Stretched(column, 0, Double.NaN));
            }
            column += feature.width();
        }
        return stretched;
    }

    /** Whether no column has a bent scale. */
    public boolean isNone() {
        return columns.length == 0;
    }

    /**
     * The sum over the row's observed columns of log |d scale / d x|, 0 where the scale is as dense as at its centre,
     * in nats.
     *
     * @param rows encoded rows, one after the other
     * @param observed 0 for each element of {@code rows} that is missing; null if none is
     * @param offset where the row begins
     */
    public double of(float[] rows, byte @Nullable [] observed, int offset) {
        double sum = 0;
        for (int i = 0; i < columns.length; i++) {
            int place = offset + columns[i];
            if (observed == null || observed[place] != 0) {
                sum += of(i, rows[place]);
            }
        }
        return sum;
    }

    /** The share of one encoded column, 0 if its scale is not bent, in nats. */
    public double ofColumn(int column, float value) {
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] == column) {
                return of(i, value);
            }
        }
        return 0;
    }

    private double of(int index, float value) {
        return Double.isNaN(deviations[index])
                ? -Math.log(value)
                : -NumberScale.logCosh(means[index] + value * deviations[index]);
    }
}
