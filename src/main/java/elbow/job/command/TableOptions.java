package elbow.job.command;

import elbow.files.OutputDirectory.IfExists;
import elbow.job.run.ScoreRequest.OutputFormat;
import elbow.job.use.TableRequest;
import picocli.CommandLine.Option;

/** The options of commands that write a table which a model makes. */
final class TableOptions {
    @Option(names = "--model", required = true, paramLabel = "URI", description = "Directory of the model.")
    private String model = "";

    @Option(names = "--output", required = true, paramLabel = "URI", description = "Directory to write to.")
    private String output = "";

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            defaultValue = "parquet",
            description = "One of parquet, csv, json. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.PARQUET;

    @Option(names = "--overwrite", description = "Replaces the output directory if it exists.")
    private boolean overwrite;

    String model() {
        return model;
    }

    TableRequest request() {
        return new TableRequest(output, format, overwrite ? IfExists.REPLACE : IfExists.REFUSE);
    }
}
