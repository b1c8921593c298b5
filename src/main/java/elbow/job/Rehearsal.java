package elbow.job;

import elbow.job.console.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs small commands one after the other in one process, so that the build can archive the classes that commands load:
 * it says so to the JVM that it starts this program in.
 */
public final class Rehearsal {
    private static final int ROWS = 200;

    private final Path directory;

    private Rehearsal(Path directory) {
        this.directory = directory;
    }

    /** Runs in a directory of its own, which is gone at the end; the exit code is that of the first failure. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("elbow-rehearsal");
        int status;
        try {
            status = new Rehearsal(directory).run();
        } finally {
            delete(directory);
        }
        System.exit(status);
    }

    private int run() throws IOException {
        String rows = Files.write(directory.resolve("rows.csv"), table()).toString();
        String model = directory.resolve("model").toString();
        String scores = directory.resolve("scores").toString();
        for (String[] command : new String[][] {
            {"train", "--input", rows, "--model", model, "--ignore", "label", "-D", "training.epochs=2"},
            {"score", "--model", model, "--input", rows, "--output", scores, "--keep", "label", "--explain", "2"},
            {"evaluate", "--model", model, "--input", rows, "--label", "label"},
            {"inspect", "--model", model}
        }) {
            int status = Main.run(console(), command);
            if (status != 0) {
                return status;
            }
        }
        return 0;
    }

    /** Numbers, a category, a time, gaps and a label. */
    private static List<String> table() {
        List<String> lines = new ArrayList<>(List.of("size,place,seen,label"));
        for (int i = 0; i < ROWS; i++) {
            String size = i % 9 == 0 ? "" : String.valueOf(Math.sin(i) + i % 3);
            lines.add("%s,%s,2026-01-%02d 10:%02d:00,%d"
                    .formatted(size, "place " + i % 3, 1 + i % 28, i % 60, i % 20 == 0 ? 1 : 0));
        }
        return lines;
    }

    // Results go nowhere; errors are for the build's log.
    private static Console console() {
        return Console.plain(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), System.err)
                .quiet();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
