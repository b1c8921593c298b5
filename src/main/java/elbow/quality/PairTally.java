package elbow.quality;

import elbow.quality.PairTrend.Method;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts of the rows of one table by pairs of columns, in one pass: moments of two numbers where both are there, cells
 * of others. And the bins of pictures of numbers.
 */
final class PairTally implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Bins of a picture, between one for what is below and one for what is above. */
    static final int BINS = 30;

    private static final int MOMENTS = 6;

    /** Numbers of tallies that come to the driver at once. */
    private static final long MOST_AT_ONCE = 1L << 25;

    /** Share of its squares that the variance of a number must have: less is rounding. */
    private static final double LEAST_VARIATION = 1e-12;

    private final RowCodes codes;
    // By pair: moments or cells.
    private final double[][] moments;
    private final int[][] cells;
    private final int[][] bins;
    private long rows;

    private PairTally(RowCodes codes) {
        this.codes = codes;
        int columns = codes.columns();
        moments = new double[columns * columns][];
        cells = new int[columns * columns][];
        bins = new int[columns][];
        for (int i = 0; i < columns; i++) {
            bins[i] = new int[codes.isNumber(i) ? BINS + 2 : 0];
            for (int j = i + 1; j < columns; j++) {
                boolean numbers = codes.isNumber(i) && codes.isNumber(j);
                moments[i * columns + j] = new double[numbers ? MOMENTS : 0];
                cells[i * columns + j] = new int[numbers ? 0 : codes.size(i) * codes.size(j)];
            }
        }
    }

    /** Of a table as {@link ComparedColumns} has it. */
    static PairTally of(Dataset<Row> rows, RowCodes codes) {
        return of(rows, codes, MOST_AT_ONCE);
    }

    /** @param most numbers of tallies that come to the driver at once, or those of one partition if these are more */
    static PairTally of(Dataset<Row> rows, RowCodes codes, long most) {
        PairTally all = new PairTally(codes);
        JavaRDD<PairTally> tallies = rows.toJavaRDD().mapPartitions(part -> counted(part, codes));
        int partitions = tallies.getNumPartitions();
        int atOnce = (int) Math.max(1, Math.min(partitions, most / Math.max(1, all.numbers())));
        // In the order of the partitions, however many come at once: sums round alike each time.
        for (int from = 0; from < partitions; from += atOnce) {
            int[] some =
                    IntStream.range(from, Math.min(partitions, from + atOnce)).toArray();
            for (List<PairTally> part : tallies.collectPartitions(some)) {
                part.forEach(all::merge);
            }
        }
        return all;
    }

    private long numbers() {
        long numbers = 0;
        for (int pair = 0; pair < cells.length; pair++) {
            if (cells[pair] != null) {
                numbers += cells[pair].length;
                numbers += moments[pair].length;
            }
        }
        return numbers;
    }

    private static Iterator<PairTally> counted(Iterator<Row> rows, RowCodes codes) {
        PairTally tally = new PairTally(codes);
        double[] numbers = new double[codes.columns()];
        int[] places = new int[codes.columns()];
        while (rows.hasNext()) {
            tally.add(rows.next(), numbers, places);
        }
        return List.of(tally).iterator();
    }

    private void add(Row row, double[] numbers, int[] places) {
        int columns = codes.columns();
        rows++;
        for (int i = 0; i < columns; i++) {
            places[i] = codes.code(row, i);
            if (codes.isNumber(i)) {
                double number = RowCodes.number(row, i);
                addBin(i, number);
                // Near 0, so that little of the sums is lost.
                numbers[i] = (number - codes.column(i).mean()) / codes.column(i).deviation();
            }
        }
        for (int i = 0; i < columns; i++) {
            for (int j = i + 1; j < columns; j++) {
                int pair = i * columns + j;
                if (cells[pair].length > 0) {
                    cells[pair][places[i] * codes.size(j) + places[j]]++;
                } else if (!Double.isNaN(numbers[i]) && !Double.isNaN(numbers[j])) {
                    add(moments[pair], numbers[i], numbers[j]);
                }
            }
        }
    }

    private static void add(double[] sums, double x, double y) {
        sums[0]++;
        sums[1] += x;
        sums[2] += y;
        sums[3] += x * x;
        sums[4] += y * y;
        sums[5] += x * y;
    }

    private void addBin(int column, double number) {
        ColumnValues values = codes.column(column);
        if (!Double.isNaN(number)) {
            double share = (number - values.low()) / (values.high() - values.low());
            int bin = number < values.low()
                    ? 0
                    : number > values.high() ? BINS + 1 : 1 + Math.min(BINS - 1, (int) (share * BINS));
            bins[column][bin]++;
        }
    }

    private void merge(PairTally other) {
        rows += other.rows;
        for (int pair = 0; pair < cells.length; pair++) {
            for (int i = 0; cells[pair] != null && i < cells[pair].length; i++) {
                cells[pair][i] += other.cells[pair][i];
            }
            for (int i = 0; moments[pair] != null && i < moments[pair].length; i++) {
                moments[pair][i] += other.moments[pair][i];
            }
        }
        for (int column = 0; column < bins.length; column++) {
            for (int i = 0; i < bins[column].length; i++) {
                bins[column][i] += other.bins[column][i];
            }
        }
    }

    /** Shares of a column's numbers in its bins: those below, each bin, those above. */
    double[] shares(int column) {
        double sum = 0;
        for (int count : bins[column]) {
            sum += count;
        }
        double[] shares = new double[bins[column].length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = bins[column][i] / Math.max(1, sum);
        }
        return shares;
    }

    /** The trends of all pairs of columns, this being the real table. */
    List<PairTrend> against(PairTally synthetic, List<ComparedColumn> columns) {
        List<PairTrend> trends = new ArrayList<>();
        int size = columns.size();
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                int pair = i * size + j;
                String first = columns.get(i).name();
                String second = columns.get(j).name();
                if (cells[pair].length > 0) {
                    double score = 1 - variation(cells[pair], rows, synthetic.cells[pair], synthetic.rows);
                    trends.add(new PairTrend(first, second, Method.CONTINGENCY, Double.NaN, Double.NaN, score));
                } else {
                    double real = correlation(moments[pair]);
                    double other = correlation(synthetic.moments[pair]);
                    double score = 1 - Math.abs(real - other) / 2;
                    trends.add(new PairTrend(first, second, Method.CORRELATION, real, other, score));
                }
            }
        }
        return trends;
    }

    private static double variation(int[] real, long realRows, int[] synthetic, long syntheticRows) {
        double sum = 0;
        for (int i = 0; i < real.length; i++) {
            sum += Math.abs(real[i] / (double) realRows - synthetic[i] / (double) syntheticRows);
        }
        return sum / 2;
    }

    // NaN if one of them never varies.
    private static double correlation(double[] sums) {
        double n = sums[0];
        double covariance = sums[5] - sums[1] * sums[2] / n;
        double first = sums[3] - sums[1] * sums[1] / n;
        double second = sums[4] - sums[2] * sums[2] / n;
        if (!(first > LEAST_VARIATION * sums[3]) || !(second > LEAST_VARIATION * sums[4])) {
            return Double.NaN;
        }
        return Math.max(-1, Math.min(1, covariance / Math.sqrt(first * second)));
    }
}
