package elbow.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Digests;
import elbow.base.DocumentException;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.JsonReader;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.failure.StorageFailure;
import elbow.files.MarkerFiles;
import elbow.files.Place;
import elbow.files.UnfitFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final long LARGEST = 64 << 20;

    private final MarkerFiles files;
    private final BiConsumer<String, byte[]> check;

    /**
     * Those of a model.
     *
     * @param directory the model's
     * @param check takes name and content of what is read, and throws if it is not to be
     */
    RecalibrationFiles(Place directory, BiConsumer<String, byte[]> check) {
        files = new MarkerFiles(directory);
        this.check = check;
    }

    /** Adds a file; readers see none or all of it. */
    Path add(Recalibration recalibration) {
        Map.Entry<String, String> file = file(recalibration);
        // One of the same name has the same content.
        files.replace(file.getKey(), file.getValue());
        return files.place(file.getKey()).path();
    }

    /** Name and content of the file. */
    static Map.Entry<String, String> file(Recalibration recalibration) {
        String content = write(recalibration);
        String digest = digest(content.getBytes(StandardCharsets.UTF_8));
        return Map.entry("calibration-" + TIME.format(recalibration.createdAt()) + "-" + digest + ".json", content);
    }

    /**
     * The latest one.
     *
     * @throws ElbowException of category MODEL if it is damaged or of another model
     */
    Optional<Recalibration> latest(String modelId) {
        Optional<String> latest = files.names().stream()
                .filter(name -> NAME.matcher(name).matches())
                .max(Comparator.naturalOrder());
        return latest.map(name -> {
            Recalibration recalibration = readFile(name);
            if (!recalibration.modelId().equals(modelId)) {
                throw damaged(name, "be of model " + modelId, "is of model " + recalibration.modelId());
            }
            return recalibration;
        });
    }

    private Recalibration readFile(String name) {
        Place place = files.place(name);
        byte[] content;
        try {
            content = place.read(LARGEST);
        } catch (UnfitFileException e) {
            throw new ElbowException(ErrorCategory.MODEL, Message.firstLine(e), e);
        } catch (IOException e) {
            throw StorageFailure.of("read " + place, e);
        }
        check.accept(name, content);
        Matcher parts = NAME.matcher(name);
        String expected = parts.matches() ? parts.group(1) : "";
        if (!digest(content).equals(expected)) {
            throw damaged(name, "have the SHA-256 that its name begins with, " + expected, "has " + digest(content));
        }
        try {
            return read(name, new String(content, StandardCharsets.UTF_8));
        } catch (DocumentException e) {
            throw new ElbowException(
                    ErrorCategory.MODEL, place + " is no calibration that Elbow has written: " + e.getMessage(), e);
        }
    }

    private ElbowException damaged(String name, String rule, String found) {
        return new ElbowException(
                ErrorCategory.MODEL,
                Message.of(
                        files.place(name) + " must " + rule + ", but " + found
                                + ": remove it, and the calibration before it is in force again, or make a new one by ",
                        Parameter.CALIBRATE));
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
        return JsonReader.read(
                document,
                text,
                json -> new Recalibration(
                        json.text("modelId"),
                        json.instant("createdAt"),
                        json.texts("inputs"),
                        CalibrationJson.read(json.object("calibration"))));
    }

    private static String digest(byte[] content) {
        return Digests.sha256(content).substring(0, DIGEST_LENGTH);
    }
}
