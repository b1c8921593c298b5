package elbow.batch;

import elbow.base.Check;
import elbow.data.feature.FeatureEncoder;
import elbow.data.reference.BinNames;
import elbow.data.reference.ColumnCounts;
import elbow.data.reference.DataReference;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the values of a column have drifted from those of training.
 *
 * @param column name
 * @param psi population stability index over the column's bins and that of missing values: sum over bins of (p - q)
 *     ln(p / q), with p and q the shares of training and batch, in nats, at least 0. It is the symmetrised
 *     Kullback-Leibler divergence of Jeffreys (1946). By a rule of thumb of credit scoring (Siddiqi 2006), below 0.1 is
 *     stable and above 0.25 has drifted. Half a row is added to every bin, so that none is empty
 * @param chance the index to expect of two samples from one distribution: (bins - 1) (1 / n + 1 / m) for n training
 *     rows and m others (Yurdakul 2018, equation 3.12)
 * @param missingBefore share of the training rows without a value
 * @param missing share of the batch without a value
 * @param widest the bin that contributes most, in words
 * @param widestBefore its share of the training rows
 * @param widestNow its share of the batch
 */
record ColumnDrift(
        String column,
        double psi,
        double chance,
        double missingBefore,
        double missing,
        String widest,
        double widestBefore,
        double widestNow) {

    /** What is added to each bin of either side. */
    private static final double SMOOTHING = 0.5;

    /** The drift of every column that the reference has, in its order. */
    static List<ColumnDrift> between(DataReference training, DataReference batch, FeatureEncoder encoder) {
        List<ColumnDrift> drifts = new ArrayList<>();
        for (int i = 0; i < training.columns().size(); i++) {
            ColumnCounts before = training.columns().get(i);
            drifts.add(between(before, batch.columns().get(i), BinNames.of(before, encoder)));
        }
        return drifts;
    }

    /** @param names of the bins, without that of missing values */
    static ColumnDrift between(ColumnCounts training, ColumnCounts batch, List<String> names) {
        double[] before = withMissing(training);
        double[] now = withMissing(batch);
        Check.argument(before.length == now.length, "batch's bins", "be " + before.length, now.length);
        double rowsBefore = sum(before);
        double rowsNow = sum(now);
        double psi = 0;
        double most = -1;
        int widest = 0;
        for (int bin = 0; bin < before.length; bin++) {
            double p = (before[bin] + SMOOTHING) / (rowsBefore + SMOOTHING * before.length);
            double q = (now[bin] + SMOOTHING) / (rowsNow + SMOOTHING * now.length);
            double term = (p - q) * Math.log(p / q);
            psi += term;
            // An empty bin differs by the smoothing alone.
            if (term > most && before[bin] + now[bin] > 0) {
                most = term;
                widest = bin;
            }
        }
        int missing = before.length - 1;
        return new ColumnDrift(
                training.column(),
                psi,
                (before.length - 1) * (1 / rowsBefore + 1 / rowsNow),
                before[missing] / rowsBefore,
                now[missing] / rowsNow,
                widest == missing ? "no value" : names.get(widest),
                before[widest] / rowsBefore,
                now[widest] / rowsNow);
    }

    private static double[] withMissing(ColumnCounts counts) {
        long[] bins = counts.counts();
        double[] all = new double[bins.length + 1];
        for (int bin = 0; bin < bins.length; bin++) {
            all[bin] = bins[bin];
        }
        all[bins.length] = counts.missing();
        return all;
    }

    private static double sum(double[] counts) {
        double sum = 0;
        for (double count : counts) {
            sum += count;
        }
        return sum;
    }
}
