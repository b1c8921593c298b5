package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A small table of all types, and a model of it. */
abstract class UsedTable {
    static final int ROWS = 400;

    private static @Nullable Path trained;

    @TempDir
    Path directory = Path.of("");

    CommandLineRun elbow = new CommandLineRun(directory);

    /** The directory of the rows and the model; trained once in a JVM, and nothing may change it. */
    static synchronized Path shared() {
        if (trained == null) {
            try {
                SharedSpark.session();
                Path shared = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "used-model")
                        .toAbsolutePath();
                Files.write(shared.resolve("rows.csv"), table());
                TestModels.train(
                        shared.resolve("rows.csv"),
                        shared.resolve("model"),
                        "--ignore",
                        "id",
                        "-D",
                        "training.epochs=30",
                        "-D",
                        "data.types.categorical=town");
                trained = shared;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return trained;
    }

    @BeforeEach
    void link() throws IOException {
        elbow = new CommandLineRun(directory);
        Files.createSymbolicLink(directory.resolve("model"), shared().resolve("model"));
        Files.createSymbolicLink(directory.resolve("rows.csv"), shared().resolve("rows.csv"));
    }

    // Weight goes with size, calls and town with member; every tenth weight and every twelfth town is missing.
    static List<String> table() {
        Random random = new Random(4);
        List<String> lines = new ArrayList<>(List.of("id,size,weight,calls,member,town,day,level"));
        for (int i = 0; i < ROWS; i++) {
            double size = 10 + 3 * random.nextGaussian();
            boolean member = random.nextInt(3) == 0;
            String weight = i % 10 == 3 ? "" : String.format("%.3f", 2 * size + 0.2 * random.nextGaussian());
            String town = i % 12 == 5 ? "?" : member ? "York" : random.nextInt(4) == 0 ? "Bath" : "Leeds";
            int calls = (member ? 40 : 2) + random.nextInt(5);
            String day = java.time.LocalDate.of(2023, 1, 2)
                    .plusDays(random.nextInt(600))
                    .toString();
            lines.add(Stream.of(i, String.format("%.2f", size), weight, calls, member, town, day, 1 + random.nextInt(5))
                    .map(String::valueOf)
                    .collect(Collectors.joining(",")));
        }
        return lines;
    }

    final Dataset<Row> read(String name) {
        return SharedSpark.session().read().parquet(directory.resolve(name).toString());
    }

    final void done(String words, String... more) {
        assertThat(elbow.run(words, more)).as(elbow.errors()).isZero();
    }
}
