package elbow.files;

import elbow.files.FileContents.IfTaken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;

/**
 * A store of objects: a file shows when it is closed, a directory is no more than a prefix of names, and renaming
 * copies. So a directory counts as whole by its marker, which is the last to come and the first to go.
 */
record ObjectStore() implements FileSystemKind {
    // The place for put-if-absent, where the store has it. Until then another writer may come between looking and
    // closing: of two that create the same name at the same moment, both may learn that they did.
    @Override
    public boolean create(Place target, byte[] content) throws IOException {
        try {
            FileContents.put(target, output -> output.write(content), IfTaken.FAIL);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    @Override
    public void replace(Place target, byte[] content) throws IOException {
        FileContents.put(target, output -> output.write(content), IfTaken.OVERWRITE);
    }

    @Override
    public void write(Place target, StagedDirectory.Content content) throws IOException {
        FileContents.put(target, content, IfTaken.FAIL);
    }

    @Override
    public void moveIn(Place from, Place to, String marker) throws IOException {
        Deque<String> names = namesBut(marker, from);
        if (from.files().exists(from.child(marker).path())) {
            names.addLast(marker);
        }
        move(names, from, to);
    }

    @Override
    public void moveOut(Place from, Place to, String marker) throws IOException {
        Deque<String> names = namesBut(marker, from);
        if (from.files().exists(from.child(marker).path())) {
            names.addFirst(marker);
        }
        move(names, from, to);
    }

    private static Deque<String> namesBut(String marker, Place directory) throws IOException {
        Deque<String> names = new ArrayDeque<>();
        for (FileStatus status : directory.files().listStatus(directory.path())) {
            String name = status.getPath().getName();
            if (!name.equals(marker)) {
                names.add(name);
            }
        }
        return names;
    }

    private static void move(Iterable<String> names, Place from, Place to) throws IOException {
        if (to.files().exists(to.path())) {
            throw new FileAlreadyExistsException(to + " is there already");
        }
        to.files().mkdirs(to.path());
        List<String> moved = new ArrayList<>();
        try {
            for (String name : names) {
                FileContents.rename(from.child(name), to.child(name));
                moved.add(0, name);
            }
            from.files().delete(from.path(), true);
        } catch (IOException e) {
            moveBack(moved, from, to, e);
            throw e;
        }
    }

    // What was moved last goes back first: a marker is never without the rest.
    private static void moveBack(List<String> moved, Place from, Place to, IOException failure) {
        try {
            for (String name : moved) {
                FileContents.rename(to.child(name), from.child(name));
            }
            to.files().delete(to.path(), false);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
