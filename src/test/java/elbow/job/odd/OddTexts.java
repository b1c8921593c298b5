package elbow.job.odd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Oddities that only one format can have. */
final class OddTexts {
    private static final String ROWS = OddWorld.numbers("CSV").substring("x,y\n".length());

    private final List<OddCell> cells = new ArrayList<>();

    static List<OddCell> cells() {
        OddTexts texts = new OddTexts();
        texts.csvForm();
        texts.csvPlaces();
        texts.csvHeader();
        texts.csvNumbers();
        texts.json();
        texts.jsonNames();
        return texts.cells;
    }

    private void csvForm() {
        csv(
                "line breaks in quotes",
                "read",
                "x,y,note\n1,2,\"a\n9.5,-9.5,b\"\n" + repeated("3.5,4,c\n4.5,1,d\n"),
                (odd, world) -> world.inspects(odd, "", "note categorical 0.0 3"));
        csv(
                "delimiters and doubled quotes in quotes",
                "read",
                "x,note\n" + repeated("1.5,\"a,\"\"b\"\"\"\n2.5,c\n"),
                (odd, world) -> world.inspects(odd, "", "note categorical 0.0 2", "a,\"b\""));
        csv(
                "a quoted value without an end",
                "exit 3, line",
                "x,y\n" + ROWS + "\"1,2\n3,4\n",
                (odd, world) ->
                        world.refuses("inspect --input " + odd, "an end to each quoted value", "the row in line 62"));
        csv(
                "text behind a closing quote",
                "exit 3, line",
                "x,y\n" + ROWS + "\"1\"a,2\n",
                (odd, world) -> world.refuses(train(odd), "the row in line 62", "nothing between the quotes"));
        csv(
                "backslashes before quotes within quotes",
                "exit 3, line",
                "x,note\n" + "1.5,\"a \\\"b\\\" c\"\n".repeat(9),
                (odd, world) -> world.refuses(
                        "inspect --input " + odd, "must have a row that can be read", "but has some: \"1.5,"));
        csv(
                "too few values",
                "exit 3, line",
                "x,y\n" + ROWS + "1\n",
                (odd, world) -> world.refuses(
                        train(odd), "the row in line 62 must have 2 values as the header has, but has 1"));
        csv("a delimiter that is a semicolon", "told, read", numbers(";"), (odd, world) -> {
            world.inspects(odd, "", "x real 0.0");
            String said = world.runs("inspect --input " + odd);
            assertThat(said).contains("the delimiter is ;", "--delimiter");
        });
        csv("a first line such as sep=; (of Excel)", "told, read", "sep=;\n" + numbers(";"), (odd, world) -> {
            world.inspects(odd, "", "x real 0.0");
            world.write("tabs.csv", "\"sep=\t\"\r\n" + numbers("\t"));
            assertThat(world.runs("inspect --input tabs.csv"))
                    .contains("the delimiter is tab, for its first line names it (--delimiter says otherwise)");
            world.write("commas.csv", "SEP=,\n# about\n" + numbers(","));
            world.inspects("commas.csv", "", "y real 0.0");
            world.model();
            world.write("more.csv", numbers(";"));
            world.runs("score --model model --input more.csv --input " + odd + " --output scores");
            assertThat(world.scores("scores")).hasSize(120);
            world.write("last.csv", numbers(";") + "sep=;\n");
            world.refuses("score --model model --input last.csv --output scores2", "in line 62");
        });
        csv(
                "a delimiter that is a tab",
                "told, read",
                numbers("\t"),
                (odd, world) -> world.inspects(odd, "", "y real 0.0"));
        csv(
                "lines without values",
                "passed over",
                numbers(",").replace("\n", "\n\n  \n"),
                (odd, world) -> world.inspects(odd, "", "x real 0.0"));
        csv(
                "lines that end with \\r\\n, or with \\r",
                "read",
                numbers(",").replace("\n", "\r\n").replaceFirst("\r\n", "\r"),
                (odd, world) -> world.inspects(odd, "", "x real 0.0"));
    }

