package elbow.job.rows;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A local disk that loses the last bytes of a table's files when they are put where they belong. */
public final class CuttingFileSystem extends RawLocalFileSystem {
    static final String SCHEME = "cutting";

    @Override
    public URI getUri() {
        return URI.create(SCHEME + ":///");
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        if (from.getName().startsWith("part-")) {
            truncate(from, getFileStatus(from).getLen() - 1);
        }
        return super.rename(from, to);
    }
}
