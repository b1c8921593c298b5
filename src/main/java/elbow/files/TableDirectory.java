package elbow.files;

import elbow.failure.StorageFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.AccessControlException;

/**
 * A directory that a table format keeps: which of its files are rows of the table, its log says alone. Others are there
 * as well, of rows that were deleted, replaced or never committed; and what the log does not know, a cleaning of the
 * table removes.
 *
 * @param path of the directory
 * @param kind of the table
 */
public record TableDirectory(Path path, Kind kind) {
    /** Iceberg keeps its data files in this directory of a table. */
    private static final String DATA = "data";

    /** The formats whose directories are known. */
    public enum Kind {
        /** Delta Lake (M. Armbrust et al. Delta Lake: High-performance ACID table storage. VLDB 2020). */
        DELTA("a Delta table", "_delta_log"),
        /** Apache Iceberg. */
        ICEBERG("an Iceberg table", "metadata"),
        /** Apache Hudi. */
        HUDI("a Hudi table", ".hoodie");

        private final String words;
        private final String log;

        Kind(String words, String log) {
            this.words = words;
            this.log = log;
        }

        /** For messages: "a Delta table". */
        public String words() {
            return words;
        }
    }

    /**
     * Whether a directory is a table by one of its entries; of Iceberg its directory of metadata is not looked into.
     */
    public static Optional<Kind> byEntry(FileStatus entry) {
        String name = entry.getPath().getName();
        for (Kind kind : Kind.values()) {
            if (kind != Kind.ICEBERG && entry.isDirectory() && name.equals(kind.log)) {
                return Optional.of(kind);
            }
        }
        // Of the metadata directory itself.
        boolean metadata = entry.isFile()
                && name.endsWith(".metadata.json")
                && entry.getPath().getParent().getName().equals(Kind.ICEBERG.log);
        return metadata ? Optional.of(Kind.ICEBERG) : Optional.empty();
    }

    /**
     * The table that a directory is.
     *
     * @throws elbow.base.ElbowException as {@link StorageFailure} says if it cannot be looked at
     */
    public static Optional<TableDirectory> at(FileSystem files, Path directory) {
        for (Kind kind : Kind.values()) {
            if (isTable(files, new Path(directory, kind.log), kind)) {
                return Optional.of(new TableDirectory(directory, kind));
            }
        }
        return Optional.empty();
    }

    /** The table that a place is, or lies in. */
    public static Optional<TableDirectory> around(Place place) {
        for (Path path = place.path(); path != null; path = path.getParent()) {
            Optional<TableDirectory> found = at(place.files(), path);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /**
     * The table that a file or directory which is read is part of, by the way that tables lay out their files: in the
     * table's directory, or in directories NAME=VALUE of it.
     *
     * @param isFile whether it is a file
     */
    public static Optional<TableDirectory> holding(FileSystem files, Path read, boolean isFile) {
        Path path = read;
        boolean inside = isFile;
        while (path.getParent() != null && (inside || path.getName().contains("="))) {
            path = path.getParent();
            inside = false;
            Optional<TableDirectory> found = at(files, path);
            if (found.isPresent()) {
                return found;
            }
        }
        return path.getName().equals(DATA) && path.getParent() != null
                ? at(files, path.getParent()).filter(table -> table.kind == Kind.ICEBERG)
                : Optional.empty();
    }

    private static boolean isTable(FileSystem files, Path log, Kind kind) {
        try {
            if (kind != Kind.ICEBERG) {
                return files.getFileStatus(log).isDirectory();
            }
            RemoteIterator<FileStatus> entries = files.listStatusIterator(log);
            while (entries.hasNext()) {
                FileStatus entry = entries.next();
                if (entry.isFile() && entry.getPath().getName().endsWith(".metadata.json")) {
                    return true;
                }
            }
            return false;
        } catch (FileNotFoundException | AccessControlException e) {
            // Who may not look there reads no table there.
            return false;
        } catch (IOException e) {
            // Others than HDFS say it in other ways.
            if (StorageFailure.isDenied(e)) {
                return false;
            }
            // On a local disk: a file where a directory would be.
            if (isNoDirectory(files, log)) {
                return false;
            }
            throw StorageFailure.of("look at " + log, e);
        }
    }

    private static boolean isNoDirectory(FileSystem files, Path log) {
        try {
            return files.getFileStatus(log.getParent()).isFile()
                    || files.getFileStatus(log).isFile();
        } catch (IOException e) {
            return false;
        }
    }
}
