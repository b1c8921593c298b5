package elbow.job.console;

import java.util.List;
import java.util.stream.Collectors;

/** Words of a command line as one text, for people to copy into a shell. */
public final class ShellWords {
    private ShellWords() {}

    /** The words parted by blanks; one that a POSIX shell would not leave as it is in single quotes. */
    public static String join(List<String> words) {
        return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[\\p{L}\\p{N}_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
