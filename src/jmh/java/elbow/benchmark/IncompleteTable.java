package elbow.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table of HI-VAE's whose values are known, some of which are to be filled, and simple ways to fill them. The error
 * of a column is of categories the share of wrong ones, of levels the mean difference over their number, of numbers the
 * root of the mean squared error over their range; that of a table is the mean over its columns.
 */
final class IncompleteTable {
    private static final int NEIGHBOURS = 5;
    private static final int DONORS = 3_000;
    private static final int FOREST_ROUNDS = 2;

    private final List<String> kinds;
    private final double[][] values;
    private final boolean[][] missing;
    private final boolean[][] known;
    private final double[] lowest;
    private final double[] highest;

    private IncompleteTable(List<String> kinds, double[][] values, boolean[][] missing, boolean[][] known) {
        this.kinds = kinds;
        this.values = values;
        this.missing = missing;
        this.known = known;
        lowest = new double[kinds.size()];
        highest = new double[kinds.size()];
        Arrays.fill(lowest, Double.POSITIVE_INFINITY);
        Arrays.fill(highest, Double.NEGATIVE_INFINITY);
        for (int row = 0; row < values.length; row++) {
            for (int column = 0; column < kinds.size(); column++) {
                if (known[row][column]) {
                    lowest[column] = Math.min(lowest[column], values[row][column]);
                    highest[column] = Math.max(highest[column], values[row][column]);
                }
            }
        }
    }

