package elbow.model;

import elbow.base.Digests;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.FeatureEncoderJson;
import elbow.data.reference.DataReference;
import elbow.files.OutputDirectory;
import elbow.files.OutputDirectory.IfExists;
import elbow.files.Place;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A model at its place on any Hadoop file system. */
public final class ModelDirectory {
    private static final String MANIFEST = "manifest.json";
    private static final List<String> REQUIRED =
            List.of(ModelFiles.ENCODER, ModelFiles.NETWORK, ModelFiles.CALIBRATION, ModelFiles.HISTORY);

    private final Path directory;
    private final FileSystem files;

    /** @throws ElbowException of category MODEL if {@code uri} is no path of a known file system */
    public ModelDirectory(String uri, Configuration hadoop) {
        Place place = Place.of(Parameter.MODEL.name(), uri, ErrorCategory.MODEL, hadoop);
        files = place.files();
        directory = place.path();
    }

    /**
     * The place of a model that is yet to be made.
     *
     * @param ifExists what happens to a model that is already there; anything else there is an error
     * @throws ElbowException of category USAGE if no model can be written there
     */
    public static OutputDirectory toWrite(String uri, IfExists ifExists, Configuration hadoop) {
        return new OutputDirectory(Parameter.MODEL.name(), uri, MANIFEST, ifExists, hadoop);
    }

    /**
     * Publishes a model, the manifest written last.
     *
     * @param output where; its place was checked when it was made
     */
    public static void save(ModelFiles content, Manifest manifest, OutputDirectory output, Configuration hadoop) {
        try {
            FileSystem files = output.staging().getFileSystem(hadoop);
            for (Map.Entry<String, byte[]> file : content.contents().entrySet()) {
                write(files, new Path(output.staging(), file.getKey()), file.getValue());
            }
            byte[] manifestText = ManifestJson.write(manifest).getBytes(StandardCharsets.UTF_8);
            write(files, new Path(output.staging(), MANIFEST), manifestText);
            output.publish();
        } catch (IOException e) {
            throw new UncheckedIOException("could not save the model to " + output.path() + ": " + e.getMessage(), e);
        } finally {
            output.discard();
        }
    }

    /**
     * Loads and checks a model: every file against its digest, every format by its own reader.
     *
     * @throws ElbowException of category MODEL if it is not there, damaged, or of an unknown format version
     */
    public TrainedModel load() {
        Path manifestPath = new Path(directory, MANIFEST);
        if (!exists(manifestPath)) {
            throw new ElbowException(
                    ErrorCategory.MODEL,
                    Message.of(
                            Parameter.MODEL,
                            " must be a directory that elbow train has written, but ",
                            exists(directory) ? directory + " has no " + MANIFEST : directory + " does not exist"));
        }
        String manifestText = new String(read(manifestPath), StandardCharsets.UTF_8);
        Manifest manifest = parsed(manifestPath, () -> ManifestJson.read(MANIFEST, manifestText));
        Map<String, byte[]> contents = checkedContents(manifest);
        FeatureEncoder encoder = parsed(
                new Path(directory, ModelFiles.ENCODER),
                () -> FeatureEncoderJson.read(ModelFiles.ENCODER, text(contents, ModelFiles.ENCODER)));
        MultiLayerNetwork network = NetworkArchive.read(
                new Path(directory, ModelFiles.NETWORK).toString(), content(contents, ModelFiles.NETWORK));
        // The first one is checked even where a later one is in force.
        Calibration first = parsed(
                new Path(directory, ModelFiles.CALIBRATION),
                () -> CalibrationJson.read(ModelFiles.CALIBRATION, text(contents, ModelFiles.CALIBRATION)));
        Optional<Recalibration> later = recalibrations().latest(manifest.modelId());
        List<HistoryEntry> history = parsed(
                new Path(directory, ModelFiles.HISTORY),
                () -> History.read(ModelFiles.HISTORY, text(contents, ModelFiles.HISTORY)));
        Calibration calibration = later.map(Recalibration::calibration).orElse(first);
        calibration.normal().ifPresent(normal -> requireColumns(encoder, normal));
        return new TrainedModel(manifest, encoder, network, calibration, later, history);
    }

