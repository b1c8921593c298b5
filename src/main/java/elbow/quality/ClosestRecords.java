package elbow.quality;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * How near rows are to the nearest one of others, on samples. A synthetic table that gives nothing away is as near to
 * real rows that it was made from as to held-out ones. The distance of two rows is the mean over the columns of |a - b|
 * / the range of the real numbers, at most 1, and of 0 or 1 for categories that are the same or not, all but the 100
 * most frequent ones counting as one (Gower, "A general coefficient of similarity and some of its properties",
 * Biometrics 1971); that of a value and none is 1.
 *
 * @param rows of the synthetic sample
 * @param others of the samples of real and of held-out rows, each
 * @param toReal median distance of the synthetic rows to the closest real one
 * @param toHoldout the same to the closest held-out one
 * @param holdoutToReal median distance of held-out rows to the closest real one: what is usual among real rows
 * @param closerToReal share of the synthetic rows that are closer to a real row than to any held-out one, half of those
 *     that are as close to both: about a half if nothing is given away
 */
public record ClosestRecords(
        int rows, int others, double toReal, double toHoldout, double holdoutToReal, double closerToReal) {
    /** Synthetic rows, and held-out ones, whose closest row is looked for. */
    private static final int SAMPLE = 2_000;

    /** Rows that it is looked for among. */
    private static final int OTHERS = 20_000;

    /** Chooses samples. */
    private static final long SEED = 11;

    static ClosestRecords of(Dataset<Row> real, Dataset<Row> synthetic, Dataset<Row> holdout, RowCodes codes) {
        float[][] unseen = sample(holdout, OTHERS, codes);
        float[][] seen = sample(real, OTHERS, codes);
        int size = Math.min(seen.length, unseen.length);
        float[][] candidates = Arrays.copyOf(seen, size);
        float[][] made = sample(synthetic, SAMPLE, codes);
        double[] toReal = closest(made, candidates, codes);
        double[] toHoldout = closest(made, Arrays.copyOf(unseen, size), codes);
        double[] among = closest(Arrays.copyOf(unseen, Math.min(SAMPLE, size)), candidates, codes);
        double closer = 0;
        for (int i = 0; i < toReal.length; i++) {
            closer += toReal[i] < toHoldout[i] ? 1 : toReal[i] == toHoldout[i] ? 0.5 : 0;
        }
        return new ClosestRecords(
                made.length, size, median(toReal), median(toHoldout), median(among), closer / made.length);
    }

    // By a hash of the rows' content: the same rows whatever the partitions are.
    private static float[][] sample(Dataset<Row> rows, int most, RowCodes codes) {
        Column[] all = Arrays.stream(rows.columns()).map(functions::col).toArray(Column[]::new);
        Column[] hashed = Arrays.copyOf(all, all.length + 1);
        hashed[all.length] = functions.lit(SEED);
        List<Row> chosen = rows.orderBy(functions.xxhash64(hashed)).takeAsList(most);
        float[][] sample = new float[chosen.size()][];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = values(chosen.get(i), codes);
        }
        return sample;
    }

    // Numbers in shares of the range, categories by their code; NaN for no value.
    private static float[] values(Row row, RowCodes codes) {
        float[] values = new float[codes.columns()];
        for (int i = 0; i < values.length; i++) {
            ColumnValues column = codes.column(i);
            double range = column.highest() - column.lowest();
            if (row.isNullAt(i)) {
                values[i] = Float.NaN;
            } else if (codes.isNumber(i)) {
                values[i] = (float) ((row.getDouble(i) - column.lowest()) / (range > 0 ? range : 1));
            } else {
                values[i] = codes.code(row, i);
            }
        }
        return values;
    }

    private static double[] closest(float[][] rows, float[][] others, RowCodes codes) {
        boolean[] number = new boolean[codes.columns()];
        for (int i = 0; i < number.length; i++) {
            number[i] = codes.isNumber(i);
        }
        return Arrays.stream(rows)
                .parallel()
                .mapToDouble(row -> closest(row, others, number))
                .toArray();
    }

    private static double closest(float[] row, float[][] others, boolean[] number) {
        float least = row.length;
        for (float[] other : others) {
            float sum = 0;
            for (int i = 0; i < row.length && sum < least; i++) {
                float a = row[i];
                float b = other[i];
                boolean missing = Float.isNaN(a) || Float.isNaN(b);
                if (missing || !number[i]) {
                    // No value equals no value alone.
                    sum += missing ? (Float.isNaN(a) && Float.isNaN(b) ? 0 : 1) : a == b ? 0 : 1;
                } else {
                    sum += Math.min(1, Math.abs(a - b));
                }
            }
            least = Math.min(least, sum);
        }
        return least / (double) row.length;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
