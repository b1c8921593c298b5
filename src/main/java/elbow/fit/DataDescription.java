package elbow.fit;

import elbow.base.Check;
import elbow.lake.TableVersion;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the rows of a fit are from, as the model's manifest and its report say it.
 *
 * @param inputs names of files, tables or whatever else there is; at least one
 * @param format how they were read, in one word
 * @param selection what was taken of them, by the name of the {@link elbow.base.Parameter} that said so; a run that is
 *     resumed must be given the same
 * @param tables the versions of tables that are read; none of other inputs
 */
public record DataDescription(
        List<String> inputs, String format, SortedMap<String, String> selection, List<TableVersion> tables) {
    /** Rows that come as a DataFrame, of which nothing else is known. */
    public static final DataDescription DATA_FRAME =
            new DataDescription(List.of("DataFrame"), "dataframe", new TreeMap<>());

    /** Of inputs without versions. */
    public DataDescription(List<String> inputs, String format, SortedMap<String, String> selection) {
        this(inputs, format, selection, List.of());
    }

    public DataDescription {
        tables = List.copyOf(tables);
        inputs = List.copyOf(inputs);
        selection = Collections.unmodifiableSortedMap(new TreeMap<>(selection));
        Check.argument(!inputs.isEmpty(), "inputs", "have at least one entry", inputs);
    }
}
