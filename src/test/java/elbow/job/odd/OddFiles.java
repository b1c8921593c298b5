package elbow.job.odd;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Odd files and directories. */
final class OddFiles {
    private static final String XY = "round(sin(id), 3) AS x;id % 13 - 4.5D AS y";
    private static final List<String> TABLES = List.of("CSV", "JSON lines", "Parquet", "ORC", "Avro");
    private static final List<String> TEXTS = List.of("CSV", "JSON lines", "LIBSVM");

    private final List<OddCell> cells = new ArrayList<>();

    static List<OddCell> cells() {
        OddFiles files = new OddFiles();
        files.names();
        files.repeated();
        files.directories();
        files.several();
        files.damaged();
        files.packed();
        files.foreign();
        files.encoded();
        return files.cells;
    }

    private void names() {
        for (String format : TABLES) {
            boolean own = format.equals("CSV") || format.equals("JSON lines");
            add("a file that is named and starts with `_`", format, own ? "read" : "exit 3", world -> {
                String name = "_odd" + OddWorld.ending(format);
                world.file(format, name, 60, XY);
                if (own) {
                    world.inspects(name, "", "x real 0.0");
                } else {
                    world.refuses("inspect --input " + name, "starts with neither _ nor .", "rename it");
                }
            });
            add("a file name with a colon", format, "exit 3", world -> {
                String name = "in/12:30" + OddWorld.ending(format);
                world.file(format, name, 60, XY);
                world.refuses("inspect --input in", "12:30", "must have a name without a colon");
            });
        }
    }

    private void repeated() {
        for (String format : TABLES) {
            String ending = OddWorld.ending(format);
            add("a file that is named twice", format, "told, read once", world -> {
                world.file(format, "in/a" + ending, 60, XY);
                String said = world.runs("inspect --input in --input in/a" + ending);
                assertThat(said).contains("Named more than once, read once: ", "in/a" + ending);
            });
            add("a file under two names, by a link", format, "exit 3", world -> {
                world.file(format, "in/a" + ending, 60, XY);
                Files.createSymbolicLink(world.path("in/latest" + ending), Path.of("a" + ending));
                world.refuses("inspect --input in", "in/a" + ending, "in/latest" + ending, "are one (by a link)");
            });
            add("a link to nothing", format, "exit 3", world -> {
                world.file(format, "in/a" + ending, 60, XY);
                Files.createSymbolicLink(world.path("in/b" + ending), Path.of("nowhere"));
                world.refuses("inspect --input in", "in/b" + ending, "is a link to nowhere");
            });
            add("a file of 0 bytes among others", format, "told", world -> {
                world.file(format, "in/a" + ending, 60, XY);
                Files.createFile(world.path("in/b" + ending));
                assertThat(world.runs("inspect --input in")).contains("Files of 0 bytes", "in/b" + ending);
            });
            add("files whose names end otherwise among others", format, "told, read", world -> {
                world.file(format, "in/a" + ending, 60, XY);
                Files.copy(world.path("in/a" + ending), world.path("in/a.bak"));
                String said = world.runs("inspect --input in");
                assertThat(said).contains("Files of several endings, all read as ", "1 of .bak", "1 of " + ending);
            });
            add("an option of CSV files", format, format.equals("CSV") ? "heeded" : "told", world -> {
                world.file(format, "a" + ending, 60, XY);
                String said = world.runs("inspect --header yes --input a" + ending);
                if (format.equals("CSV")) {
                    assertThat(said).doesNotContain("no effect");
                } else {
                    assertThat(said).contains("--header has no effect: the input is " + format);
                }
            });
        }
    }

    private void directories() {
        for (String format : TABLES) {
            String ending = OddWorld.ending(format);
            add("directories such as at=07:13 and at=1001-01", format, "text", world -> {
                world.file(format, "in/at=07%3A13/p" + ending, 60, XY);
                world.file(format, "in/at=1001-01/p" + ending, 60, XY);
                world.inspects("in", "", "at categorical 0.0 2", "07:13, 1001-01");
            });
            add("directories such as part=007, kept", format, "as it stands", world -> {
                world.file(format, "in/part=007/p" + ending, 6, XY);
                world.model();
                world.runs("score --model model --input in --output scores --output-format csv --keep part");
                assertThat(world.lines("scores")).hasSize(6).allMatch(line -> line.startsWith("007,"));
            });
            add("a column both in a directory's name and in the files", format, "exit 3", world -> {
                world.file(format, "in/y=8/p" + ending, 60, XY);
                world.refuses(
                        "inspect --input in", "column \"y\" must be in the files or in the names", "but is in both");
            });
            add("directories NAME=VALUE of several depths", format, "exit 3", world -> {
                world.file(format, "in/s=1/t=1/p" + ending, 60, XY);
                world.file(format, "in/s=2/p" + ending, 60, XY);
                world.refuses("inspect --input in", "s=1/t=1/p", "s=2/p", "directories NAME=VALUE of the same names");
            });
            add("files beside directories NAME=VALUE", format, "exit 3", world -> {
                world.file(format, "in/s=1/p" + ending, 60, XY);
                world.file(format, "in/p" + ending, 60, XY);
                world.refuses("inspect --input in", "lies in none", "s=1/p");
            });
            add("directories NAME=VALUE", format, "a column", world -> {
                world.file(format, "in/s=a/p" + ending, 60, XY);
                world.file(format, "in/s=b/p" + ending, 60, XY);
                world.inspects("in", "", "s categorical 0.0 2");
            });
        }
    }

