package elbow.job.odd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The same oddities in the commands that use a model, which know the columns and look through no file for them. */
final class OddCommands {
    /** Each leaves 60 rows and the odd ones, if it reads them. */
    private static final List<String> COMMANDS = List.of("score", "evaluate", "calibrate", "batch", "stream");

    private static final String ROWS = OddWorld.numbers("CSV");

    private final List<OddCell> cells = new ArrayList<>();

    static List<OddCell> cells() {
        OddCommands commands = new OddCommands();
        commands.read();
        commands.refused();
        return commands.cells;
    }

    private void read() {
        reads(
                "CSV: line breaks in quotes",
                "read",
                ROWS.replaceFirst("x,y", "x,y,note").replaceAll("(?m)$(?<=\\d)", ",\"a\n1,1,b\""),
                60);
        reads("CSV: a column without a value", "missing", ROWS.replaceAll("(?m)^[-\\d.]+,", ","), 60);
        for (String marker : List.of("NULL", "nan", "N/A", "-")) {
            reads("CSV: `" + marker + "` for a number", "missing", ROWS + marker + ",1\n", 61);
        }
        reads("CSV: a delimiter that is a semicolon", "told, read", ROWS.replace(',', ';'), 60);
        reads(
                "CSV: columns in another order, and one more",
                "read",
                ROWS.replaceFirst("x,y", "w,y")
                        .replaceAll("(?m)$(?<=\\d)", ",7")
                        .replaceFirst("w,y", "x,y,w"),
                60);
    }

    private void refused() {
        refuses(
                "CSV: a word among numbers",
                ROWS + "oops,1\n",
                "in line 62, column x must have a finite number",
                "\"oops\"");
        refuses("CSV: too few values", ROWS + "1\n", "the row in line 62 must have 2 values");
        refuses("CSV: the header again further down", ROWS + ROWS, "the row in line 62 must be no header");
        refuses("CSV: a quoted value without an end", ROWS + "\"1,2\n", "the row in line 62 has none");
        refuses(
                "CSV: a column of the model is absent",
                ROWS.replaceFirst("y", "z"),
                "column y must be a number, but is missing among x, z");
        byte[] latin = ROWS.replaceFirst("x,y", "x,y,städte")
                .replaceAll("(?m)$(?<=\\d)", ",ä")
                .getBytes(StandardCharsets.ISO_8859_1);
        for (String command : COMMANDS) {
            cells.add(new OddCell("CSV: bytes that are no UTF-8", command, "exit 3", world -> {
                world.write("batch.conf", "batch.late-days = 7");
                world.write(place(command), latin);
                world.model();
                world.refuses(
                        words(command, world),
                        "line 1 has 0xE4",
                        command.equals("batch") ? "batch.encoding" : "--encoding");
            }));
        }
    }

    private void reads(String oddity, String says, String content, int rows) {
        for (String command : COMMANDS) {
            cells.add(new OddCell(oddity, command, says, world -> {
                world.write("batch.conf", "batch.late-days = 7");
                world.write(place(command), content);
                world.model();
                String said = world.runs(words(command, world));
                if (command.equals("batch")) {
                    assertThat(said).containsPattern("2026-11-20 +new +" + rows + " ");
                } else {
                    assertThat(said).containsPattern("rows +" + rows + "\n");
                }
            }));
        }
    }

    private void refuses(String oddity, String content, String... parts) {
        for (String command : COMMANDS) {
            cells.add(new OddCell(oddity, command, "exit 3", world -> {
                world.write("batch.conf", "batch.late-days = 7");
                world.write(place(command), content);
                world.model();
                world.refuses(words(command, world), parts);
            }));
        }
    }

    private static String place(String command) {
        return command.equals("batch")
                ? "in/dt=2026-11-20/odd.csv"
                : command.equals("stream") ? "in/odd.csv" : "odd.csv";
    }

    private static String words(String command, OddWorld world) {
        return switch (command) {
            case "score" -> "score --model model --input odd.csv --output scores";
            case "evaluate" -> "evaluate --model model --input odd.csv --samples 0";
            case "calibrate" -> "calibrate --model model --input odd.csv --samples 0";
            case "stream" -> "score --stream --model model --input in --output scores --checkpoint checkpoint";
            default ->
                "batch --config " + world.path("batch.conf") + " --date 2026-11-21 -D batch.input=" + world.path("in")
                        + " -D batch.model=" + world.path("model") + " -D batch.output=" + world.path("out");
        };
    }
}
