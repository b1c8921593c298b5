package elbow.job.use;

import elbow.base.Check;
import elbow.base.Parameter;
import elbow.files.OutputDirectory.IfExists;
import elbow.job.run.CsvFormulas;
import elbow.job.run.ScoreRequest.OutputFormat;

/**
 * A table to write.
 *
 * @param uri of its directory
 * @param formulas what happens to texts in CSV that are formulas to a spreadsheet
 * @param ifExists what happens to what is already there
 */
public record TableRequest(String uri, OutputFormat format, CsvFormulas formulas, IfExists ifExists) {
    public TableRequest {
        Check.usage(
                format.tableFormat().isEmpty(),
                Parameter.OUTPUT_FORMAT,
                "be parquet, csv or json: only scores are written to tables",
                format);
        formulas.requireOf(format);
    }
}
