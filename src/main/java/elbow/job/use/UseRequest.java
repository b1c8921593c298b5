package elbow.job.use;

import elbow.data.source.KnownColumns;
import elbow.data.source.ReadRequest;
import java.util.List;

/**
 * What every run takes that makes a table of rows by a model.
 *
 * @param model model directory
 * @param input the rows
 * @param output the table
 * @param kept columns of the input that are kept as they stand; {@value KnownColumns#EVERY}: all
 */
public record UseRequest(String model, ReadRequest input, TableRequest output, List<String> kept) {
    public UseRequest {
        kept = List.copyOf(kept);
    }
}