    private void several() {
        for (String format : TABLES) {
            boolean header = format.equals("CSV");
            add("a column that only later files have", format, header ? "exit 3" : "missing before", world -> {
                world.file(format, "in/a" + OddWorld.ending(format), 60, XY);
                world.file(format, "in/b" + OddWorld.ending(format), 60, XY + ";round(cos(id), 3) AS z");
                if (header) {
                    world.refuses("inspect --input in", "must have one header", "a.csv", "b.csv");
                } else {
                    world.inspects("in", "", "z real 50.0");
                }
            });
            add("whole numbers of two widths", format, "read", world -> {
                world.file(format, "in/a" + OddWorld.ending(format), 60, "cast(id % 37 AS int) AS x;sin(id) AS y");
                world.file(format, "in/b" + OddWorld.ending(format), 60, "id % 37 AS x;sin(id) AS y");
                world.inspects("in", "", "x count 0.0 37");
            });
            boolean text = header || format.equals("JSON lines");
            add("a column of numbers here, of words there", format, text ? "text" : "exit 3", world -> {
                world.file(format, "in/a" + OddWorld.ending(format), 60, "sin(id) AS x;id % 13 AS y");
                world.file(format, "in/b" + OddWorld.ending(format), 60, "concat('k', id % 3) AS x;id % 13 AS y");
                if (text) {
                    world.inspects("in", "", "x categorical 0.0 63", "50.0 % of them read as numbers");
                } else {
                    world.refuses("inspect --input in", "column \"x\" must have one type in all files", "/a.", "/b.");
                }
            });
        }
    }

    private void damaged() {
        for (String format : List.of("Parquet", "ORC", "Avro")) {
            add("a file that is cut off", format, "exit 3", world -> {
                String name = "cut" + OddWorld.ending(format);
                world.file(format, name, 500, XY);
                byte[] whole = Files.readAllBytes(world.path(name));
                world.write(name, Arrays.copyOf(whole, whole.length / 2));
                world.refuses("train --input " + name + " --model model" + OddWorld.QUICK, name);
            });
        }
        add("a file that is cut off within its last block", "Avro", "exit 3", world -> {
            world.file("Avro", "cut.avro", 20_000, XY);
            byte[] whole = Files.readAllBytes(world.path("cut.avro"));
            world.write("cut.avro", Arrays.copyOf(whole, whole.length - 100));
            world.model();
            world.refuses("score --model model --input cut.avro --output scores", "cut.avro", "is cut off");
            world.refuses("train --input cut.avro --model model2" + OddWorld.QUICK, "cut.avro", "is cut off");
        });
        add("rows that are spoiled in the middle", "Parquet", "exit 3", world -> {
            world.file("Parquet", "a.parquet", 500, XY);
            byte[] content = Files.readAllBytes(world.path("a.parquet"));
            Arrays.fill(content, 4, 200, (byte) 0xff);
            world.write("a.parquet", content);
            world.model();
            world.refuses("score --model model --input a.parquet --output scores", "a.parquet", "cannot be read");
        });
        for (String format : TEXTS) {
            String name = "cut" + OddWorld.ending(format) + ".gz";
            add("a file that is cut off", format, "exit 3 (packed)", world -> {
                world.packed(name, OddWorld.numbers(format).repeat(20), GZIPOutputStream::new);
                byte[] whole = Files.readAllBytes(world.path(name));
                world.write(name, Arrays.copyOf(whole, whole.length - 12));
                world.refuses("inspect --input " + name, name);
            });
            add("something else behind what is packed", format, "exit 3", world -> {
                world.packed(name, OddWorld.numbers(format), GZIPOutputStream::new);
                byte[] whole = Files.readAllBytes(world.path(name));
                byte[] longer = Arrays.copyOf(whole, whole.length + 9);
                Arrays.fill(longer, whole.length, longer.length, (byte) 'x');
                world.write(name, longer);
                world.refuses("inspect --input " + name, name);
            });
        }
    }

