package elbow.files;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The disks of this machine. A hard link fails if its name is taken, and the system's rename is atomic; Hadoop's copies
 * where the system's fails, so that this goes past it.
 */
record LocalDisk() implements FileSystemKind {
    @Override
    public boolean create(Place target, byte[] content) throws IOException {
        Place temporary = FileContents.temporary(target, content);
        try {
            Files.createLink(local(target), local(temporary));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            FileContents.discard(temporary);
        }
    }

    @Override
    public void replace(Place target, byte[] content) throws IOException {
        Place temporary = FileContents.temporary(target, content);
        try {
            Files.move(
                    local(temporary),
                    local(target),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            FileContents.discard(temporary);
            throw e;
        }
    }

    @Override
    public void write(Place target, StagedDirectory.Content content) throws IOException {
        FileContents.writeThrough(target, content);
    }

    @Override
    public void moveIn(Place from, Place to, String marker) throws IOException {
        Files.move(local(from), local(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void moveOut(Place from, Place to, String marker) throws IOException {
        moveIn(from, to, marker);
    }

    private static Path local(Place place) {
        return new File(place.path().toUri().getPath()).toPath();
    }
}
