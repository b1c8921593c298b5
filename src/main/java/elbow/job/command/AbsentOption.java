package elbow.job.command;

import elbow.data.source.ReadRequest;
import elbow.data.source.ReadRequest.Absent;
import picocli.CommandLine.Option;

/** The option of every command that uses a model on rows, for columns that they lack. */
final class AbsentOption {
    @Option(
            names = "--absent-as-missing",
            description =
                    "Takes columns of the model that the input does not have for missing in every row. Default: they"
                            + " are an error.")
    private boolean missing;

    boolean isGiven() {
        return missing;
    }

    ReadRequest apply(ReadRequest request) {
        return request.absent(missing ? Absent.MISSING : Absent.REFUSE);
    }
}