    /**
     * Makes {@code recalibration} the one in force from the next {@link #load} on. Earlier ones are kept; the file
     * appears whole or not at all.
     *
     * @return where it was written
     */
    public Path add(Recalibration recalibration) {
        return recalibrations().add(recalibration);
    }

    private RecalibrationFiles recalibrations() {
        return new RecalibrationFiles(directory, plain(files));
    }

    private void requireColumns(FeatureEncoder encoder, NormalParts normal) {
        List<String> columns = encoder.layout().columns();
        if (!normal.columns().equals(columns)) {
            throw new ElbowException(
                    ErrorCategory.MODEL,
                    "the calibration in " + directory + " must be of the model's columns, " + String.join(", ", columns)
                            + ", but is of " + String.join(", ", normal.columns()));
        }
    }

    /**
     * How the training rows are spread; empty for a model that was trained before this was kept.
     *
     * @throws ElbowException of category MODEL if the file is not what the manifest lists
     */
    public Optional<DataReference> reference() {
        String manifestText = new String(read(new Path(directory, MANIFEST)), StandardCharsets.UTF_8);
        Manifest manifest = parsed(new Path(directory, MANIFEST), () -> ManifestJson.read(MANIFEST, manifestText));
        if (!manifest.files().containsKey(ModelFiles.REFERENCE)) {
            return Optional.empty();
        }
        String text = text(checkedContents(manifest), ModelFiles.REFERENCE);
        return Optional.of(parsed(
                new Path(directory, ModelFiles.REFERENCE), () -> DataReferenceJson.read(ModelFiles.REFERENCE, text)));
    }

    private Map<String, byte[]> checkedContents(Manifest manifest) {
        Map<String, byte[]> contents = new HashMap<>();
        for (Map.Entry<String, String> file : manifest.files().entrySet()) {
            Path path = new Path(directory, file.getKey());
            byte[] bytes = read(path);
            String digest = Digests.sha256(bytes);
            if (!digest.equals(file.getValue())) {
                throw new ElbowException(
                        ErrorCategory.MODEL,
                        path + " must have the SHA-256 that " + MANIFEST + " lists, " + file.getValue() + ", but has "
                                + digest + ": it was changed or damaged after training");
            }
            contents.put(file.getKey(), bytes);
        }
        for (String name : REQUIRED) {
            if (!contents.containsKey(name)) {
                throw new ElbowException(
                        ErrorCategory.MODEL, new Path(directory, MANIFEST) + " must list " + name + ", but does not");
            }
        }
        return contents;
    }

    private static byte[] content(Map<String, byte[]> contents, String name) {
        byte[] bytes = contents.get(name);
        if (bytes == null) {
            throw new IllegalStateException(name + " was checked to be there");
        }
        return bytes;
    }

    private static String text(Map<String, byte[]> contents, String name) {
        return new String(content(contents, name), StandardCharsets.UTF_8);
    }

    private static <T> T parsed(Path path, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw new ElbowException(
                    ErrorCategory.MODEL, path + " is not what elbow train writes: " + e.getMessage(), e);
        }
    }

    private boolean exists(Path path) {
        try {
            return files.exists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("could not look at " + path + ": " + e.getMessage(), e);
        }
    }

    private byte[] read(Path path) {
        try (FSDataInputStream input = files.open(path)) {
            return input.readAllBytes();
        } catch (FileNotFoundException e) {
            throw new ElbowException(ErrorCategory.MODEL, path + " must exist, but does not", e);
        } catch (IOException e) {
            throw new ElbowException(ErrorCategory.MODEL, path + " could not be read: " + e.getMessage(), e);
        }
    }

    private static void write(FileSystem files, Path path, byte[] bytes) throws IOException {
        try (FSDataOutputStream output = plain(files).create(path, false)) {
            output.write(bytes);
            output.hsync();
        }
    }

    // The checksumming local file system would leave a hidden .crc file beside each file: the manifest has digests.
    private static FileSystem plain(FileSystem files) {
        return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
    }
}
