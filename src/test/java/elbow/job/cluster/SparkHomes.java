package elbow.job.cluster;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the build has put aside for tests on YARN, in {@code target/clusters}. */
final class SparkHomes {
    private static final Path BUILD =
            Path.of(System.getenv().getOrDefault("ELBOW_BUILD", "target")).toAbsolutePath();
    private static final Path CLUSTERS = BUILD.resolve("clusters");

    private SparkHomes() {}

    /** The jars of the embedded Spark, which has no cluster manager but its own. */
    static List<Path> embedded() throws IOException {
        return jars(BUILD.resolve("spark/jars"));
    }

    /** Hadoop's YARN and HDFS, and what they need beside the jars of Spark, for a process of their own. */
    static List<Path> miniHadoop() throws IOException {
        return jars(CLUSTERS).stream().filter(SparkHomes::isOfMiniHadoop).toList();
    }

    /**
     * Makes a Spark home that knows YARN, as a distribution of Spark does; skips the test where the build has none of
     * what that needs, as by a profile for another version of Spark.
     */
    static Path distribution() throws IOException {
        assumeThat(CLUSTERS).as("YARN, by mvn pre-integration-test").isDirectory();
        Path home = lasting(Files.createTempDirectory(CLUSTERS, "spark-"));
        Path jars = lasting(Files.createDirectory(home.resolve("jars")));
        for (Path jar : embedded()) {
            link(jars.resolve(jar.getFileName()), jar);
        }
        for (Path jar : jars(CLUSTERS)) {
            if (!isOfMiniHadoop(jar) && Files.notExists(jars.resolve(jar.getFileName()))) {
                link(jars.resolve(jar.getFileName()), jar);
            }
        }
        link(home.resolve("bin"), BUILD.resolve("spark/bin"));
        lasting(Files.createDirectory(home.resolve("conf")));
        return home;
    }

    private static void link(Path link, Path target) throws IOException {
        lasting(Files.createSymbolicLink(link, target));
    }

    // As long as this JVM: what comes last is deleted first.
    private static Path lasting(Path file) {
        file.toFile().deleteOnExit();
        return file;
    }

    private static boolean isOfMiniHadoop(Path jar) {
        return jar.getFileName().toString().matches("(hadoop-client-minicluster|junit|hamcrest|bcp)[a-z0-9]*-.*");
    }

    private static List<Path> jars(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