    static IncompleteTable read(Path table, int percent) throws IOException {
        List<String> kinds = new ArrayList<>();
        List<String> types = lines(table, "data_types.csv");
        for (String line : types.subList(1, types.size())) {
            kinds.add(line.split(",", -1)[0]);
        }
        double[][] values = lines(table, "data.csv").stream()
                .map(line -> Arrays.stream(line.split(",", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
        boolean[][] known = new boolean[values.length][kinds.size()];
        for (int row = 0; row < values.length; row++) {
            for (int column = 0; column < kinds.size(); column++) {
                known[row][column] = !Double.isNaN(values[row][column]);
            }
        }
        if (Files.exists(table.resolve("MissingTrue.csv"))) {
            set(known, lines(table, "MissingTrue.csv"), false);
        }
        boolean[][] missing = new boolean[values.length][kinds.size()];
        set(missing, lines(table, "Missing" + percent + "_1.csv"), true);
        return new IncompleteTable(kinds, values, missing, known);
    }

    private static void set(boolean[][] cells, List<String> places, boolean value) {
        for (String place : places) {
            String[] numbers = place.split(",", -1);
            cells[Integer.parseInt(numbers[0].strip()) - 1][Integer.parseInt(numbers[1].strip()) - 1] = value;
        }
    }

    private static List<String> lines(Path table, String name) throws IOException {
        Path packed = table.resolve(name + ".gz");
        boolean isPacked = Files.exists(packed);
        try (InputStream in = Files.newInputStream(isPacked ? packed : table.resolve(name));
                BufferedReader reader = new BufferedReader(
                        new InputStreamReader(isPacked ? new GZIPInputStream(in) : in, StandardCharsets.US_ASCII))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    boolean isThere(int row, int column) {
        return !missing[row][column] && known[row][column];
    }

    /** The names of the columns of that kind of HI-VAE's: cat, ordinal, count, pos or real. */
    List<String> columns(String kind) {
        return IntStream.range(0, kinds.size())
                .filter(column -> kinds.get(column).equals(kind))
                .mapToObj(column -> "c" + column)
                .toList();
    }

    List<String> lines() {
        StringBuilder header = new StringBuilder("row");
        for (int column = 0; column < kinds.size(); column++) {
            header.append(",c").append(column);
        }
        List<String> lines = new ArrayList<>(List.of(header.toString()));
        for (int row = 0; row < values.length; row++) {
            StringBuilder line = new StringBuilder().append(row);
            for (int column = 0; column < kinds.size(); column++) {
                double value = values[row][column];
                String text = value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
                line.append(',').append(isThere(row, column) ? text : "");
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private boolean isCategory(int column) {
        return kinds.get(column).equals("cat");
    }

    private double usual(int column, List<Integer> rows) {
        Map<Double, Integer> counts = new TreeMap<>();
        double sum = 0;
        int count = 0;
        for (int row : rows) {
            if (isThere(row, column)) {
                counts.merge(values[row][column], 1, Integer::sum);
                sum += values[row][column];
                count++;
            }
        }
        if (count == 0) {
            return Double.NaN;
        }
        return isCategory(column)
                ? counts.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .orElseThrow()
                        .getKey()
                : sum / count;
    }

    private List<Integer> rows(int most) {
        List<Integer> rows = new ArrayList<>();
        int step = Math.max(1, values.length / most);
        for (int row = 0; row < values.length; row += step) {
            rows.add(row);
        }
        return rows;
    }

    double[][] usual() {
        double[][] filled = new double[values.length][kinds.size()];
        for (int column = 0; column < kinds.size(); column++) {
            double value = usual(column, rows(values.length));
            for (double[] row : filled) {
                row[column] = value;
            }
        }
        return filled;
    }

    double[][] forests(SparkSession spark) {
        boolean[] categories = new boolean[kinds.size()];
        boolean[][] there = new boolean[values.length][kinds.size()];
        double[][] start = usual();
        for (int column = 0; column < categories.length; column++) {
            categories[column] = isCategory(column);
            for (int row = 0; row < values.length; row++) {
                there[row][column] = isThere(row, column);
                start[row][column] = there[row][column] ? values[row][column] : start[row][column];
            }
        }
        return new ForestImputation(spark, categories, there, start).fill(FOREST_ROUNDS);
    }

    double[][] nearest() {
        double[][] filled = usual();
        List<Integer> donors = rows(DONORS);
        IntStream.range(0, values.length).parallel().forEach(row -> nearest(row, donors, filled[row]));
        return filled;
    }

    private void nearest(int row, List<Integer> donors, double[] filled) {
        double[] distances = new double[values.length];
        donors.forEach(donor -> distances[donor] = distance(row, donor));
        List<Integer> near = donors.stream()
                .filter(donor -> donor != row)
                .sorted((one, other) -> Double.compare(distances[one], distances[other]))
                .toList();
        for (int column = 0; column < filled.length; column++) {
            int place = column;
            if (missing[row][column]) {
                double value = usual(
                        column,
                        near.stream()
                                .filter(donor -> isThere(donor, place))
                                .limit(NEIGHBOURS)
                                .toList());
                filled[column] = Double.isNaN(value) ? filled[column] : value;
            }
        }
    }

    // The mean over the columns that both have.
    private double distance(int row, int other) {
        double sum = 0;
        int count = 0;
        for (int column = 0; column < kinds.size(); column++) {
            if (isThere(row, column) && isThere(other, column)) {
                double difference = Math.abs(values[row][column] - values[other][column]);
                double range = highest[column] - lowest[column];
                sum += isCategory(column) ? (difference == 0 ? 0 : 1) : difference / (range > 0 ? range : 1);
                count++;
            }
        }
        return count == 0 ? 1 : sum / count;
    }

    /** The values of a table that was filled, whose column {@code row} numbers the rows. */
    double[][] read(List<Row> filled) {
        double[][] read = new double[values.length][kinds.size()];
        for (Row row : filled) {
            double[] own = read[Integer.parseInt(row.<Object>getAs("row").toString())];
            for (int column = 0; column < own.length; column++) {
                Object value = row.getAs("c" + column);
                own[column] = value == null ? Double.NaN : Double.parseDouble(value.toString());
            }
        }
        return read;
    }

    double error(double[][] filled) {
        return Arrays.stream(errors(filled)).average().orElseThrow();
    }

    /** Of each column. */
    double[] errors(double[][] filled) {
        double[] errors = new double[kinds.size()];
        for (int column = 0; column < errors.length; column++) {
            double sum = 0;
            int count = 0;
            for (int row = 0; row < values.length; row++) {
                if (missing[row][column] && known[row][column]) {
                    double difference = Math.abs(filled[row][column] - values[row][column]);
                    sum += switch (kinds.get(column)) {
                        case "cat" -> difference == 0 ? 0 : 1;
                        case "ordinal" -> difference;
                        default -> difference * difference;
                    };
                    count++;
                }
            }
            double mean = count == 0 ? 0 : sum / count;
            double range = highest[column] - lowest[column];
            errors[column] = switch (kinds.get(column)) {
                case "cat" -> mean;
                case "ordinal" -> mean / (range + 1);
                default -> Math.sqrt(mean) / range;
            };
        }
        return errors;
    }
}
