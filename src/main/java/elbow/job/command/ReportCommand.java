package elbow.job.command;

import elbow.job.compare.CompareRequest;
import elbow.job.compare.CompareRun;
import elbow.job.run.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "report",
        customSynopsis =
                "${PARENT-COMMAND-FULL-NAME} [spark-submit options] report --compare A B --input URI... --output FILE [options]",
        header = "Compares two models on the same rows.",
        description =
                "%nScores each row with both models, and writes a page: by how much B describes the rows better than"
                        + " A, how far their anomaly scores agree, which columns each explains better, and the rows that one of"
                        + " them flags and the other does not.",
        footer = {
            "",
            "Example:",
            "  jobs/elbow report --compare models/cardio models/tuned --input data/anomaly/cardio.csv.gz --output"
                    + " scores/compared.html"
        })
public final class ReportCommand implements JobCommand {
    @Option(
            names = "--compare",
            required = true,
            arity = "2",
            paramLabel = "URI",
            description = "Directories of two models: A, and B, which is measured against it.")
    private List<String> compared = new ArrayList<>();

    @Mixin
    private RowOptions options = new RowOptions();

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description = "File to write the report to, HTML; one that exists is replaced.")
    private String output = "";

    @Option(
            names = "--keep",
            split = ",",
            paramLabel = "COL",
            description =
                    "Columns of the input by which the report shows rows, as they stand; '*': all. Default: the file"
                            + " or the number of an image, and the first six columns that both model.")
    private List<String> kept = new ArrayList<>();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public int run(Session session) {
        if (compared.size() != 2) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--compare must name two models, but names " + compared.size() + ": "
                            + String.join(", ", compared));
        }
        return CompareRun.run(
                new CompareRequest(
                        compared.get(0),
                        compared.get(1),
                        options.input(session),
                        output,
                        options.samples(),
                        kept,
                        options.quarantine(),
                        options.json()),
                session);
    }
}
