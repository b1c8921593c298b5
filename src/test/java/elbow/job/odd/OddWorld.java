package elbow.job.odd;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.job.CommandLineRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A directory for one trial, the commands in it, and files of every format to try them on. */
final class OddWorld {
    static final String QUICK = " -D training.epochs=1 -D training.replicas=1 -D scoring.samples=1 -D report.images=1";

    private static final Map<String, String> SOURCES = Map.of(
            "CSV", "csv",
            "JSON lines", "json",
            "Parquet", "parquet",
            "ORC", "orc",
            "Avro", "avro",
            "LIBSVM", "libsvm");

    private final Path directory;
    private final Path trained;
    private final CommandLineRun command;

    /**
     * @param directory for the trial
     * @param trained where a model is kept that several trials use
     */
    OddWorld(Path directory, Path trained) {
        this.directory = directory;
        this.trained = trained;
        command = new CommandLineRun(directory);
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /** The directory of what several trials use. */
    OddWorld shared() {
        return new OddWorld(trained, trained);
    }

    /** Rows of SQL over {@code range(rows)}, whose column is {@code id}, as a directory of one file. */
    void table(String format, String name, int rows, String columns) {
        Dataset<Row> table =
                SharedSpark.session().range(rows).selectExpr(columns.split(";")).coalesce(1);
        table.write()
                .option("header", true)
                .format(SOURCES.get(format))
                .save(path(name).toString());
    }

    /** The file of a table's directory, under a name. */
    void file(String format, String name, int rows, String columns) throws IOException {
        String former = name + ".dir";
        table(format, former, rows, columns);
        try (var files = Files.list(path(former))) {
            Path part = files.filter(file -> file.getFileName().toString().startsWith("part"))
                    .findFirst()
                    .orElseThrow();
            Files.createDirectories(path(name).getParent());
            Files.move(part, path(name));
        }
    }

    /** How names of files of a format end. */
    static String ending(String format) {
        return "." + SOURCES.get(format);
    }

    void write(String name, String content) throws IOException {
        command.write(name, content);
    }

    void write(String name, byte[] content) throws IOException {
        command.write(name, content);
    }

    /** Plain text of 60 rows with the numbers x and y: CSV, JSON lines or LIBSVM. */
    static String numbers(String format) {
        String rows = IntStream.range(0, 60).mapToObj(i -> row(format, i)).collect(Collectors.joining());
        return format.equals("CSV") ? "x,y\n" + rows : rows;
    }

    private static String row(String format, int i) {
        double x = Math.round(1000 * Math.sin(i)) / 1000.0;
        double y = i % 13 - 4.5;
        return switch (format) {
            case "CSV" -> x + "," + y + "\n";
            case "JSON lines" -> "{\"x\": " + x + ", \"y\": " + y + "}\n";
            default -> i % 2 + " 1:" + x + " 2:" + y + "\n";
        };
    }

    interface Packer {
        OutputStream pack(OutputStream stream) throws IOException;
    }

    void packed(String name, String content, Packer packer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream stream = packer.pack(bytes)) {
            stream.write(content.getBytes(StandardCharsets.UTF_8));
        }
        write(name, bytes.toByteArray());
    }

    /** Puts the model {@code model} of plain rows of x and y here; it is trained once. */
    void model() throws IOException {
        if (!Files.exists(trained.resolve("model"))) {
            OddWorld usual = new OddWorld(trained, trained);
            usual.write("usual.csv", numbers("CSV"));
            usual.runs("train --input usual.csv --model model" + QUICK);
        }
        try (var files = Files.list(trained.resolve("model"))) {
            for (Path file : files.toList()) {
                write("model/" + file.getFileName(), Files.readAllBytes(file));
            }
        }
    }

    /** A command that ends well. */
    String runs(String words, String... more) {
        assertThat(command.run(words, more)).as(command.errors()).isZero();
        return command.output() + command.errors();
    }

    /** A command that refuses its input, with a line that has these parts. */
    void refuses(String words, String... parts) {
        int status = command.run(words);
        assertThat(command.errors()).contains(parts).doesNotContain("unexpected");
        assertThat(status).isEqualTo(3);
    }

    /** A command that is used wrongly. */
    void isMisused(String words, String... parts) {
        int status = command.run(words);
        assertThat(command.errors()).contains(parts);
        assertThat(status).isEqualTo(2);
    }

    /** {@code inspect} has a line on a column that starts so, blanks apart, and goes on with these parts. */
    void inspects(String input, String options, String start, String... parts) {
        hasLine(runs("inspect --input " + input + options), start, parts);
    }

    /** What {@code inspect} says of a table of 300 rows that several trials look at; it is run once. */
    String inspected(String format, String columns) throws IOException {
        OddWorld usual = shared();
        Path said = usual.path("inspected-" + format.replace(' ', '-') + ".txt");
        if (!Files.exists(said)) {
            String name = "values-" + format.replace(' ', '-');
            usual.table(format, name, 300, columns);
            Files.writeString(said, usual.runs("inspect --input " + name));
        }
        return Files.readString(said);
    }

    static void hasLine(String output, String start, String... parts) {
        List<String> lines = output.lines()
                .map(line -> line.replaceAll(" +", " "))
                .filter(line -> line.startsWith(start + " "))
                .toList();
        assertThat(lines).as(output).hasSize(1);
        assertThat(List.of(parts)).allSatisfy(part -> assertThat(lines.get(0)).contains(part));
    }

    /** The lines of an output in CSV, but for headers. */
    List<String> lines(String name) throws IOException {
        List<String> lines = new ArrayList<>();
        try (var files = Files.list(path(name))) {
            for (Path file :
                    files.filter(part -> part.toString().endsWith(".csv")).toList()) {
                lines.addAll(Files.readAllLines(file).stream().skip(1).toList());
            }
        }
        return lines;
    }

    /** The rows of an output. */
    List<Row> scores(String name) {
        return SharedSpark.session().read().parquet(path(name).toString()).collectAsList();
    }
}
