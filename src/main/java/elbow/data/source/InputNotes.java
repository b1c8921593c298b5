package elbow.data.source;

import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.listing.InputFiles;
import elbow.data.listing.Packing;
import elbow.data.table.Columns;
import elbow.data.text.CsvDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** What a user may not have meant by an input: it is read, with a note. */
final class InputNotes {
    private InputNotes() {}

    static void write(InputFiles input, DataFormat format, ReadRequest request) {
        List<Message> notes = new ArrayList<>();
        if (!input.repeated().isEmpty()) {
            notes.add(Message.of("Named more than once, read once: ", listed(input.repeated())));
        }
        if (!input.empty().isEmpty()) {
            notes.add(Message.of("Files of 0 bytes, which have no rows: ", listed(input.empty())));
        }
        Map<String, Integer> endings = new TreeMap<>();
        input.files().forEach(file -> endings.merge(ending(file), 1, Integer::sum));
        if (endings.size() > 1 && format != DataFormat.IMAGE && format != DataFormat.IDX) {
            List<String> words = new ArrayList<>();
            endings.forEach((ending, count) -> words.add(count + (ending.isEmpty() ? " of none" : " of " + ending)));
            notes.add(Message.of(
                    "Files of several endings, all read as ",
                    format.words(),
                    ": ",
                    Columns.listed(words),
                    " (a pattern such as *.csv leaves some out)"));
        }
        for (Parameter option : unused(request.csv(), format)) {
            notes.add(Message.of(
                    option,
                    " has no effect: the input is " + format.words() + ", and no "
                            + (option.equals(Parameter.ENCODING) ? "CSV or JSON lines" : "CSV")));
        }
        notes.forEach(request.notes());
    }

    // What a name ends with, but for how it is packed and for numbers, as those of Spark's parts.
    private static String ending(Path file) {
        String name = Packing.plainName(file.getName());
        int point = name.lastIndexOf('.');
        String ending = point < 0 ? "" : name.substring(point);
        return ending.matches("\\.\\d*") ? "" : ending;
    }

    private static List<Parameter> unused(CsvDialect dialect, DataFormat format) {
        if (format == DataFormat.CSV) {
            return List.of();
        }
        List<Parameter> given = new ArrayList<>(dialect.given());
        if (format == DataFormat.JSON) {
            given.remove(Parameter.ENCODING);
        }
        return given;
    }

    private static String listed(List<Path> files) {
        return Columns.listed(files.stream().map(Path::toString).toList());
    }
}
