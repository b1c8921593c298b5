package elbow.job.command;

import elbow.files.OutputDirectory.IfExists;
import elbow.job.run.CsvFormulas;
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

    @Mixin
    private Formulas formulas = new Formulas();

    @Option(names = "--overwrite", description = "Replaces the output directory if it exists.")
    private boolean overwrite;

    String model() {
        return places.model();
    }

    TableRequest request() {
        return new TableRequest(
                places.output(), format, formulas.choice(), overwrite ? IfExists.REPLACE : IfExists.REFUSE);
    }

    /** The option of all commands that may write CSV. */
    static final class Formulas {
        @Option(
                names = "--csv-formulas",
                paramLabel = "WHAT",
                defaultValue = "keep",
                description =
                        "What happens to texts in CSV output that begin with =, +, - or @, which spreadsheets run as"
                                + " formulas: keep leaves them as they are, guard puts an apostrophe before them. Default: keep.")
        private CsvFormulas choice = CsvFormulas.KEEP;

        CsvFormulas choice() {
            return choice;
        }
    }
}
