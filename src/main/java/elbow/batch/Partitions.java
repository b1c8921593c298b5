package elbow.batch;

import elbow.base.Digests;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.failure.StorageFailure;
import elbow.files.Place;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The partitions of an input: the directories {@code NAME=DATE} in it that have files with something in them. */
final class Partitions {
    private static final int FINGERPRINT_DIGITS = 16;

    private final FileSystem files;
    private final Path input;
    private final String column;
    private final Optional<String> readyMarker;

    Partitions(Place input, String column, Optional<String> readyMarker) {
        files = input.files();
        this.input = input.path();
        this.column = column;
        this.readyMarker = readyMarker;
    }

    /**
     * Those that are complete, ascending by date. Only those that are wanted are looked into.
     *
     * @throws ElbowException of category INPUT if the input is no directory
     */
    List<Partition> find(Predicate<LocalDate> wanted) {
        List<Partition> found = new ArrayList<>();
        try {
            for (FileStatus status : children()) {
                Optional<LocalDate> date = dateOf(status.getPath().getName());
                if (status.isDirectory() && date.filter(wanted).isPresent() && isReady(status.getPath())) {
                    fingerprint(status.getPath())
                            .ifPresent(
                                    digits -> found.add(new Partition(date.orElseThrow(), status.getPath(), digits)));
                }
            }
        } catch (IOException e) {
            throw StorageFailure.of("list " + input, e);
        }
        found.sort(Comparator.comparing(Partition::date));
        return found;
    }

    private FileStatus[] children() throws IOException {
        try {
            if (files.getFileStatus(input).isDirectory()) {
                return files.listStatus(input);
            }
        } catch (FileNotFoundException e) {
            throw noDirectory("does not exist", e);
        }
        throw noDirectory("is a file", null);
    }

    private ElbowException noDirectory(String found, @org.jspecify.annotations.Nullable Exception cause) {
        String message = "batch.input must be a directory with directories " + column + "=DATE in it, but " + input
                + " " + found;
        return cause == null
                ? new ElbowException(ErrorCategory.INPUT, message)
                : new ElbowException(ErrorCategory.INPUT, message, cause);
    }

    private Optional<LocalDate> dateOf(String name) {
        if (!name.startsWith(column + "=")) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(name.substring(column.length() + 1)));
        } catch (DateTimeParseException e) {
            // Another kind of directory, such as that of rows without a date.
            return Optional.empty();
        }
    }

    private boolean isReady(Path partition) throws IOException {
        return readyMarker.isEmpty() || files.exists(new Path(partition, readyMarker.get()));
    }

    /** Empty if no file has anything in it. */
    private Optional<String> fingerprint(Path partition) throws IOException {
        List<String> lines = new ArrayList<>();
        collect(partition, "", lines);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        MessageDigest digest = Digests.sha256();
        lines.forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
        return Optional.of(HexFormat.of().formatHex(digest.digest()).substring(0, FINGERPRINT_DIGITS));
    }

    // The same files as the reader's: neither names that start with _ or . nor empty files count.
    private void collect(Path directory, String prefix, List<String> lines) throws IOException {
        FileStatus[] children = files.listStatus(directory);
        Arrays.sort(children, Comparator.comparing(child -> child.getPath().getName()));
        for (FileStatus child : children) {
            String name = child.getPath().getName();
            if (name.startsWith("_") || name.startsWith(".")) {
                continue;
            }
            if (child.isDirectory()) {
                collect(child.getPath(), prefix + name + "/", lines);
            } else if (child.getLen() > 0) {
                lines.add(prefix + name + "\t" + child.getLen() + "\t" + child.getModificationTime() + "\n");
            }
        }
    }
}
