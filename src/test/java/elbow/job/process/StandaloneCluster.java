package elbow.job.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A standalone master with workers, processes of their own on loopback, from the embedded Spark of this build. */
final class StandaloneCluster implements AutoCloseable {
    private static final String MASTER_HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path directory;
    private final int port = freePort();
    private final int webPort = freePort();
    private final List<Process> processes = new ArrayList<>();

    /** @param directory takes logs and work directories */
    StandaloneCluster(Path directory, int workers) throws IOException {
        this.directory = directory;
        start(
                "master",
                MASTER_HOST,
                "org.apache.spark.deploy.master.Master",
                "--port",
                "" + port,
                "--webui-port",
                "" + webPort);
        for (int worker = 0; worker < workers; worker++) {
            // Each on an address of its own, all of them loopback: Spark tries no second copy of a task on the
            // same host.
            start(
                    "worker-" + worker,
                    "127.0.0." + (worker + 1),
                    "org.apache.spark.deploy.worker.Worker",
                    "--cores",
                    "1",
                    "--memory",
                    "1g",
                    "--webui-port",
                    "" + freePort(),
                    "--work-dir",
                    directory.resolve("work-" + worker).toString(),
                    url());
        }
        awaitWorkers(workers);
    }

    String url() {
        return "spark://" + MASTER_HOST + ":" + port;
    }

    /** The executors at work, each a process of its own. */
    List<ProcessHandle> executors() {
        return processes.stream()
                .flatMap(Process::descendants)
                .filter(process -> process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
                .toList();
    }

    @Override
    public void close() {
        executors().forEach(ProcessHandle::destroyForcibly);
        processes.forEach(Process::destroyForcibly);
    }

    private void start(String name, String host, String type, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getenv().getOrDefault("ELBOW_BUILD", "target"), "spark/bin/spark-class")
                        .toAbsolutePath()
                        .toString(),
                type));
        command.addAll(List.of("--host", host));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile());
        builder.environment().remove("SPARK_HOME");
        builder.environment().put("SPARK_DAEMON_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
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

    private String state() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + MASTER_HOST + ":" + webPort + "/json/"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
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
