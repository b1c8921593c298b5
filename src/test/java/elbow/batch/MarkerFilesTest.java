package elbow.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MarkerFilesTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void aNameIsCreatedOnceAndKeepsItsContent(MarkerFiles.Way way) throws IOException {
        MarkerFiles files = files(way);

        assertThat(files.create("a.json", "first")).isTrue();
        assertThat(files.create("a.json", "second")).isFalse();

        assertThat(files.read("a.json")).contains("first");
        assertThat(files.names()).containsExactly("a.json");
        assertThat(BatchWorld.files(directory.resolve("markers"))).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void replacingPutsTheNewContentInPlace(MarkerFiles.Way way) throws IOException {
        MarkerFiles files = files(way);
        files.replace("metrics.prom", "old");
        files.replace("metrics.prom", "new");

        assertThat(files.read("metrics.prom")).contains("new");
        assertThat(BatchWorld.files(directory.resolve("markers"))).hasSize(1);
    }

    @Test
    void ofManyWritersAtOnceExactlyOneCreatesTheFile() throws Exception {
        int writers = 8;
        int rounds = 50;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        CyclicBarrier start = new CyclicBarrier(writers);
        try {
            for (int round = 0; round < rounds; round++) {
                String name = round + ".json";
                List<Callable<Boolean>> tasks = IntStream.range(0, writers)
                        .<Callable<Boolean>>mapToObj(writer -> () -> {
                            start.await();
                            return files(MarkerFiles.Way.LINK).create(name, "writer " + writer);
                        })
                        .toList();
                int winners = 0;
                for (Future<Boolean> task : threads.invokeAll(tasks)) {
                    winners += task.get() ? 1 : 0;
                }
                assertThat(winners).isEqualTo(1);
                assertThat(files(MarkerFiles.Way.LINK).read(name).orElseThrow()).startsWith("writer ");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatAWriterLeftBehindIsNoMarkerAndGoesWhenItIsOld() throws IOException {
        MarkerFiles files = files(MarkerFiles.Way.LINK);
        files.create("a.json", "a");
        Files.writeString(directory.resolve("markers/.tmp-left"), "half");

        assertThat(files.names()).containsExactly("a.json");
        files.deleteTemporaries(Instant.EPOCH);
        assertThat(directory.resolve("markers/.tmp-left")).exists();
        files.deleteTemporaries(Instant.now().plusSeconds(60));
        assertThat(directory.resolve("markers/.tmp-left")).doesNotExist();
        assertThat(files.names()).containsExactly("a.json");
    }

    @Test
    void aDirectoryThatIsNotThereHasNoNames() throws IOException {
        assertThat(files(MarkerFiles.Way.LINK).names()).isEmpty();
        assertThat(files(MarkerFiles.Way.LINK).read("a.json")).isEmpty();
    }

    private MarkerFiles files(MarkerFiles.Way way) throws IOException {
        FileSystem local = FileSystem.get(URI.create("file:///"), new Configuration());
        return new MarkerFiles(
                local,
                new org.apache.hadoop.fs.Path(directory.resolve("markers").toUri()),
                way);
    }
}
