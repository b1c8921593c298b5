package elbow.job.run;

import elbow.files.OutputDirectory;
import elbow.job.console.Console;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** What runs that were killed have left beside what they were to write. */
public final class UnfinishedOutputs {
    private UnfinishedOutputs() {}

    /** Names them to the user, if there are any. */
    public static void warn(OutputDirectory output, Console console) {
        List<Path> unfinished = output.unfinished();
        if (!unfinished.isEmpty()) {
            console.note("Written for " + output.path() + " by runs that ended early, or go on, and of no use once they"
                    + " have ended: " + unfinished.stream().map(Path::toString).collect(Collectors.joining(", ")));
        }
    }
}
