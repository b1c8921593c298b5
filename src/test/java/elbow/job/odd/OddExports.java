package elbow.job.odd;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Odd input as other programs write it: exports, files that are put together, types that Spark has not. */
final class OddExports {
    private static final List<String> TABLES = List.of("CSV", "JSON lines", "Parquet", "ORC", "Avro");
    private static final String ROWS = OddWorld.numbers("CSV");
    private static final String BARE_ROWS = ROWS.substring("x,y\n".length());
    private static final String LINES = OddWorld.numbers("JSON lines");
    private static final String XY = "round(sin(id), 3) AS x;id % 13 - 4.5D AS y";

    private final List<OddCell> cells = new ArrayList<>();

    static List<OddCell> cells() {
        OddExports exports = new OddExports();
        exports.together();
        exports.several();
        exports.csv();
        exports.json();
        exports.names();
        exports.types();
        exports.parquet();
        return exports.cells;
    }

    private void together() {
        add("a byte-order mark in the middle, as of files put together", "CSV", "exit 3, line", world -> {
            world.write("headers.csv", ROWS + "\uFEFF" + ROWS);
            world.refuses(train("headers.csv"), "the row in line 62 must not start with a byte-order mark");
            world.write("rows.csv", "\uFEFF" + ROWS + "\uFEFF" + BARE_ROWS);
            world.model();
            world.refuses("score --model model --input rows.csv --output scores", "the row in line 62 must not start");
        });
        add("a byte-order mark in the middle, as of files put together", "JSON lines", "exit 3, line", world -> {
            world.write("rows.json", LINES + "\uFEFF" + LINES);
            world.refuses(train("rows.json"), "the row in line 61 must be an object");
        });
        add("a zero byte", "CSV", "exit 3, line and byte", world -> {
            world.write("rows.csv", ROWS + "1,\0002\n");
            world.refuses(train("rows.csv"), "line 62 has 0x00");
        });
        add("a zero byte", "JSON lines", "exit 3, line and byte", world -> {
            world.write("rows.json", LINES + "\000");
            world.refuses(train("rows.json"), "line 61 has 0x00");
        });
        for (String format : List.of("CSV", "JSON lines", "LIBSVM")) {
            add("two packed files put together", format, "read", world -> {
                String all = OddWorld.numbers(format);
                int half = all.indexOf('\n', all.length() / 2) + 1;
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                for (String part : List.of(all.substring(0, half), all.substring(half))) {
                    OutputStream packed = new GZIPOutputStream(bytes);
                    packed.write(part.getBytes(StandardCharsets.UTF_8));
                    packed.close();
                }
                String name = "odd" + OddWorld.ending(format) + ".gz";
                world.write(name, bytes.toByteArray());
                OddWorld.hasLine(world.runs("inspect --input " + name), "rows", "60");
            });
        }
    }

    private void several() {
        for (String format : TABLES) {
            String ending = OddWorld.ending(format);
            boolean csv = format.equals("CSV");
            boolean json = format.equals("JSON lines");
            add("columns in another order in another file", format, csv ? "exit 3, both files" : "read", world -> {
                world.file(format, "in/a" + ending, 60, XY);
                world.file(format, "in/b" + ending, 60, "id % 13 - 4.5D AS y;round(sin(id), 3) AS x");
                if (csv) {
                    world.refuses("inspect --input in", "must have one header", "a.csv", "b.csv");
                } else {
                    world.inspects("in", "", "x real 0.0", " -1 .. 1 ");
                }
            });
            boolean alike = format.equals("Parquet") || format.equals("ORC");
            add("a name in other case in another file", format, alike ? "read" : "exit 3", world -> {
                world.file(format, "in/a" + ending, 60, XY);
                world.file(format, "in/b" + ending, 60, XY.replace("AS x", "AS X"));
                if (alike) {
                    String said = world.runs("inspect --input in");
                    assertThat(said).containsPattern("(?m)^[xX] +real +0\\.0 +59 +-1 \\.\\. 1 ");
                    OddWorld.hasLine(said, "columns", " 2");
                } else {
                    String fault = csv ? "must have one header" : "differ in more than case";
                    String other = json ? "the row in line 1 must have names of fields that differ from" : fault;
                    world.refuses("train --input in --model model" + OddWorld.QUICK, other, csv ? "b.csv" : "in");
                }
            });
            add("names of files with blanks, signs and brackets", format, "read", world -> {
                world.file(format, "in/a b%20[1]#+ü{x}" + ending, 60, XY);
                world.file(format, "in/b" + ending, 60, XY);
                OddWorld.hasLine(world.runs("inspect --input in"), "rows", "120");
                String one = world.path("in/a b%20[1]#+ü{x}" + ending).toString();
                OddWorld.hasLine(world.runs("inspect", "--input", one), "rows", " 60");
            });
            if (!json) {
                add("a file without rows among others", format, "read", world -> {
                    world.file(format, "in/a" + ending, 60, XY);
                    if (csv) {
                        world.write("in/b.csv", "x,y\n");
                    } else {
                        world.file(format, "in/b" + ending, 0, XY);
                    }
                    OddWorld.hasLine(world.runs("inspect --input in"), "rows", "60");
                });
            }
        }
    }

