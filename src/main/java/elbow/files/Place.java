package elbow.files;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.table.InputErrors;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A path with the file system that it is on.
 *
 * @param files the file system
 * @param path absolute, with scheme and authority
 */
public record Place(FileSystem files, Path path) {
    /**
     * The place that a user named.
     *
     * @param option name of the parameter or key that names it, for messages: "model"
     * @throws ElbowException of {@code category} if {@code uri} is no path of a known file system
     */
    public static Place of(String option, String uri, ErrorCategory category, Configuration hadoop) {
        try {
            Path path = new Path(uri);
            FileSystem files = path.getFileSystem(hadoop);
            return new Place(files, files.makeQualified(path));
        } catch (IllegalArgumentException | IOException e) {
            throw unknown(option, uri, category, e);
        } catch (RuntimeException e) {
            // Hadoop knows the scheme, but the library behind it is not on the class path.
            throw e.getCause() instanceof ClassNotFoundException missing ? unknown(option, uri, category, missing) : e;
        }
    }

    private static ElbowException unknown(String option, String uri, ErrorCategory category, Exception fault) {
        return new ElbowException(
                category,
                Message.of(
                        new Parameter(option),
                        " must be a path or URI of a known file system, but is \"" + uri + "\": ",
                        InputErrors.firstLine(fault)),
                fault);
    }
}
