package elbow.job.use;

import elbow.base.Check;
import elbow.base.Parameter;
import elbow.files.OutputDirectory.IfExists;
import elbow.job.run.ScoreRequest.OutputFormat;

/**
 * A table to write.
 *
 * @param uri of its directory
 * @param ifExists what happens to what is already there
 */
public record TableRequest(String uri, OutputFormat format, IfExists ifExists) {
    public TableRequest {
        Check.usage(
                format.tableFormat().isEmpty(),
                Parameter.OUTPUT_FORMAT,
                "be parquet, csv or json: only scores are written to tables",
                format);
    }
}
