package elbow.job.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.launcher.JavaModuleOptions;
import org.jspecify.annotations.Nullable;

/** {@link MiniHadoop} as a process, and what its containers have left. */
final class YarnCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path directory;
    private final Process process;
    private final FileSystem files;

    /** What a container was started with, and what it printed. */
    record Container(Path directory, String script, String out, String err) {
        boolean isExecutor() {
            return script.contains("YarnCoarseGrainedExecutorBackend");
        }

        /** The number of the application and its container, as YARN has it. */
        String application() {
            return directory.getName(directory.getNameCount() - 2).toString();
        }
    }

    /** @param directory takes all that the cluster writes */
    YarnCluster(Path directory) throws Exception {
        this.directory = directory;
        // On whatever address this machine's name has elsewhere, the cluster listens on loopback alone.
        Path hosts = Files.writeString(
                directory.resolve("hosts"),
                "127.0.0.1 localhost " + InetAddress.getLocalHost().getHostName() + "\n");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split("\\s+")));
        command.addAll(List.of("-Xmx768m", "-XX:TieredStopAtLevel=1", "-Djdk.net.hosts.file=" + hosts));
        Path classes = Path.of(MiniHadoop.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String classPath = Stream.of(List.of(classes), SparkHomes.miniHadoop(), SparkHomes.embedded())
                .flatMap(List::stream)
                .map(Path::toString)
                .collect(Collectors.joining(":"));
        command.addAll(List.of("-cp", classPath, MiniHadoop.class.getName(), directory.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        process = builder.start();
        awaitConfiguration();
        Configuration configuration = new Configuration(false);
        configuration.addResource(
                new org.apache.hadoop.fs.Path(conf().resolve("core-site.xml").toUri()));
        files = FileSystem.newInstance(URI.create(configuration.get(FileSystem.FS_DEFAULT_NAME_KEY)), configuration);
    }

    private void awaitConfiguration() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.isDirectory(conf())) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new AssertionError("no cluster: " + Files.readString(directory.resolve("log")));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    /** For HADOOP_CONF_DIR. */
    Path conf() {
        return directory.resolve("conf");
    }

    /** The cluster's HDFS. */
    FileSystem files() {
        return files;
    }

    /** Does something while no process of the cluster answers. */
    void whileFrozen(Runnable work) throws Exception {
        signal("STOP");
        try {
            work.run();
        } finally {
            signal("CONT");
        }
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("no signal could be sent");
        }
    }

    /** All containers that there were, which have ended. */
    List<Container> containers() throws IOException {
        Scripts scripts = new Scripts();
        Files.walkFileTree(directory, scripts);
        List<Container> containers = new ArrayList<>();
        for (Path script : scripts.found) {
            containers.add(new Container(
                    Objects.requireNonNull(script.getParent()),
                    Files.readString(script),
                    text(script.resolveSibling("stdout")),
                    text(script.resolveSibling("stderr"))));
        }
        return containers;
    }

    /** The scripts that containers were started by, beside what they printed; YARN deletes other files meanwhile. */
    private static final class Scripts extends SimpleFileVisitor<Path> {
        private final SortedSet<Path> found = new TreeSet<>();

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.endsWith("launch_container.sh") && Files.exists(file.resolveSibling("stderr"))) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            return unlessGone(failure);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path place, @Nullable IOException failure) throws IOException {
            return failure == null ? FileVisitResult.CONTINUE : unlessGone(failure);
        }

        private static FileVisitResult unlessGone(IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        if (files != null) {
            files.close();
        }
        process.getOutputStream().close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().onExit().join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