    private void csv() {
        csv(
                "a quote within a value that is not in quotes",
                "as it stands",
                "note,x\n" + "5\" pipe,1.5\nb,2.5\n".repeat(30),
                (odd, world) -> world.inspects(odd, "", "note categorical 0.0 2", "5\" pipe, b"));
        csv(
                "numbers as =\"00123\" (of Excel)",
                "text, told: `--number-signs`",
                "v,x\n" + "=\"00123\",1.5\n\"=\"\"00456\"\"\",2.5\n".repeat(30),
                (odd, world) -> {
                    world.inspects(odd, "", "v categorical 0.0 2", "with the option number-signs '=\"'");
                    assertThat(world.runs("inspect --input " + odd, "--number-signs", "=\""))
                            .containsPattern("v +count|v +ordinal|v +binary");
                });
        csv(
                "one column, lines without a value between others",
                "missing",
                "x\n" + "\n1.5\n  \n2.5\n0.5\n".repeat(30) + "\n\n",
                (odd, world) -> {
                    String said = world.runs("inspect --input " + odd);
                    OddWorld.hasLine(said, "x", " 40.0 3 ");
                    OddWorld.hasLine(said, "rows", " 150");
                });
        csv(
                "the end of a file as of DOS (Ctrl-Z)",
                "passed over",
                ROWS + "\u001a",
                (odd, world) -> OddWorld.hasLine(world.runs("inspect --input " + odd), "rows", " 60"));
        csv("a number of more than a double holds", "exit 3", ROWS + "1e400,2\n", (odd, world) -> {
            world.model();
            world.refuses(
                    "score --model model --input " + odd + " --output scores",
                    "column x must have a finite number",
                    "one value is Infinity");
        });
        csv("a time that clocks pass over, in a zone of `data.types.time`", "exit 3, line", "x\n", (odd, world) -> {
            world.write("when.csv", "t,y\n" + hours("2024-01-%02d %02d:30:00 Europe/Berlin,%s%n"));
            world.runs(
                    "train --input when.csv --model times" + OddWorld.QUICK,
                    "-D",
                    "data.types.time=[[t,\"yyyy-MM-dd HH:mm:ss VV\"]]");
            world.write(
                    "odd-times.csv", "t,y\n2024-03-31 03:30:00 Europe/Berlin,1\n2024-03-31 02:30:00 Europe/Berlin,2\n");
            world.refuses(
                    "score --model times --input odd-times.csv --output scores",
                    "in line 3, column t must have a time",
                    "2024-03-31 02:30:00 Europe/Berlin");
        });
        csv("a line of totals under the rows", "told; `score`: exit 3, line", ROWS + "Total,12.5\n", (odd, world) -> {
            world.inspects(odd, "", "x left out", "98.4 % of them read as numbers", "such as \"Total\"");
            world.model();
            world.refuses("score --model model --input " + odd + " --output scores", "in line 62, column x");
        });
    }

    private static String hours(String row) {
        return IntStream.range(0, 300)
                .mapToObj(i -> row.formatted(1 + i / 24, i % 24, Math.sin(i)))
                .collect(Collectors.joining());
    }

    private void json() {
        json(
                "NaN as Python writes it",
                "missing",
                "{\"x\": NaN, \"y\": 1}\n".repeat(60),
                (odd, world) -> world.inspects(odd, "", "x real 50.0"));
        json(
                "an Infinity as Python writes it",
                "exit 3",
                "{\"x\": -Infinity, \"y\": 1}\n",
                (odd, world) -> world.refuses(train(odd) + " --validation " + odd, "column x", "finite"));
        json(
                "names and texts in single quotes",
                "read",
                "{'x': 0.25, 'y': 1}\n".repeat(60),
                (odd, world) -> world.inspects(odd, "", "x real 0.0"));
        json(
                "a field twice in an object in a row",
                "exit 3, line",
                "{\"x\": 1, \"y\": 2, \"at\": {\"z\": 1, \"\\u007a\": 2}}\n",
                (odd, world) ->
                        world.refuses(train(odd), "the row in line 61 must have each field once, but has \"z\" more"));
    }

