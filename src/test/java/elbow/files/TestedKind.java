package elbow.files;

import elbow.base.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Each kind of file system, with a local directory that keeps what it promises and no more. */
enum TestedKind {
    LOCAL_DISK,
    RENAMING,
    OBJECT_STORE;

    // Reading its files takes longer than all that the tests do.
    private static final Configuration HADOOP = new Configuration();

    FileSystemKind kind() {
        return switch (this) {
            case LOCAL_DISK -> new LocalDisk();
            case RENAMING -> new RenamingFileSystem();
            case OBJECT_STORE -> new ObjectStore();
        };
    }

    /** As the page of faults names it. */
    String words() {
        return switch (this) {
            case LOCAL_DISK -> "local";
            case RENAMING -> "rename";
            case OBJECT_STORE -> "object store";
        };
    }

    FileSystem files() {
        RawLocalFileSystem local = new RawLocalFileSystem();
        try {
            local.initialize(URI.create("file:///"), HADOOP);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return switch (this) {
            case LOCAL_DISK -> local;
            case RENAMING -> new HdfsLikeFileSystem(local);
            case OBJECT_STORE -> new StoreLikeFileSystem(local);
        };
    }

    Place place(Path path) {
        return place(path, files());
    }

    static Place place(Path path, FileSystem files) {
        return new Place(new Parameter("batch.output"), files, new org.apache.hadoop.fs.Path("file:" + path));
    }
}
