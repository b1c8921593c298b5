package elbow.job.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of every command that can set bad rows aside. */
final class QuarantineOption {
    @Option(
            names = "--quarantine",
            paramLabel = "URI",
            description =
                    "Directory to write bad rows to, as Parquet with reason and source file. Default: a bad row ends"
                            + " the run.")
    private @Nullable String uri;

    Optional<String> uri() {
        return Optional.ofNullable(uri);
    }
}
