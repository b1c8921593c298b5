package elbow.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * A table of numbers whose last column, {@value #LABEL}, is 1 for anomalies and 0 for normal rows.
 *
 * @param name of its file, without the ending
 * @param header the names of the columns
 * @param lines the rows in the order of the file
 */
record LabelledTable(String name, String header, List<String> lines) {
    static final String LABEL = "label";

    private static final String ENDING = ".csv.gz";

    /** What is trained on and what is tested. */
    enum Protocol {
        /** Train on the first half of the normal rows in the order of the file, test on all others. */
        NORMAL_ONLY,
        /** Train on all rows, test on all of them. */
        CONTAMINATED
    }

    /** Rows to train on and rows to test, as lines. */
    record Parts(List<String> training, List<String> test) {}

    /** Every table of a directory with a column of that name, by name. */
    static List<LabelledTable> all(Path directory) throws IOException {
        List<LabelledTable> tables = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
            for (Path file : files) {
                LabelledTable table = read(file);
                if (table.header.endsWith("," + LABEL)) {
                    tables.add(table);
                }
            }
        }
        tables.sort((one, other) -> one.name.compareTo(other.name));
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("--data must have a *" + ENDING + " whose last column is " + LABEL
                    + ", but " + directory + " has none");
        }
        return tables;
    }

    /**
     * Some of them, by name.
     *
     * @param names separated by commas; empty: all
     * @throws IllegalArgumentException if there is no table of a name
     */
    static List<LabelledTable> some(Path directory, Optional<String> names) throws IOException {
        List<LabelledTable> all = all(directory);
        if (names.isEmpty()) {
            return all;
        }
        Set<String> wanted = new TreeSet<>(Arrays.asList(names.get().split(",")));
        List<LabelledTable> some =
                all.stream().filter(table -> wanted.remove(table.name)).toList();
        if (!wanted.isEmpty()) {
            throw new IllegalArgumentException("--sets must name tables of " + directory + ", which are "
                    + all.stream().map(LabelledTable::name).toList() + ", but has " + wanted);
        }
        return some;
    }

    private static LabelledTable read(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    lines.add(line);
                }
            }
        }
        String name = String.valueOf(file.getFileName());
        return new LabelledTable(
                name.substring(0, name.length() - ENDING.length()), lines.get(0), lines.subList(1, lines.size()));
    }

    Parts parts(Protocol protocol) {
        if (protocol == Protocol.CONTAMINATED) {
            return new Parts(lines, lines);
        }
        long half = lines.stream().filter(line -> !isAnomaly(line)).count() / 2;
        List<String> training = new ArrayList<>();
        List<String> test = new ArrayList<>();
        for (String line : lines) {
            (training.size() < half && !isAnomaly(line) ? training : test).add(line);
        }
        return new Parts(training, test);
    }

    /** Writes lines as a table of their own. */
    void write(List<String> rows, Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write(header);
            writer.newLine();
            for (String row : rows) {
                writer.write(row);
                writer.newLine();
            }
        }
    }

    /** The columns of a line, but for the label. */
    static float[] values(String line) {
        String[] words = line.split(",", -1);
        float[] values = new float[words.length - 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(words[i]);
        }
        return values;
    }

    static boolean isAnomaly(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)) == 1;
    }
}
