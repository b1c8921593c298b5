package elbow.data.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record that a parser stands at, with its file. */
public final class CsvRecord {
    /** What can be said of a record beside its values. */
    public enum Part {
        FAULT,
        VALUE_FAULT,
        SOURCE,
        LINE
    }

    private final CsvParser parser;
    private final String source;
    private final List<String> partitions;

    private @Nullable String fault;
    private @Nullable String valueFault;

    CsvRecord(CsvParser parser, String source, List<String> partitions) {
        this.parser = parser;
        this.source = source;
        this.partitions = partitions;
    }

    CsvParser parser() {
        return parser;
    }

    /** Values of the directories NAME=VALUE that the file lies in. */
    List<String> partitions() {
        return partitions;
    }

    /** Says what is wrong with the record; null if nothing is. */
    void judge(@Nullable String newFault, @Nullable String newValueFault) {
        fault = newFault;
        valueFault = newValueFault;
    }

    @Nullable
    String part(Part part) {
        return switch (part) {
            case FAULT -> fault;
            case VALUE_FAULT -> valueFault;
            case SOURCE -> source;
            case LINE -> fault == null && valueFault == null ? null : parser.record();
        };
    }
}
