package elbow.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Digests;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files {@code calibration-TIME-DIGEST.json} beside those that the manifest lists: TIME in UTC to the millisecond,
 * so that names sort by time, DIGEST the first 16 hex digits of the content's SHA-256. The latest is in force.
 */
final class RecalibrationFiles {
    private static final Pattern NAME = Pattern.compile("calibration-\\d{8}T\\d{9}Z-([0-9a-f]{16})\\.json");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DIGEST_LENGTH = 16;

    private final Path directory;
    private final FileSystem files;

    RecalibrationFiles(Path directory, FileSystem files) {
        this.directory = directory;
        this.files = files;
    }

    /** Writes a file aside, and renames it: readers see none or all of it. */
    Path add(Recalibration recalibration) {
        byte[] content = write(recalibration).getBytes(StandardCharsets.UTF_8);
        Path path = new Path(
                directory, "calibration-" + TIME.format(recalibration.createdAt()) + "-" + digest(content) + ".json");
        Path staging = new Path(directory, "." + path.getName() + "." + UUID.randomUUID());
        try {
            try (FSDataOutputStream output = files.create(staging, false)) {
                output.write(content);
                output.hsync();
            }
            if (!files.rename(staging, path)) {
                throw new IOException("the file system refused to rename " + staging);
            }
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException("could not write " + path + ": " + e.getMessage(), e);
        } finally {
            discard(staging);
        }
    }

    /**
     * The latest one.
     *
     * @throws ElbowException of category MODEL if it is damaged or of another model
     */
    Optional<Recalibration> latest(String modelId) {
        Optional<Path> latest = latestFile();
        return latest.map(path -> {
            Recalibration recalibration = read(path);
            if (!recalibration.modelId().equals(modelId)) {
                throw damaged(path, "be of model " + modelId, "is of model " + recalibration.modelId());
            }
            return recalibration;
        });
    }

    private Optional<Path> latestFile() {
        try {
            FileStatus[] found = files.listStatus(
                    directory, path -> NAME.matcher(path.getName()).matches());
            return Arrays.stream(found).map(FileStatus::getPath).max(Comparator.comparing(Path::getName));
        } catch (IOException e) {
            throw new UncheckedIOException("could not look at " + directory + ": " + e.getMessage(), e);
        }
    }

    private Recalibration read(Path path) {
        byte[] content;
        try (FSDataInputStream input = files.open(path)) {
            content = input.readAllBytes();
        } catch (IOException e) {
            throw new ElbowException(ErrorCategory.MODEL, path + " could not be read: " + e.getMessage(), e);
        }
        Matcher name = NAME.matcher(path.getName());
        String expected = name.matches() ? name.group(1) : "";
        if (!digest(content).equals(expected)) {
            throw damaged(path, "have the SHA-256 that its name begins with, " + expected, "has " + digest(content));
        }
        try {
            return read(path.getName(), new String(content, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new ElbowException(
                    ErrorCategory.MODEL, path + " is not what elbow calibrate writes: " + e.getMessage(), e);
        }
    }

    private static ElbowException damaged(Path path, String rule, String found) {
        return new ElbowException(
                ErrorCategory.MODEL,
                path + " must " + rule + ", but " + found
                        + ": remove it, and the calibration before it is in force again, or run elbow calibrate");
    }

    private static String write(Recalibration recalibration) {
        ObjectNode json = JsonReader.newObject();
        json.put("modelId", recalibration.modelId());
        json.put("createdAt", recalibration.createdAt().toString());
        recalibration.inputs().forEach(json.putArray("inputs")::add);
        json.set("calibration", CalibrationJson.node(recalibration.calibration()));
        return json.toString() + "\n";
    }

    private static Recalibration read(String document, String text) {
        JsonReader json = JsonReader.parse(document, text);
        Recalibration recalibration = new Recalibration(
                json.text("modelId"),
                instant(document, json.text("createdAt")),
                json.texts("inputs"),
                CalibrationJson.read(json.object("calibration")));
        json.end();
        return recalibration;
    }

    private static Instant instant(String document, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(document + ": createdAt must be an ISO instant, but is " + text, e);
        }
    }

    private static String digest(byte[] content) {
        return Digests.sha256(content).substring(0, DIGEST_LENGTH);
    }

    private void discard(Path staging) {
        try {
            files.delete(staging, false);
        } catch (IOException e) {
            throw new UncheckedIOException("could not remove " + staging + ": " + e.getMessage(), e);
        }
    }
}
