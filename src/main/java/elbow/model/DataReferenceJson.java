package elbow.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import elbow.data.reference.ColumnCounts;
import elbow.data.reference.DataReference;
import java.util.Arrays;
import java.util.List;

/** {@code reference.json}, both ways: how the training rows are spread. */
final class DataReferenceJson {
    private static final int FORMAT_VERSION = 1;

    private DataReferenceJson() {}

    static String write(DataReference reference) {
        ObjectNode json = JsonReader.newObject();
        json.put(JsonReader.FORMAT_VERSION, FORMAT_VERSION);
        ArrayNode columns = json.putArray("columns");
        for (ColumnCounts column : reference.columns()) {
            ObjectNode object = columns.addObject();
            object.put("column", column.column());
            Arrays.stream(column.edges()).forEach(object.putArray("edges")::add);
            Arrays.stream(column.counts()).forEach(object.putArray("counts")::add);
            object.put("missing", column.missing());
        }
        return json + "\n";
    }

    static DataReference read(String document, String text) {
        return JsonReader.read(document, text, DataReferenceJson::read);
    }

    private static DataReference read(JsonReader json) {
        json.requireFormatVersion(FORMAT_VERSION);
        List<ColumnCounts> columns = json.objects("columns", column -> {
            long[] counts = Arrays.stream(column.numbers("counts"))
                    .mapToLong(count -> (long) count)
                    .toArray();
            return new ColumnCounts(
                    column.text("column"), column.numbers("edges"), counts, column.longInteger("missing"));
        });
        return new DataReference(columns);
    }
}
