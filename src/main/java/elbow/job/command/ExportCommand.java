package elbow.job.command;

import elbow.files.OutputDirectory.IfExists;
import elbow.job.run.Session;
import elbow.job.use.ExportRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        customSynopsis = "${PARENT-COMMAND-FULL-NAME} [spark-submit options] export --model URI --output URI [options]",
        header = "Writes a model for programs without Spark: as graphs of ONNX, and as a model of MLflow.",
        description = "%nWrites a directory: encoder.onnx, decoder.onnx, generator.onnx and, with the scores,"
                + " model.onnx, which take and give columns as tables have them; MLmodel and what it names; and"
                + " description.json, which lists what goes in and what comes out.",
        footer = {"", "Example:", "  jobs/elbow export --model models/cardio --output exported/cardio"})
public final class ExportCommand implements JobCommand {
    /** How a model can be written. */
    private enum Format {
        ONNX
    }

    @Mixin
    private FromModelOptions places = new FromModelOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "onnx",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.ONNX;

    @Option(names = "--overwrite", description = "Replaces the output directory if it exists.")
    private boolean overwrite;

    @Override
    public int run(Session session) {
        return switch (format) {
            case ONNX ->
                ExportRun.run(places.model(), places.output(), overwrite ? IfExists.REPLACE : IfExists.REFUSE, session);
        };
    }
}
