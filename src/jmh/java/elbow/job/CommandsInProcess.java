package elbow.job;

import elbow.job.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.NullMarked;

/** Commands that are run one after another in this process, for benchmarks. */
@NullMarked
public final class CommandsInProcess {
    private CommandsInProcess() {}

    /**
     * Runs a command, which must end well.
     *
     * @return what it printed on standard output
     * @throws IOException if it ends with another exit code than 0, with its last line
     */
    public static String run(String... arguments) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                Console.plain(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                arguments);
        if (code != 0) {
            String last = err.toString(StandardCharsets.UTF_8).lines().reduce("", (former, line) -> line);
            throw new IOException(arguments[0] + " must end with 0, but ended with " + code + ": " + last);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
