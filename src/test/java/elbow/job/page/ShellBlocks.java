package elbow.job.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shell commands that a Markdown page shows: in blocks marked sh or bash, and in indented ones that begin with one.
 */
public final class ShellBlocks {
    private static final Pattern FENCE = Pattern.compile("```(\\w*)\\s*");
    private static final Pattern COMMAND =
            Pattern.compile("(\\w+=\\S+ )*(jobs/|src/|\\$SPARK_HOME/|mvn |mkdir |cp |pip |jupyter |python|spark-).*");

    private ShellBlocks() {}

    /** Each command on one line, without comments, in the page's order. */
    public static List<String> commands(String page) {
        List<String> commands = new ArrayList<>();
        List<String> block = new ArrayList<>();
        boolean fenced = false;
        boolean shell = false;
        boolean blank = true;
        for (String line : page.lines().toList()) {
            Matcher fence = FENCE.matcher(line);
            if (fence.matches()) {
                fenced = !fenced;
                shell = fenced && fence.group(1).matches("sh|bash|shell");
                block = closed(block, commands);
            } else if (fenced ? shell : line.startsWith("    ") && (blank || !block.isEmpty())) {
                block.add(fenced ? line : line.substring(4));
            } else if (!fenced) {
                block = closed(block, commands);
                blank = line.isBlank();
            }
        }
        closed(block, commands);
        return commands;
    }

    private static List<String> closed(List<String> block, List<String> commands) {
        if (!block.isEmpty() && COMMAND.matcher(block.get(0)).matches()) {
            for (String line :
                    String.join("\n", block).replaceAll("\\\\\n\\s*", "").split("\n", -1)) {
                String command = line.replaceFirst("(^|\\s)#.*", "").strip();
                if (!command.isEmpty()) {
                    commands.add(command);
                }
            }
        }
        return new ArrayList<>();
    }
}
