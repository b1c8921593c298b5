package elbow.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.function.IntPredicate;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** Counts the steps that change something, and fails at some of them; a failing write has written half. */
final class FailingFileSystem extends FilterFileSystem {
    private final IntPredicate fails;
    private int step;
    private boolean failed;

    private FailingFileSystem(FileSystem files, IntPredicate fails) {
        super(files);
        this.fails = fails;
    }

    /** One that does nothing from a step on, as if the process had ended there. */
    static FailingFileSystem endingAt(int step, FileSystem files) {
        return new FailingFileSystem(files, current -> current >= step);
    }

    /** One on which a single step fails. */
    static FailingFileSystem failingAt(int step, FileSystem files) {
        return new FailingFileSystem(files, current -> current == step);
    }

    /** Whether a step has failed. */
    boolean hasFailed() {
        return failed;
    }

    private boolean nextFails() {
        boolean next = fails.test(step++);
        failed |= next;
        return next;
    }

    private void step(String what) throws IOException {
        if (nextFails()) {
            throw new IOException("no more: " + what);
        }
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
        step("create " + path);
        return new FSDataOutputStream(
                new Output(fs.create(path, permission, overwrite, bufferSize, replication, blockSize, progress)), null);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        step("rename " + from);
        return super.rename(from, to);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        step("delete " + path);
        return super.delete(path, recursive);
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        step("mkdirs " + path);
        return super.mkdirs(path);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        // A process that has ended sees nothing either.
        if (failed && fails.test(step)) {
            throw new IOException("no more: look at " + path);
        }
        return super.getFileStatus(path);
    }

    private final class Output extends FilterOutputStream implements Abortable, StreamCapabilities {
        private final FSDataOutputStream target;

        Output(FSDataOutputStream target) {
            super(target);
            this.target = target;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (nextFails()) {
                target.write(bytes, offset, length / 2);
                throw new IOException("no more: write");
            }
            target.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            step("close");
            target.close();
        }

        @Override
        public AbortableResult abort() {
            return target.abort();
        }

        @Override
        public boolean hasCapability(String capability) {
            return target.hasCapability(capability);
        }
    }
}
