package elbow.job.command;

import elbow.files.OutputDirectory.IfExists;
import elbow.job.run.ScoreRequest.OutputFormat;
import elbow.job.use.TableRequest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that write a table which a model makes. */
final class TableOptions {
    @Mixin
    private FromModelOptions places = new FromModelOptions();

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            defaultValue = "parquet",
            description = "One of parquet, csv, json. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.PARQUET;

    @Option(names = "--overwrite", description = "Replaces the output directory if it exists.")
    private boolean overwrite;

    String model() {
        return places.model();
    }

    TableRequest request() {
        return new TableRequest(places.output(), format, overwrite ? IfExists.REPLACE : IfExists.REFUSE);
    }
}
