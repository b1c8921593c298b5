package elbow.job;

import com.github.luben.zstd.ZstdOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
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
        files.directories();
        files.several();
        files.damaged();
        files.packed();
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

    private void directories() {
        for (String format : TABLES) {
            String ending = OddWorld.ending(format);
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
