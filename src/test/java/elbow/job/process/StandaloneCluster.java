package elbow.job.process;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.signature.Keystores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A standalone master with workers, processes of their own on loopback, from the embedded Spark of this build. By the
 * settings that the page on clusters has, nobody joins who does not know a secret, and what goes between machines is
 * encrypted.
 */
final class StandaloneCluster implements AutoCloseable {
    /** What the master, workers and applications of this cluster must know. */
    static final String SECRET = "beans-on-toast";

    private static final Host LOOPBACK = new Host("127.0.0.1", List.of());
    private static final String KEY = "pages";
    private static final Path PAGE = Path.of("src/site/markdown/cluster.md");
    private static final Pattern SETTINGS = Pattern.compile("(?s)```text\n(spark\\.authenticate .*?)```");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /**
     * Where a process of the cluster runs.
     *
     * @param address of its servers, and of no others
     * @param within the words before a command that start it there; none: as any other command
     */
    record Host(String address, List<String> within) {}

    private final Path directory;
    private final Host master;
    private final int port = freePort();
    private final int webPort = freePort();
    private final int securePort = freePort();
    private final List<Process> processes = new ArrayList<>();
    private final Path settings;
    private final HttpClient client;

    /** @param directory takes logs, keys and work directories */
    StandaloneCluster(Path directory, int workers) throws IOException {
        // Each on an address of its own, all of them loopback: Spark tries no second copy of a task on the same host.
        this(
                directory,
                LOOPBACK,
                IntStream.rangeClosed(1, workers)
                        .mapToObj(worker -> new Host("127.0.0." + worker, List.of()))
                        .toList(),
                List.of());
    }

    /** @param waiting lines of settings that say for how long processes wait for one another */
    StandaloneCluster(Path directory, Host master, List<Host> workers, List<String> waiting) throws IOException {
        this.directory = directory;
        this.master = master;
        Keystores stores = new Keystores(directory);
        Path key = stores.key(KEY, "-ext", "san=ip:" + master.address());
        client = client(stores.trust("trust", KEY));
        settings = settings("cluster", SECRET, key);
        Files.write(settings, waiting, StandardOpenOption.APPEND);
        start(
                "master",
                master,
                securePort,
                "org.apache.spark.deploy.master.Master",
                "--port",
                "" + port,
                "--webui-port",
                "" + webPort,
                "--properties-file",
                settings.toString());
        for (int worker = 0; worker < workers.size(); worker++) {
            startWorker(worker, workers.get(worker), settings);
        }
        awaitWorkers(workers.size());
    }

    /** Settings of Spark by which an application may join: a file that its user alone can read. */
    Path settings() {
        return settings;
    }

    /** Starts a worker that knows another secret, and gives its log once the master has turned it away. */
    String strangersLog() throws IOException {
        int worker = processes.size() - 1;
        startWorker(
                worker,
                new Host("127.0.0." + (worker + 1), List.of()),
                settings("stranger", "egg-and-chips", directory.resolve(KEY + ".p12")));
        Path log = directory.resolve("worker-" + worker + ".log");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(log).contains("Failed to connect to master")) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("neither turned away nor let in: " + Files.readString(log));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        processes.get(worker + 1).destroyForcibly().onExit().join();
        return Files.readString(log);
    }

    private void startWorker(int worker, Host host, Path joining) throws IOException {
        start(
                "worker-" + worker,
                host,
                freePort(),
                "org.apache.spark.deploy.worker.Worker",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--webui-port",
                "" + freePort(),
                "--work-dir",
                directory.resolve("work-" + worker).toString(),
                "--properties-file",
                joining.toString(),
                url());
    }

    private Path settings(String name, String secret, Path key) throws IOException {
        Path file = Files.createFile(
                directory.resolve(name + ".conf"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Matcher block = SETTINGS.matcher(Files.readString(PAGE));
        assertThat(block.find()).as("settings in " + PAGE).isTrue();
        return Files.writeString(
                file,
                block.group(1)
                        .replace("THE SAME FOR ALL", secret)
                        .replace("/etc/spark/pages.p12", key.toString())
                        .replace("ITS PASSWORD", Keystores.PASSWORD));
    }

    private static HttpClient client(Path trusted) throws IOException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(KeyStore.getInstance(trusted.toFile(), Keystores.PASSWORD.toCharArray()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return HttpClient.newBuilder().sslContext(context).build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return "spark://" + master.address() + ":" + port;
    }

    /** The executors at work, each a process of its own. */
    List<ProcessHandle> executors() {
        return processes.stream()
                .flatMap(Process::descendants)
                .filter(process -> process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
                .toList();
    }

    /** Ends the master at once, as a power cut would. */
    void killMaster() {
        processes.get(0).destroyForcibly().onExit().join();
    }

    /** Ends a worker and its executors at once, as a power cut would. */
    void killWorker(int worker) {
        Process process = processes.get(worker + 1);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    /** Starts a worker again that was killed, the only one then. */
    void restartWorker(int worker) throws IOException {
        startWorker(worker, new Host("127.0.0." + (worker + 1), List.of()), settings);
        processes.set(worker + 1, processes.remove(processes.size() - 1));
        awaitWorkers(1);
    }

    @Override
    public void close() {
        executors().forEach(ProcessHandle::destroyForcibly);
        processes.forEach(Process::destroyForcibly);
    }

    private void start(String name, Host host, int securePort, String type, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(host.within());
        command.addAll(List.of(
                Path.of(System.getenv().getOrDefault("ELBOW_BUILD", "target"), "spark/bin/spark-class")
                        .toAbsolutePath()
                        .toString(),
                type));
        command.addAll(List.of("--host", host.address()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile());
        builder.environment().remove("SPARK_HOME");
        builder.environment().put("SPARK_LOCAL_IP", host.address());
        builder.environment()
                .put("SPARK_DAEMON_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Dspark.ssl.standalone.port=" + securePort);
        processes.add(builder.start());
    }

    private void awaitWorkers(int workers) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (state().contains("\"aliveworkers\" : " + workers)) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        throw new AssertionError("no " + workers + " workers within " + PATIENCE + "; see the logs in " + directory);
    }

    /** What the master says of itself, over TLS. */
    String state() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://" + master.address() + ":" + securePort + "/json/"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            // Not up yet.
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the cluster", e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