    private void csvPlaces() {
        csv(
                "a delimiter at the end of rows, none in the header",
                "exit 3, line",
                numbers(",").replaceAll("(?m)$(?<=\\d)", ","),
                (odd, world) -> world.refuses(train(odd), "the row in line 2 must have 2 values", "has 3"));
        csv(
                "a delimiter at the end of all lines",
                "left out, told",
                numbers(",").replaceAll("(?m)$(?<=.)", ","),
                (odd, world) -> world.inspects(odd, "", "_c2 left out", "missing"));
        csv(
                "a name such as elbow.fault",
                "exit 3",
                numbers(",").replaceFirst("y", "elbow.fault"),
                (odd, world) ->
                        world.refuses("inspect --input " + odd, "must not begin with elbow.", "\"elbow.fault\""));
        csv(
                "a delimiter that is a blank",
                "exit 3, told",
                numbers(" "),
                (odd, world) -> world.refuses(
                        "inspect --input " + odd, "one column, \"x y\"; if it is several, --delimiter says"));
        csv(
                "a name with a sign that does not show",
                "told",
                numbers(",").replaceFirst("x", "x\u00a0"),
                (odd, world) -> {
                    assertThat(world.runs("inspect --input " + odd)).contains("signs that do not show", "\"x\\u00a0\"");
                    world.model();
                    world.refuses(
                            "score --model model --input " + odd + " --output scores",
                            "column x must be a number, but is missing",
                            "; \"x\\u00a0\" differs from \"x\" only by signs that do not show");
                });
        csv(
                "names that differ in case",
                "exit 3",
                numbers(",").replaceFirst("y", "X"),
                (odd, world) -> world.refuses("inspect --input " + odd, "must differ in more than case", "\"X\""));
        csv("digits of other scripts among numbers", "exit 3, line", numbers(",") + "１２,3\n", (odd, world) -> {
            world.model();
            world.refuses("score --model model --input " + odd + " --output scores", "line 62", "１２");
        });
        csv("a blank that does not break among numbers", "exit 3, line", numbers(",") + "\u00a05,3\n", (odd, world) -> {
            world.model();
            world.refuses("score --model model --input " + odd + " --output scores", "line 62, column x");
        });
        csv("a leap second, 24 o'clock, the 30th of February", "exit 3, line", "x,y\n1,2\n", (odd, world) -> {
            world.write("when.csv", "t,y\n" + days());
            world.runs("train --input when.csv --model times" + OddWorld.QUICK);
            for (String time : List.of("2016-12-31T23:59:60Z", "2024-01-01 24:00:00", "2024-02-30")) {
                world.write("odd-times.csv", "t,y\n2024-01-01,1\n" + time + ",2\n");
                world.refuses(
                        "score --model times --input odd-times.csv --output scores",
                        "in line 3, column t must have a time",
                        time);
            }
        });
    }

    private static String days() {
        return IntStream.range(0, 90)
                .mapToObj(i -> "2024-%02d-%02d %02d:00:00,%s%n".formatted(1 + i / 28, 1 + i % 28, i % 24, Math.sin(i)))
                .collect(Collectors.joining());
    }

