package elbow.base;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * The name of what this process does, by which the traces that it leaves are joined: it is in every line of its log, in
 * the manifest of a model that it trains, in entries of a batch's ledger, in metrics and in the files of
 * {@code --json}.
 *
 * <p>The launcher gives it, for it names the log file by it: {@code train-20261130-072033-4711}. Where nobody does, it
 * is made of the time at which it was first asked for and the number of the process.
 */
public final class RunId {
    /** The system property that holds it, which a scheduler may set to a name of its own. */
    public static final String PROPERTY = "elbow.run";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private RunId() {}

    /**
     * The id of this process, which stays.
     *
     * @throws ElbowException of category USAGE if the property holds anything but 1 to 100 letters, digits, points,
     *     hyphens and underscores
     */
    public static synchronized String ofProcess() {
        String given = System.getProperty(PROPERTY, "");
        if (given.isEmpty()) {
            String made = "run-" + TIME.format(LocalDateTime.now(ZoneId.systemDefault())) + "-"
                    + ProcessHandle.current().pid();
            // From where the log takes it.
            System.setProperty(PROPERTY, made);
            return made;
        }
        return required(given);
    }

    static String required(String given) {
        Check.usage(
                NAME.matcher(given).matches(),
                PROPERTY,
                "be 1 to 100 letters, digits, points, hyphens and underscores, the first a letter or digit",
                given);
        return given;
    }
}
