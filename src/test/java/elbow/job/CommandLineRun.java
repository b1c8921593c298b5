package elbow.job;

import elbow.SharedSpark;
import elbow.job.console.Console;
import elbow.job.run.Stop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Commands in this JVM's Spark session, with files in one directory: names after options of places are taken from it.
 */
public final class CommandLineRun {
    private static final List<String> PLACES = List.of(
            "--input",
            "--model",
            "--output",
            "--validation",
            "--quarantine",
            "--json",
            "--checkpoint",
            "--conditions-from",
            "--synthetic",
            "--holdout",
            "--report");

    private final Path directory;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    public CommandLineRun(Path directory) {
        this.directory = directory;
    }

    /** Runs words parted by blanks, then further words as they stand; returns the exit code. */
    public int run(String words, String... more) {
        err.reset();
        return run(new Stop(), err, words, more);
    }

    /** As {@link #run(String, String...)}, errors going to a stream of their own; ends when {@code stop} says so. */
    public int run(Stop stop, ByteArrayOutputStream errors, String words, String... more) {
        List<String> arguments = new ArrayList<>();
        String last = "";
        for (String word : words.split(" ", -1)) {
            arguments.add(PLACES.contains(last) ? directory.resolve(word).toString() : word);
            last = word;
        }
        arguments.addAll(List.of(more));
        out.reset();
        int code = Main.run(
                Console.plain(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(errors, true, StandardCharsets.UTF_8)),
                stop,
                arguments.toArray(String[]::new));
        SharedSpark.awaitTasks();
        return code;
    }

    public String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    public void write(String name, String content) throws IOException {
        write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    public void write(String name, byte[] content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    /** Writes 300 rows of two waves, {@code a} and {@code b}. */
    public void writeWaves(String name) throws IOException {
        write(
                name,
                IntStream.range(0, 300)
                        .mapToObj(i -> Math.sin(i) + "," + Math.cos(7 * i) + "\n")
                        .collect(Collectors.joining("", "a,b\n", "")));
    }

    /** Copies the files of a model that another run has trained. */
    public void copyModel(Path model, String name) throws IOException {
        Path copy = Files.createDirectories(directory.resolve(name));
        try (Stream<Path> files = Files.list(model)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
    }
}