    private void csvHeader() {
        csv(
                "lines above the header that start with #",
                "told, comments",
                "# about\n#\n" + numbers(","),
                (odd, world) -> world.inspects(odd, "", "x real 0.0"));
        csv(
                "rows that start with #",
                "rows",
                "c,x\n" + repeated("#ff0000,1.5\nblue,2.5\n"),
                (odd, world) -> world.inspects(odd, "", "c categorical 0.0 2"));
        csv(
                "rows that start with # below a comment",
                "rows",
                "# about\nc,x\n" + repeated("#ff0000,1.5\nblue,2.5\n"),
                (odd, world) -> world.inspects(odd, "", "c categorical 0.0 2"));
        csv(
                "rows that start with #, `--comment #`",
                "passed over",
                "x,y\n# 1\n" + ROWS + "# end\n",
                (odd, world) -> world.inspects(odd, " --comment #", "x real 0.0"));
        csv(
                "a header that starts with #",
                "read",
                "#" + numbers(","),
                (odd, world) -> world.inspects(odd, "", "x real 0.0"));
        csv(
                "no header, values that come again",
                "told, column1",
                IntStream.range(0, 60)
                        .mapToObj(i -> i + ".5,city " + i % 2 + "\n")
                        .collect(Collectors.joining()),
                (odd, world) -> world.inspects(odd, "", "column2 categorical 0.0 2"));
        csv(
                "no header, numbers alone",
                "exit 3",
                ROWS,
                (odd, world) ->
                        world.refuses("inspect --input " + odd, "must start with a line of column names", "--columns"));
        csv(
                "no header, names and numbers",
                "exit 3",
                headless(),
                (odd, world) -> world.refuses("inspect --input " + odd, "which is no name", "--header yes or no"));
        csv(
                "no header, `--columns`",
                "read",
                headless(),
                (odd, world) -> world.inspects(odd, " --columns id,at,city,v", "city categorical 0.0 7"));
        csv(
                "no header, `--header no`",
                "read",
                headless(),
                (odd, world) -> world.inspects(odd, " --header no", "column3 categorical 0.0 7"));
        csv(
                "the header again further down",
                "exit 3, line",
                "x,y\n" + ROWS + "x,y\n" + ROWS,
                (odd, world) -> world.refuses(train(odd), "the row in line 62 must be no header"));
        csv(
                "a name twice",
                "exit 3",
                numbers(",").replaceFirst("y", "X"),
                (odd, world) -> world.refuses("inspect --input " + odd, "column names must differ in more than case"));
        csv("files of several headers", "exit 3, both files", numbers(","), (odd, world) -> {
            world.write("in/a.csv", numbers(","));
            world.write("in/b.csv", numbers(",").replaceFirst("x,y", "y,x"));
            world.refuses("inspect --input in", "must have one header", "a.csv", "b.csv");
        });
    }

    private void csvNumbers() {
        csv(
                "numbers such as 007 in columns of `data.types.categorical`",
                "as they stand",
                "x,zip\n" + repeated("1.5,00501\n2.5,01234\n"),
                (odd, world) -> {
                    String options = " -D data.types.categorical=[zip]";
                    world.inspects(odd, options, "zip categorical 0.0 2", "00501, 01234");
                    world.runs("train --input " + odd + " --model model" + options + OddWorld.QUICK);
                    assertThat(world.runs("score --model model --input " + odd + " --output scores"))
                            .doesNotContain("Warning");
                });
        csv(
                "numbers as 1.234,5, `--decimal-comma`",
                "read",
                numbers(";").replace('.', ','),
                (odd, world) -> world.inspects(odd, " --decimal-comma", "x real 0.0", "-1 .. 1"));
        csv(
                "numbers as 1,234.5, `--thousands ,`",
                "read",
                "v;k\n" + styled("1,%d.5;a\n"),
                (odd, world) -> world.inspects(odd, " --thousands , --delimiter ;", "v real 0.0", "1101 .. 1160"));
        csv(
                "numbers as €5 and 5 %, `--number-signs €%`",
                "read",
                "v,k\n" + styled("€%d.5,a\n"),
                (odd, world) -> world.inspects(odd, " --number-signs €%", "v real 0.0", "100.5 .. 159.5"));
    }

