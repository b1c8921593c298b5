package elbow.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** A local directory with an object store's habits: a file shows when it is closed, a directory moves file by file. */
final class StoreLikeFileSystem extends FilterFileSystem {
    StoreLikeFileSystem(RawLocalFileSystem local) {
        super(local);
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        if (!overwrite && exists(path)) {
            throw new FileAlreadyExistsException(path + " exists");
        }
        OutputStream shown = new Upload(() -> fs.create(path, true));
        return new FSDataOutputStream(shown, null);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        if (exists(to) || !exists(to.getParent())) {
            return false;
        }
        if (getFileStatus(from).isFile()) {
            return super.rename(from, to);
        }
        mkdirs(to);
        for (FileStatus child : listStatus(from)) {
            rename(child.getPath(), new Path(to, child.getPath().getName()));
        }
        return delete(from, true);
    }

    private interface Opening {
        OutputStream open() throws IOException;
    }

    private static final class Upload extends ByteArrayOutputStream implements Abortable, StreamCapabilities {
        private final Opening target;
        private boolean over;

        Upload(Opening target) {
            this.target = target;
        }

        @Override
        public void close() throws IOException {
            if (!over) {
                over = true;
                try (OutputStream output = target.open()) {
                    writeTo(output);
                }
            }
        }

        @Override
        public AbortableResult abort() {
            boolean before = over;
            over = true;
            return new AbortableResult() {
                @Override
                public boolean alreadyClosed() {
                    return before;
                }

                @Override
                public IOException anyCleanupException() {
                    return new IOException("nothing to clean");
                }
            };
        }

        @Override
        public boolean hasCapability(String capability) {
            return capability.equals(ABORTABLE_STREAM);
        }
    }
}
