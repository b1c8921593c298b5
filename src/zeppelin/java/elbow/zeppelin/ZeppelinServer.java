package elbow.zeppelin;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Zeppelin on loopback, from its start to its end, spoken to by its REST interface. */
final class ZeppelinServer implements AutoCloseable {
    private static final Duration MOST_START = Duration.ofMinutes(3);
    private static final Duration MOST_NOTE = Duration.ofMinutes(10);
    private static final int END_SECONDS = 30;

    private final Process process;
    private final String address;
    private final HttpClient client = HttpClient.newHttpClient();
    private final double startSeconds;

    private ZeppelinServer(Process process, int port) throws InterruptedException, IOException {
        this.process = process;
        this.address = "http://127.0.0.1:" + port + "/api";
        long start = System.nanoTime();
        await(start + MOST_START.toNanos());
        startSeconds = (System.nanoTime() - start) / 1e9;
    }

    /**
     * Starts one, and returns when it answers.
     *
     * @param home what src/zeppelin/pom.xml puts together
     */
    static ZeppelinServer start(Path home) throws IOException, InterruptedException {
        int port = freePort();
        Path work = Files.createDirectories(home.resolve("run"));
        // An empty web application for each of the two that Maven Central does not have.
        Path web = Files.createDirectories(work.resolve("web"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.net=ALL-UNNAMED"));
        setting(command, "zeppelin.home", home);
        setting(command, "zeppelin.server.addr", "127.0.0.1");
        setting(command, "zeppelin.server.port", port);
        setting(command, "zeppelin.war", web);
        setting(command, "zeppelin.angular.war", web);
        setting(command, "zeppelin.war.tempdir", work.resolve("war"));
        setting(command, "zeppelin.notebook.storage", "org.apache.zeppelin.notebook.repo.VFSNotebookRepo");
        setting(command, "zeppelin.notebook.dir", Files.createDirectories(work.resolve("notes")));
        setting(command, "zeppelin.conf.dir", Files.createDirectories(home.resolve("conf")));
        setting(command, "zeppelin.interpreter.include", "spark");
        setting(command, "zeppelin.interpreter.dir", home.resolve("interpreter"));
        setting(command, "zeppelin.interpreter.remoterunner", home.resolve("bin/interpreter.sh"));
        setting(command, "zeppelin.interpreter.connect.timeout", 180_000);
        setting(command, "zeppelin.interpreter.output.limit", 4_000_000);
        setting(command, "zeppelin.search.enable", "false");
        command.addAll(List.of(
                "-cp",
                home.resolve("conf") + ":" + home.resolve("lib") + "/*",
                "org.apache.zeppelin.server.ZeppelinServer"));
        Path log = Files.createDirectories(home.resolve("logs")).resolve("server.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("ZEPPELIN_HOME", home.toString());
        builder.environment().put("ZEPPELIN_LOG_DIR", home.resolve("logs").toString());
        // Without a name the server ends with its standard input.
        builder.environment().put("ZEPPELIN_IDENT_STRING", "notebooks");
        Process process = builder.start();
        // Also where this run is stopped.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
        try {
            return new ZeppelinServer(process, port);
        } catch (IOException | InterruptedException | RuntimeException e) {
            end(process);
            throw e;
        }
    }

    private static void setting(List<String> command, String key, Object value) {
        command.add("-D" + key + "=" + value);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void await(long until) throws InterruptedException, IOException {
        while (System.nanoTime() < until) {
            if (!process.isAlive()) {
                throw new IOException("Zeppelin ended with exit code " + process.exitValue() + ", see its log");
            }
            try {
                if (get("/version").statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            process.waitFor(500, TimeUnit.MILLISECONDS);
        }
        throw new IOException("Zeppelin must answer within " + MOST_START.toSeconds() + " s, but does not");
    }

    double startSeconds() {
        return startSeconds;
    }

    /** Runs all paragraphs of a note, one after the other, and returns them with their results. */
    JsonArray run(String note) throws IOException, InterruptedException {
        String id = body(post("/notebook/import", note)).get("body").getAsString();
        // The status of each paragraph says what became of it.
        post("/notebook/job/" + id + "?blocking=true", "");
        return body(get("/notebook/" + id)).getAsJsonObject("body").getAsJsonArray("paragraphs");
    }

    private static JsonObject body(HttpResponse<String> response) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException(
                    "Zeppelin must answer with 200, but does with " + response.statusCode() + ": " + response.body());
        }
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address + path)).GET());
    }

    private HttpResponse<String> post(String path, String text) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(text)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(MOST_NOTE).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        end(process);
    }

    /** Ends the server, which ends its interpreters, and what is left of them after a while. */
    private static void end(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }
}