    private void json() {
        json(
                "two objects in a line",
                "exit 3, line",
                "{\"x\": 1} {\"x\": 2}\n",
                (odd, world) ->
                        world.refuses(train(odd), "the row in line 61 must be one object, but goes on after it"));
        json(
                "a list of objects in a line",
                "exit 3, line",
                "[{\"x\": 1}, {\"x\": 2}]\n",
                (odd, world) -> world.refuses(train(odd), "the row in line 61 must be an object, one a line"));
        json(
                "an object over several lines",
                "exit 3, line",
                "{\"x\": 1,\n\"y\": 2}\n",
                (odd, world) -> world.refuses(train(odd), "the row in line 61"));
        json(
                "numbers in quotes",
                "read",
                "{\"x\": \"0.25\", \"y\": 1}\n",
                (odd, world) -> world.inspects(odd, "", "x real 0.0"));
        json(
                "null and absent fields",
                "missing",
                "{\"x\": null, \"y\": 1}\n{\"y\": 2}\n".repeat(30),
                (odd, world) -> world.inspects(odd, "", "x real 50.0"));
    }

    private void jsonNames() {
        json(
                "half a letter, as \\ud800",
                "exit 3, line",
                "{\"x\": 1, \"y\": 2, \"city\": \"\\ud800\"}\n",
                (odd, world) -> world.refuses(train(odd), "the row in line 61 must have whole letters"));
        json(
                "a name twice",
                "exit 3, line",
                "{\"x\": 1, \"x\": 2, \"y\": 3}\n",
                (odd, world) ->
                        world.refuses(train(odd), "the row in line 61 must have each field once, but has \"x\""));
        json("a name with a sign that does not show", "told", "", (odd, world) -> {
            world.write("hidden.json", OddWorld.numbers("JSON lines").replace("\"x\"", "\"x\u200b\""));
            assertThat(world.runs("inspect --input hidden.json")).contains("signs that do not show", "\"x\\u200b\"");
            world.model();
            world.refuses(
                    "score --model model --input hidden.json --output scores",
                    "; \"x\\u200b\" differs from \"x\" only by signs that do not show");
        });
        json(
                "names that differ in case",
                "exit 3",
                "{\"x\": 1, \"X\": 2, \"y\": 3}\n",
                (odd, world) -> world.refuses("inspect --input " + odd, "must differ in more than case", "\"X\""));
        json(
                "a comma behind the last value",
                "exit 3, line",
                "{\"x\": 1, \"y\": 2,}\n",
                (odd, world) -> world.refuses(train(odd), "the row in line 61"));
        json(
                "a number of more than a double holds",
                "exit 3",
                "{\"x\": 1e400, \"y\": 2}\n",
                (odd, world) -> world.refuses(train(odd), "Infinity"));
    }

    private interface Check {
        void run(String odd, OddWorld world) throws Exception;
    }

    private void csv(String oddity, String says, String content, Check check) {
        add("CSV", oddity, says, world -> {
            world.write("odd.csv", content);
            check.run("odd.csv", world);
        });
    }

    private void json(String oddity, String says, String more, Check check) {
        add("JSON lines", oddity, says, world -> {
            world.write("odd.json", OddWorld.numbers("JSON lines") + more);
            check.run("odd.json", world);
        });
    }

    private void add(String format, String oddity, String says, OddCell.Trial trial) {
        cells.add(new OddCell(oddity, format, says, trial));
    }

    private static String train(String odd) {
        return "train --input " + odd + " --model model" + OddWorld.QUICK;
    }

    private static String numbers(String delimiter) {
        return OddWorld.numbers("CSV").replace(",", delimiter);
    }

    private static String repeated(String rows) {
        return rows.repeat(30);
    }

    private static String styled(String row) {
        return IntStream.range(100, 160).mapToObj(row::formatted).collect(Collectors.joining());
    }

    private static String headless() {
        return IntStream.range(0, 70)
                .mapToObj(i -> "T%05d,2024-%02d-%02d 10:00:00,city %d,%s\n"
                        .formatted(i, 1 + i / 28, 1 + i % 28, i % 7, Math.sin(i)))
                .collect(Collectors.joining());
    }
}
