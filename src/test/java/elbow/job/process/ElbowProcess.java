package elbow.job.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A command line started as users start it, a process of its own; what it prints goes to files beside its logs. */
public final class ElbowProcess implements AutoCloseable {
    public static final Path HOME = Path.of("").toAbsolutePath();
    public static final String LAUNCHER = HOME.resolve("jobs/elbow").toString();

    private static final int SECONDS = 240;

    private final Path directory;
    private final List<String> command;
    private final Process process;

    /** What a process that has ended leaves. */
    public record Result(int status, String out, String err) {}

    private ElbowProcess(Path directory, List<String> command, Process process) {
        this.directory = directory;
        this.command = command;
        this.process = process;
    }

    /** Starts {@code command} in {@code directory}, without SPARK_HOME unless the environment has it. */
    public static ElbowProcess start(Path directory, Map<String, String> environment, String... command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().remove("SPARK_HOME");
        builder.environment().put("ELBOW_LOG_DIR", directory.resolve("logs").toString());
        // Most of what a short run computes is the best code for a long one.
        builder.environment().put("SPARK_SUBMIT_OPTS", "-XX:TieredStopAtLevel=1");
        builder.environment().putAll(environment);
        return new ElbowProcess(directory, List.of(command), builder.start());
    }

    /** Starts a command and waits for its end. */
    public static Result run(Path directory, Map<String, String> environment, String... command) throws Exception {
        try (ElbowProcess process = start(directory, environment, command)) {
            return process.await();
        }
    }

    public Result await() throws Exception {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("no end after " + SECONDS + " s: " + String.join(" ", command) + "\n" + err());
        }
        return new Result(process.exitValue(), read("out"), err());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until the process has printed {@code text} on standard error. */
    public void awaitError(String text) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!err().contains(text)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("never printed \"" + text + "\", but: " + err());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    /** Sends a signal, such as INT, as a terminal or a scheduler does. */
    public void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("no signal could be sent");
        }
    }

    /** Ends the process and its children at once, as a power cut would. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private String err() throws IOException {
        return read("err");
    }

    private String read(String file) throws IOException {
        return Files.readString(directory.resolve(file), StandardCharsets.UTF_8);
    }
}