    private void packed() {
        for (String format : TEXTS) {
            boolean spark = format.equals("LIBSVM");
            String column = spark ? "features[0] real 0.0" : "x real 0.0";
            String odd = "odd" + OddWorld.ending(format);
            add("packed by bzip2", format, "read", world -> {
                world.packed(odd + ".bz2", OddWorld.numbers(format), BZip2CompressorOutputStream::new);
                world.inspects(odd + ".bz2", "", column);
            });
            add("packed by zstd", format, spark ? "exit 3" : "read", world -> {
                world.packed(odd + ".zst", OddWorld.numbers(format), ZstdOutputStream::new);
                if (spark) {
                    world.refuses("inspect --input " + odd + ".zst", "must be packed as .gz or .bz2");
                } else {
                    world.inspects(odd + ".zst", "", column);
                }
            });
            add("a name that ends with .GZ", format, spark ? "exit 3" : "read", world -> {
                world.packed(odd + ".GZ", OddWorld.numbers(format), GZIPOutputStream::new);
                if (spark) {
                    world.refuses("inspect --input " + odd + ".GZ", "in small letters", "rename it");
                } else {
                    world.inspects(odd + ".GZ", "", column);
                }
            });
            add("packed, and the name does not say so", format, "exit 3", world -> {
                world.packed(odd, OddWorld.numbers(format), GZIPOutputStream::new);
                world.refuses("inspect --input " + odd, "must be gzip exactly if its name ends with .gz, but is gzip");
            });
        }
    }

    private void foreign() {
        for (String format : TEXTS) {
            String odd = "odd" + OddWorld.ending(format);
            if (!format.equals("LIBSVM")) {
                add("an archive (ZIP, Excel's too)", format, "exit 3, told", world -> {
                    world.packed(odd, OddWorld.numbers(format), stream -> {
                        ZipOutputStream zip = new ZipOutputStream(stream);
                        zip.putNextEntry(new ZipEntry("a"));
                        return zip;
                    });
                    world.refuses("inspect --input " + odd, odd, "is a ZIP archive");
                });
                add("packed twice", format, "exit 3, told", world -> {
                    world.packed(
                            odd + ".gz",
                            OddWorld.numbers(format),
                            stream -> new GZIPOutputStream(new GZIPOutputStream(stream)));
                    world.refuses("inspect --input " + odd + ".gz", odd, "is packed again inside");
                });
            }
            add("packed by xz, and named so", format, "exit 3, told", world -> {
                world.write(odd + ".xz", HexFormat.of().parseHex("fd377a585a000004e6d6b446"));
                world.refuses("inspect --input " + odd + ".xz", odd, "is packed by xz: unpack it");
            });
        }
    }

    private void encoded() {
        for (String format : List.of("CSV", "JSON lines")) {
            boolean csv = format.equals("CSV");
            String odd = "odd" + OddWorld.ending(format);
            String cities = csv
                    ? "city,x\n" + "Mäl,1.5\nMål,2.5\n".repeat(40)
                    : "{\"city\": \"Mäl\", \"x\": 1.5}\n{\"city\": \"Mål\", \"x\": 2.5}\n".repeat(40);
            add("bytes that are no UTF-8", format, "exit 3, line and byte", world -> {
                world.write(odd, cities.getBytes(StandardCharsets.ISO_8859_1));
                world.refuses("inspect --input " + odd, csv ? "line 2 has 0xE4" : "line 1 has 0xE4", "--encoding");
            });
            add("bytes that are no UTF-8, `--encoding latin1`", format, "read", world -> {
                world.write(odd, cities.getBytes(StandardCharsets.ISO_8859_1));
                world.inspects(odd, " --encoding latin1", "city categorical 0.0 2", "Mäl, Mål");
            });
            add("UTF-16", format, "exit 3", world -> {
                world.write(odd, cities.getBytes(StandardCharsets.UTF_16LE));
                world.refuses("inspect --input " + odd + " --format " + (csv ? "csv" : "json"), "--encoding");
            });
            add("a byte-order mark of UTF-8", format, "read", world -> {
                world.write(odd, "\uFEFF" + cities);
                world.inspects(odd, "", "city categorical 0.0 2");
            });
        }
    }

    private void add(String oddity, String format, String says, OddCell.Trial trial) {
        cells.add(new OddCell(oddity, format, says, trial));
    }
}
