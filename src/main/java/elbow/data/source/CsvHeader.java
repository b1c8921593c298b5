package elbow.data.source;

import elbow.base.Parameter;
import elbow.data.table.Columns;
import elbow.data.table.InputErrors;
import elbow.data.table.NumberText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The names of a CSV input's columns: given, or the first line of its files, or, where that is a row like others, made
 * up. The first line is a row if at least half of its texts, numbers aside, come up again in their columns within the
 * first lines: the values of categories do, names do not.
 *
 * @param names of the columns, as many as there are
 * @param inFiles whether the files' first lines are the names
 * @param comments whether lines that start with # are comments: so if the first line is one
 * @param delimiter between values
 */
record CsvHeader(List<String> names, boolean inFiles, boolean comments, char delimiter) {
    private static final int LINES = 1000;

    static CsvHeader of(List<Path> files, CsvDialect options, Configuration hadoop) {
        Path first = files.get(0);
        boolean tabs = files.stream().allMatch(file -> file.getName().matches("(?i).*\\.tsv(\\.gz)?"));
        char delimiter = options.delimiter().orElse(tabs ? '\t' : ',');
        CsvLines.Start start = CsvLines.start(first, LINES, hadoop);
        List<List<String>> lines = start.lines().stream()
                .map(line -> CsvLines.split(line, delimiter))
                .toList();
        CsvHeader header = of(first, lines, start.comments(), delimiter, options);
        Columns.requireDistinct(header.names, "CSV file " + first);
        for (Path file : files.subList(1, files.size())) {
            header.requireSame(first, file, hadoop);
        }
        return header;
    }

    private static CsvHeader of(
            Path file, List<List<String>> lines, boolean comments, char delimiter, CsvDialect options) {
        List<String> first = lines.get(0);
        if (!options.columns().isEmpty()) {
            if (options.columns().size() != first.size()) {
                throw InputErrors.usage(
                        Parameter.COLUMNS,
                        " must name the " + first.size() + " columns of " + file + ", but names "
                                + options.columns().size());
            }
            return new CsvHeader(options.columns(), false, comments, delimiter);
        }
        if (isRow(first, lines)) {
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= first.size(); i++) {
                names.add("column" + i);
            }
            return new CsvHeader(names, false, comments, delimiter);
        }
        if (first.stream().noneMatch(CsvHeader::isText)) {
            throw InputErrors.input(
                    "CSV file " + file + " must start with a line of column names, but its first line is "
                            + InputErrors.quote(String.join(",", first))
                            + ": put a header above it, or name the columns with ",
                    Parameter.COLUMNS);
        }
        return new CsvHeader(first, true, comments, delimiter);
    }

    private static boolean isRow(List<String> first, List<List<String>> lines) {
        int texts = 0;
        int again = 0;
        for (int i = 0; i < first.size(); i++) {
            if (isText(first.get(i))) {
                texts++;
                Set<String> below = new HashSet<>();
                for (List<String> line : lines.subList(1, lines.size())) {
                    // A header that stands in the middle of a file is no row.
                    if (i < line.size() && !line.equals(first)) {
                        below.add(line.get(i));
                    }
                }
                again += below.contains(first.get(i)) ? 1 : 0;
            }
        }
        return again > 0 && 2 * again >= texts;
    }

    private static boolean isText(String value) {
        return !value.isEmpty() && Double.isNaN(NumberText.parse(value)) && !value.equalsIgnoreCase("nan");
    }

    private void requireSame(Path first, Path file, Configuration hadoop) {
        List<String> other =
                CsvLines.split(CsvLines.start(file, 1, hadoop).lines().get(0), delimiter);
        if (inFiles && !other.equals(names)) {
            throw InputErrors.input("the CSV files of an input must have one header, but " + first + " has "
                    + InputErrors.quote(String.join(",", names)) + " and " + file + " has "
                    + InputErrors.quote(String.join(",", other)));
        }
        if (!inFiles && other.size() != names.size()) {
            throw InputErrors.input("the CSV files of an input must have the same columns, but " + first + " has "
                    + names.size() + " and " + file + " has " + other.size());
        }
    }
}
