package elbow.data.text;

import elbow.data.listing.InputFiles;
import elbow.data.listing.InputFiles.InputFile;
import elbow.data.table.Columns;
import elbow.data.table.InputErrors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Columns that directories NAME=VALUE are. */
public final class InputPartitions {
    /** How Hive writes a value that is missing. */
    static final String NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

    private InputPartitions() {}

    /**
     * The columns, with what holds the values of each.
     *
     * @param asTheyStand which are to be text, as the directories have it
     */
    public static List<CsvColumn.OfPath> columns(InputFiles input, Predicate<String> asTheyStand) {
        List<CsvColumn.OfPath> columns = new ArrayList<>();
        for (int i = 0; i < input.partitionNames().size(); i++) {
            if (asTheyStand.test(input.partitionNames().get(i))) {
                columns.add(new CsvColumn.OfPath(input.partitionNames().get(i), i, TextKind.TEXT));
                continue;
            }
            TextKind kind = TextKind.NONE;
            for (InputFile file : input.listed()) {
                String value = file.values().get(i);
                if (!value.equals(NO_VALUE)) {
                    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                    kind = kind.with(TextKind.of(bytes, 0, bytes.length));
                }
            }
            columns.add(new CsvColumn.OfPath(input.partitionNames().get(i), i, kind));
        }
        return columns;
    }

    /**
     * Requires that no directory is a column that the files have themselves.
     *
     * @throws elbow.base.ElbowException of category INPUT that names the column
     */
    public static void requireApart(InputFiles input, Collection<String> columns) {
        Columns.requireDistinct(input.partitionNames(), "directories NAME=VALUE");
        for (String name : input.partitionNames()) {
            for (String column : columns) {
                if (column.equalsIgnoreCase(name)) {
                    throw InputErrors.input("column " + InputErrors.quote(column) + " must be in the files or in the"
                            + " names of their directories, but is in both: "
                            + input.files().get(0)
                            + "; rename one, or name the files instead of the directories");
                }
            }
        }
    }
}
