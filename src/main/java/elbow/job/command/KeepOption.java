package elbow.job.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option of commands whose output repeats columns of the input. */
final class KeepOption {
    @Option(
            names = "--keep",
            split = ",",
            paramLabel = "COL",
            description = "Columns of the input that the output repeats, as they stand. Default: none.")
    private List<String> kept = new ArrayList<>();

    List<String> columns() {
        return kept;
    }
}
