package elbow.job.odd;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Odd input, format by format and command by command: each cell of the tables on the page odd-input.md. */
class OddInputIT {
    private static final Path PAGE = Path.of("src/site/markdown/odd-input.md");
    private static final List<String> FORMATS = List.of("CSV", "JSON lines", "Parquet", "ORC", "Avro", "LIBSVM");
    private static final List<String> COMMANDS = List.of("score", "evaluate", "calibrate", "batch", "stream");
    private static final int LEAST_CELLS = 200;

    @TempDir
    private static Path trained;

    @TempDir
    private Path directory;

    @BeforeAll
    static void session() {
        SharedSpark.session();
    }

    static List<OddCell> ofFormats() {
        List<OddCell> cells = new ArrayList<>(OddValues.cells());
        cells.addAll(OddFiles.cells());
        cells.addAll(OddTexts.cells());
        cells.addAll(OddLibsvm.cells());
        cells.addAll(OddExports.cells());
        return cells;
    }

    static List<OddCell> ofImages() {
        return OddPictures.cells();
    }

    static List<OddCell> ofCommands() {
        List<OddCell> cells = new ArrayList<>(OddCommands.cells());
        cells.addAll(OddPictures.ofCommands());
        return cells;
    }

    static Stream<OddCell> cells() {
        return Stream.of(ofFormats(), ofImages(), ofCommands()).flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void doesWhatThePageSays(OddCell cell) throws Exception {
        cell.trial().run(new OddWorld(directory, trained));
    }

    @Test
    void thePageHasEveryCell() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(cells().count()).isGreaterThan(LEAST_CELLS);
        assertThat(page)
                .as("%s must have these tables", PAGE)
                .contains(table("oddity", FORMATS, ofFormats()))
                .contains(table("oddity", OddPictures.FORMATS, ofImages()))
                .contains(table("oddity", COMMANDS, ofCommands()));
    }

    private static String table(String corner, List<String> columns, List<OddCell> cells) {
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        for (OddCell cell : cells) {
            String former = rows.computeIfAbsent(cell.oddity(), unused -> new LinkedHashMap<>())
                    .put(cell.column(), cell.says());
            assertThat(former).as("two cells for " + cell).isNull();
        }
        Set<String> known = new LinkedHashSet<>(columns);
        rows.values().forEach(row -> assertThat(known).containsAll(row.keySet()));
        StringBuilder table = new StringBuilder("| " + corner + " | " + String.join(" | ", columns) + " |\n");
        table.append("|---".repeat(1 + columns.size())).append("|\n");
        rows.forEach((oddity, row) -> table.append("| ")
                .append(oddity.replace("|", "\\|"))
                .append(" | ")
                .append(columns.stream()
                        .map(column -> row.getOrDefault(column, "-"))
                        .collect(Collectors.joining(" | ")))
                .append(" |\n"));
        return table.toString();
    }
}