    private void names() {
        add("a name that is empty", "CSV", "read as _c1", world -> {
            world.write("odd.csv", "x,\n" + BARE_ROWS);
            world.inspects("odd.csv", "", "_c1 real 0.0");
        });
        add("a name that is empty", "JSON lines", "exit 3, line", world -> {
            world.write("odd.json", LINES + "{\"x\": 1, \"\": 2}\n");
            world.refuses(train("odd.json"), "the row in line 61 must have a name for each field, but one has none");
        });
        for (String format : List.of("Parquet", "ORC")) {
            add("a name that is empty", format, "exit 3", world -> {
                SharedSpark.session()
                        .range(60)
                        .selectExpr(XY.split(";"))
                        .toDF("x", "")
                        .write()
                        .format(format.toLowerCase(Locale.ROOT))
                        .save(world.path("odd").toString());
                boolean orc = format.equals("ORC");
                String fault = orc ? "Empty quoted field name" : "each column must have a name, but one has none";
                world.refuses("inspect --input odd", fault);
            });
        }
        for (String format : TABLES.subList(1, 4)) {
            boolean orc = format.equals("ORC");
            add("names such as a.b and `", format, orc ? "exit 3, file" : "read", world -> {
                world.table(format, "odd", 60, "round(sin(id), 3) AS `a.b`;id % 13 - 4.5D AS ````");
                if (orc) {
                    world.refuses("inspect --input odd", "ORC file", "cannot be read", "Unmatched quote");
                    return;
                }
                world.inspects("odd", "", "a.b real 0.0");
                world.inspects("odd", "", "` real 0.0");
                world.runs(train("odd"));
                world.runs("score --model model --input odd --output scores");
            });
        }
    }

    private void types() {
        for (String format : TABLES.subList(1, 5)) {
            add("nested values", format, "left out, told", world -> {
                world.table(format, "odd", 60, XY + ";named_struct('a', id, 'b', 'k') AS v;array(id, 2) AS w");
                world.inspects("odd", "", "v left out", "which is no feature type");
                world.inspects("odd", "", "w left out", "which is no feature type");
            });
            if (!format.equals("JSON lines")) {
                add("maps", format, "left out, told", world -> {
                    world.table(format, "odd", 60, XY + ";map('a', id) AS v");
                    world.inspects("odd", "", "v left out", "of type map<string,bigint>, which is no feature type");
                    world.runs(train("odd"));
                });
                add("texts as bytes, without a mark that they are texts", format, "exit 3", world -> {
                    world.table(format, "odd", 60, XY + ";cast(concat('k', id % 3) AS binary) AS v");
                    world.refuses(train("odd"), "column v must hold images", "leave it out with --ignore");
                });
            }
        }
    }

    private void parquet() {
        add("whole numbers of 64 bits without a sign", "Parquet", "left out, told", world -> {
            parquet(world, "message row { required double x; required int64 v (UINT_64); }");
            world.inspects("odd.parquet", "", "v left out 0.0", "near 1.8446744073709552E19", "doubles do not tell");
        });
        add("times in nanoseconds, as pandas writes them", "Parquet", "exit 3", world -> {
            parquet(world, "message row { required double x; required int64 v (TIMESTAMP(NANOS,true)); }");
            world.refuses("inspect --input odd.parquet", "odd.parquet", "TIMESTAMP(NANOS,true)");
        });
        add("times of day", "Parquet", "exit 3", world -> {
            parquet(world, "message row { required double x; required int64 v (TIME(MICROS,true)); }");
            world.refuses("inspect --input odd.parquet", "odd.parquet", "TIME(MICROS,true)");
        });
    }

    private static void parquet(OddWorld world, String columns) throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType(columns);
        SimpleGroupFactory rows = new SimpleGroupFactory(schema);
        org.apache.hadoop.fs.Path file =
                new org.apache.hadoop.fs.Path(world.path("odd.parquet").toUri());
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(file)
                .withConf(new Configuration())
                .withType(schema)
                .build()) {
            for (int i = 0; i < 60; i++) {
                writer.write(rows.newGroup().append("x", Math.sin(i)).append("v", -1L - i));
            }
        }
    }

    private interface Check {
        void run(String odd, OddWorld world) throws Exception;
    }

    private void csv(String oddity, String says, String content, Check check) {
        add(oddity, "CSV", says, world -> {
            world.write("odd.csv", content);
            check.run("odd.csv", world);
        });
    }

    private void json(String oddity, String says, String more, Check check) {
        add(oddity, "JSON lines", says, world -> {
            world.write("odd.json", LINES + more);
            check.run("odd.json", world);
        });
    }

    private void add(String oddity, String format, String says, OddCell.Trial trial) {
        cells.add(new OddCell(oddity, format, says, trial));
    }

    private static String train(String odd) {
        return "train --input " + odd + " --model model" + OddWorld.QUICK;
    }
}
