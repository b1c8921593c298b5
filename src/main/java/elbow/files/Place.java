package elbow.files;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.failure.StorageFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * A path with the file system that it is on.
 *
 * @param parameter what names it to the user, for messages
 * @param files the file system; never the checksumming local one, which leaves a hidden {@code .crc} file beside each
 *     file that it writes: given that one, a place has the plain local one
 * @param path of {@link #of}: absolute, with scheme and authority
 */
public record Place(Parameter parameter, FileSystem files, Path path) {
    public Place {
        files = files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
    }

    /**
     * The place that a user named.
     *
     * @param option name of the parameter or key that names it, for messages: "model"
     * @throws ElbowException of {@code category} if {@code uri} is no path of a known file system
     */
    public static Place of(String option, String uri, ErrorCategory category, Configuration hadoop) {
        Parameter parameter = new Parameter(option);
        try {
            Path path = new Path(uri);
            FileSystem files = path.getFileSystem(hadoop);
            return new Place(parameter, files, files.makeQualified(path));
        } catch (IllegalArgumentException | IOException e) {
            throw unknown(parameter, uri, category, e);
        } catch (RuntimeException e) {
            // Hadoop knows the scheme, but the library behind it is not on the class path.
            throw e.getCause() instanceof ClassNotFoundException missing
                    ? unknown(parameter, uri, category, missing)
                    : e;
        }
    }

    /** The place of that name, or of that relative path, in this directory. */
    public Place child(String name) {
        return new Place(parameter, files, new Path(path, name));
    }

    /**
     * The directory that this place is in.
     *
     * @throws ElbowException of category USAGE if it is in none
     */
    public Place parent() {
        if (path.getParent() == null) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            parameter,
                            " must name something within a file system, but " + path
                                    + " is its root; name something in it"));
        }
        return new Place(parameter, files, path.getParent());
    }

    /** The place of that name in the same directory; fails as {@link #parent} does. */
    public Place sibling(String name) {
        return parent().child(name);
    }

    /** Whether anything is there. */
    public boolean exists() {
        try {
            return files.exists(path);
        } catch (IOException e) {
            throw unseen(e);
        }
    }

    /** Whether a file is there. */
    public boolean isFile() {
        try {
            return files.getFileStatus(path).isFile();
        } catch (FileNotFoundException e) {
            return false;
        } catch (IOException e) {
            throw unseen(e);
        }
    }

    /** What is in this directory, in no order; nothing if it does not exist. */
    public List<FileStatus> list() {
        try {
            return List.of(files.listStatus(path));
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw unseen(e);
        }
    }

    /**
     * All bytes of this file.
     *
     * @throws FileNotFoundException if there is none
     */
    public byte[] read() throws IOException {
        try (FSDataInputStream input = files.open(path)) {
            return input.readAllBytes();
        }
    }

    /**
     * All bytes of this file, which someone else may have put there.
     *
     * @param most how many it may have: more are not read
     * @throws FileNotFoundException if there is none
     * @throws UnfitFileException if it is no regular file (a pipe or a device may never end), or larger
     */
    public byte[] read(long most) throws IOException {
        FileStatus status = files.getFileStatus(path);
        boolean regular = files instanceof RawLocalFileSystem local
                ? local.pathToFile(path).isFile()
                : status.isFile();
        if (!regular) {
            throw new UnfitFileException(path + " must be a regular file, but is not");
        }
        requireAtMost(status.getLen(), most);
        try (FSDataInputStream input = files.open(path)) {
            byte[] bytes = input.readNBytes((int) Math.min(Integer.MAX_VALUE, most + 1));
            requireAtMost(bytes.length, most);
            return bytes;
        }
    }

    private void requireAtMost(long length, long most) throws UnfitFileException {
        if (length > most) {
            throw new UnfitFileException(path + " must have at most " + most + " bytes, but has " + length);
        }
    }

    /**
     * Requires that something can be written to this directory, or to the nearest one that is there: now, and not after
     * hours of work. By trying, for what a file system says of its permissions is not always so; leaves nothing.
     *
     * @param what the parameter must name, for the message: "a directory that can be made"
     * @throws ElbowException of category USAGE if it cannot; of category PLATFORM if it cannot now
     */
    public void requireWritable(String what) {
        Path nearest = path;
        try {
            while (nearest.getParent() != null && !files.exists(nearest)) {
                nearest = nearest.getParent();
            }
            Path probe = new Path(nearest, "." + path.getName() + ".try-" + UUID.randomUUID());
            if (!files.mkdirs(probe)) {
                throw new IOException("the file system refused to make a directory");
            }
            files.delete(probe, true);
        } catch (IOException e) {
            if (StorageFailure.mayPass(e)) {
                throw StorageFailure.of("write to " + nearest, e);
            }
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            parameter,
                            " must name " + what + ", but nothing can be written to " + nearest + ": ",
                            Message.firstLine(e)),
                    e);
        }
    }

    /**
     * Requires that a file can be written here, over one that is here: now, and not after hours of work. Leaves
     * nothing.
     *
     * @throws ElbowException of category USAGE if it cannot
     */
    public void requireWritableFile() {
        if (!exists()) {
            parent().requireWritable("a file that can be written");
        } else if (isDirectory()) {
            throw unfit(" is a directory");
        } else if (files instanceof RawLocalFileSystem local
                && !local.pathToFile(path).canWrite()) {
            throw unfit(" may not be written");
        }
    }

    private boolean isDirectory() {
        try {
            return files.getFileStatus(path).isDirectory();
        } catch (FileNotFoundException e) {
            return false;
        } catch (IOException e) {
            throw unseen(e);
        }
    }

    private ElbowException unfit(String found) {
        return new ElbowException(
                ErrorCategory.USAGE,
                Message.of(parameter, " must name a file that can be written, but " + path + found));
    }

    /** Removes what is there, if anything, a directory with all that is in it. */
    public void delete() {
        try {
            files.delete(path, true);
        } catch (IOException e) {
            throw StorageFailure.of("remove " + path, e);
        }
    }

    /** The path. */
    @Override
    public String toString() {
        return path.toString();
    }

    private ElbowException unseen(IOException e) {
        return StorageFailure.of("look at " + path, e);
    }

    private static ElbowException unknown(Parameter parameter, String uri, ErrorCategory category, Exception fault) {
        return new ElbowException(
                category,
                Message.of(
                        parameter,
                        " must be a path or URI of a known file system, but is \"" + uri + "\": ",
                        Message.firstLine(fault)),
                fault);
    }
}
