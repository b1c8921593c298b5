package elbow.batch;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.source.ReadRequest;
import elbow.failure.StorageFailure;
import elbow.files.HiddenNames;
import elbow.files.Place;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Partitions that are directories: {@code NAME=DATE} in the input, if it has files with something in them. */
final class PartitionDirectories implements Partitions {
    private final ReadRequest request;
    private final FileSystem files;
    private final Path input;
    private final String column;
    private final Optional<String> readyMarker;

    PartitionDirectories(BatchSettings settings, Configuration hadoop) {
        request = settings.input();
        Place place = Place.of("batch.input", request.inputs().get(0), ErrorCategory.INPUT, hadoop);
        files = place.files();
        input = place.path();
        column = settings.partitionColumn();
        readyMarker = settings.readyMarker();
    }

    /** @throws ElbowException of category INPUT if the input is no directory */
    @Override
    public List<Partition> find(Predicate<LocalDate> wanted) {
        List<Partition> found = new ArrayList<>();
        try {
            for (FileStatus status : children()) {
                Optional<LocalDate> date = dateOf(status.getPath().getName());
                if (status.isDirectory() && date.filter(wanted).isPresent() && isReady(status.getPath())) {
                    String directory = status.getPath().toString();
                    fingerprint(status.getPath())
                            .ifPresent(digits -> found.add(new Partition(
                                    date.orElseThrow(),
                                    request.from(List.of(directory)),
                                    directory,
                                    digits,
                                    OptionalLong.empty())));
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

    private ElbowException noDirectory(String found, @Nullable Exception cause) {
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
        return Optional.of(Partition.fingerprint(String.join("", lines)));
    }

    // The same files as the reader's: neither hidden names nor empty files count.
    private void collect(Path directory, String prefix, List<String> lines) throws IOException {
        FileStatus[] children = files.listStatus(directory);
        Arrays.sort(children, Comparator.comparing(child -> child.getPath().getName()));
        for (FileStatus child : children) {
            String name = child.getPath().getName();
            if (HiddenNames.isHidden(name)) {
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
