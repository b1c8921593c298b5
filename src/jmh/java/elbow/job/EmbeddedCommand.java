package elbow.job;

import elbow.job.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A command of the command line in this process, on the Spark session that is there: what a user gets, measured. */
public final class EmbeddedCommand {
    private EmbeddedCommand() {}

    /**
     * Runs a command.
     *
     * @return what it printed as its result
     * @throws IllegalStateException with what it wrote to standard error, if its exit code is not 0
     */
    public static String run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                Console.plain(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                arguments);
        if (code != 0) {
            throw new IllegalStateException("elbow " + String.join(" ", arguments) + " must end with 0, but ended with "
                    + code + ":\n" + err.toString(StandardCharsets.UTF_8));
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
