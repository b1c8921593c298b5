package elbow.data.source;

import elbow.data.listing.InputFiles;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * How much there is to read.
 *
 * @param files that have something in them
 * @param bytes of all of them
 */
public record InputSize(int files, long bytes) {
    /**
     * The size of what a request names, without a look into a file.
     *
     * @return empty for tables
     * @throws elbow.base.ElbowException of category INPUT if an input names nothing that can be read
     */
    public static Optional<InputSize> of(ReadRequest request, Configuration hadoop) {
        if (request.format().isOfTables()) {
            return Optional.empty();
        }
        InputFiles files = InputFiles.resolve(request.inputs(), hadoop);
        long bytes =
                files.listed().stream().mapToLong(InputFiles.InputFile::size).sum();
        return Optional.of(new InputSize(files.files().size(), bytes));
    }
}
