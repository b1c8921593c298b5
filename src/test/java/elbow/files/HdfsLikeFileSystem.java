package elbow.files;

import java.io.IOException;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A local directory with HDFS's renames: none replaces a file, and one onto a directory goes into it. */
final class HdfsLikeFileSystem extends FilterFileSystem {
    private static final Object NAMES = new Object();

    HdfsLikeFileSystem(RawLocalFileSystem local) {
        super(local);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        synchronized (NAMES) {
            if (!exists(to)) {
                return super.rename(from, to);
            }
            Path within = new Path(to, from.getName());
            return getFileStatus(to).isDirectory() && !exists(within) && super.rename(from, within);
        }
    }
}
