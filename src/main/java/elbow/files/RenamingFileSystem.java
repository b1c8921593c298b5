package elbow.files;

import java.io.IOException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;

/** HDFS and its like: a rename is atomic, and never replaces a file. */
record RenamingFileSystem() implements FileSystemKind {
    @Override
    public boolean create(Place target, byte[] content) throws IOException {
        FileSystem files = target.files();
        if (files.exists(target.path())) {
            return false;
        }
        Place temporary = FileContents.temporary(target, content);
        boolean created = false;
        try {
            created = files.rename(temporary.path(), target.path());
            if (!created && !files.exists(target.path())) {
                throw FileContents.refused(temporary.path(), target.path());
            }
            return created;
        } finally {
            if (!created) {
                FileContents.discard(temporary);
            }
        }
    }

    @Override
    public void replace(Place target, byte[] content) throws IOException {
        Place temporary = FileContents.temporary(target, content);
        boolean removed = false;
        try {
            // For a moment there is no file, which a reader takes for one that is not there yet.
            removed = target.files().delete(target.path(), false);
            FileContents.rename(temporary, target);
        } catch (IOException e) {
            // Once the old file is gone, the temporary one is all that is left.
            if (!removed) {
                FileContents.discard(temporary);
            }
            throw e;
        }
    }

    @Override
    public void write(Place target, StagedDirectory.Content content) throws IOException {
        FileContents.writeThrough(target, content);
    }

    @Override
    public void moveIn(Place from, Place to, String marker) throws IOException {
        FileContents.rename(from, to);
        // Where a directory has come meanwhile, a rename replaces nothing, but moves this one into that one.
        Place nested = to.child(from.path().getName());
        if (to.files().exists(nested.path())) {
            FileContents.rename(nested, from);
            throw new FileAlreadyExistsException(to + " is there already");
        }
    }

    @Override
    public void moveOut(Place from, Place to, String marker) throws IOException {
        FileContents.rename(from, to);
    }
}
