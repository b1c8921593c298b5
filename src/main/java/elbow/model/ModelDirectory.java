package elbow.model;

import elbow.base.Check;
import elbow.base.Digests;
import elbow.base.DocumentException;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.FeatureEncoderJson;
import elbow.data.feature.FeatureLayout;
import elbow.data.feature.TableColumns;
import elbow.data.reference.DataReference;
import elbow.data.reference.MarginalTails;
import elbow.data.reference.NearestRows;
import elbow.density.FittedDensities;
import elbow.density.FittedDensitiesJson;
import elbow.dl4j.VaeNetworks;
import elbow.failure.StorageFailure;
import elbow.files.OutputDirectory;
import elbow.files.OutputDirectory.IfExists;
import elbow.files.Place;
import elbow.files.StagedDirectory;
import elbow.files.UnfitFileException;
import elbow.signature.RequiredSignature;
import elbow.signature.RequiredSignature.Verified;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;

/** A model at its place on any Hadoop file system. */
public final class ModelDirectory {
    private static final String MANIFEST = "manifest.json";
    private static final long LARGEST_MANIFEST = 16 << 20;
    private static final List<String> REQUIRED =
            List.of(ModelFiles.ENCODER, ModelFiles.NETWORK, ModelFiles.CALIBRATION, ModelFiles.HISTORY);

    private final Parameter parameter;
    private final Place directory;
    private final RequiredSignature required;
    private @Nullable Verified verified;

    /**
     * The model at {@code uri}; where that ends in {@code @latest}, the version in force: see {@link ModelVersions}.
     *
     * @throws ElbowException of category MODEL if {@code uri} is no path of a known file system, or no version was
     *     promoted
     */
    public ModelDirectory(String uri, Configuration hadoop) {
        this(Parameter.MODEL, uri, hadoop);
    }

    /**
     * As {@link #ModelDirectory(String, Configuration)}, where another parameter names it.
     *
     * @param parameter for messages
     */
    public ModelDirectory(Parameter parameter, String uri, Configuration hadoop) {
        this(parameter, uri, hadoop, RequiredSignature.of(hadoop));
    }

    private ModelDirectory(Parameter parameter, String uri, Configuration hadoop, RequiredSignature required) {
        this.parameter = parameter;
        directory =
                Place.of(parameter.name(), ModelVersions.toRead(parameter, uri, hadoop), ErrorCategory.MODEL, hadoop);
        this.required = required;
    }

    /** A model that is about to be signed: no signature is asked for, whatever the site requires. */
    public static ModelDirectory unsigned(String uri, Configuration hadoop) {
        return new ModelDirectory(Parameter.MODEL, uri, hadoop, RequiredSignature.NONE);
    }

    /** Whether there is a model, or was one that a killed run was replacing. */
    boolean exists() {
        StagedDirectory.putBack(directory, MANIFEST);
        return directory.child(MANIFEST).exists();
    }

    /** Where it is. */
    public Place place() {
        return directory;
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
     * Publishes a model, the manifest written last. If it can be written but not put in its place, it stays where it
     * was written, and the error says where.
     *
     * @param output where; its place was checked when it was made
     */
    public static void save(ModelFiles content, Manifest manifest, OutputDirectory output) {
        save(content, manifest, Map.of(), output);
    }

    /**
     * As {@link #save(ModelFiles, Manifest, OutputDirectory)}, with the calibration in force of a model that has a
     * later one than that of its training, and with files that the manifest does not list and {@link #load} does not
     * read.
     *
     * @param beside contents by name, such as {@code metadata/part-00000}
     */
    public static void save(
            ModelFiles content, TrainedModel model, Map<String, byte[]> beside, OutputDirectory output) {
        Map<String, byte[]> unlisted = new LinkedHashMap<>(beside);
        model.recalibration()
                .map(RecalibrationFiles::file)
                .ifPresent(file -> unlisted.put(file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8)));
        save(content, model.manifest(), unlisted, output);
    }

    private static void save(
            ModelFiles content, Manifest manifest, Map<String, byte[]> unlisted, OutputDirectory output) {
        boolean whole = false;
        try {
            for (Map.Entry<String, byte[]> file : content.contents().entrySet()) {
                output.write(file.getKey(), file.getValue());
            }
            for (Map.Entry<String, byte[]> file : unlisted.entrySet()) {
                output.write(file.getKey(), file.getValue());
            }
            output.write(MANIFEST, ManifestJson.write(manifest).getBytes(StandardCharsets.UTF_8));
            whole = true;
            output.publish();
        } catch (IOException e) {
            throw StorageFailure.of("save the model to " + output.path(), e);
        } catch (RuntimeException e) {
            throw whole ? kept(output, e) : e;
        } finally {
            if (!whole) {
                output.discard();
            }
        }
    }

    // It may have taken days.
    private static ElbowException kept(OutputDirectory output, RuntimeException e) {
        return ElbowException.reworded(
                e,
                fault -> Message.of(
                        fault,
                        ". The trained model is whole in " + output.staging() + ": move it to where it is to be"));
    }

    /**
     * Loads and checks a model: its signature, if one is required, every file against its digest, every format by its
     * own reader.
     *
     * @throws ElbowException of category MODEL if it is not there, damaged, of an unknown format version, or not signed
     *     as {@link RequiredSignature} says
     */
    public TrainedModel load() {
        StagedDirectory.putBack(directory, MANIFEST);
        Place manifestPlace = directory.child(MANIFEST);
        if (!manifestPlace.exists()) {
            throw new ElbowException(
                    ErrorCategory.MODEL,
                    Message.of(
                            parameter,
                            " must be a directory that Elbow has written, but ",
                            directory.exists() ? directory + " has no " + MANIFEST : directory + " does not exist"));
        }
        Manifest manifest = manifest();
        Map<String, byte[]> contents = checkedContents(manifest);
        FeatureEncoder encoder = file(
                        contents, ModelFiles.ENCODER, (name, bytes) -> FeatureEncoderJson.read(name, text(bytes)))
                .orElseThrow();
        requireId(manifest, contents);
        MultiLayerNetwork network = NetworkArchive.read(
                directory.child(ModelFiles.NETWORK).toString(), content(contents, ModelFiles.NETWORK));
        require(manifestPlace, "parameters", manifest.parameters(), network.numParams());
        // The first one is checked even where a later one is in force.
        Calibration first = file(
                        contents, ModelFiles.CALIBRATION, (name, bytes) -> CalibrationJson.read(name, text(bytes)))
                .orElseThrow();
        Optional<Recalibration> later = recalibrations().latest(manifest.modelId());
        List<HistoryEntry> history = file(
                        contents, ModelFiles.HISTORY, (name, bytes) -> History.read(name, text(bytes)))
                .orElseThrow();
        Calibration calibration = later.map(Recalibration::calibration).orElse(first);
        FeatureLayout layout = encoder.layout();
        calibration.normal().ifPresent(normal -> normal.require(layout.columns(), directory));
        Optional<MarginalTails> tails =
                file(contents, ModelFiles.TAILS, (name, bytes) -> MarginalTailsJson.read(name, text(bytes), layout));
        Optional<NearestRows> nearest =
                file(contents, ModelFiles.NEAREST, (name, bytes) -> NearestRowsFile.read(name, bytes, layout));
        int latents = VaeNetworks.layerOf(network).spec().latentSize();
        Optional<FittedDensities> densities = file(
                contents,
                ModelFiles.DENSITIES,
                (name, bytes) -> FittedDensitiesJson.read(name, text(bytes), latents, layout.columnsOfNumbers()));
        Optional<GroupNetworks> groups = groups(contents);
        groups.ifPresent(networks -> requireFit(networks, encoder, network));
        return new TrainedModel(
                manifest, encoder, network, calibration, later, tails, nearest, history, groups, densities);
    }

    private <T> Optional<T> file(Map<String, byte[]> contents, String name, BiFunction<String, byte[], T> read) {
        return Optional.ofNullable(contents.get(name))
                .map(bytes -> parsed(directory.child(name), () -> read.apply(name, bytes)));
    }

    private Optional<GroupNetworks> groups(Map<String, byte[]> contents) {
        if (!contents.containsKey(GroupNetworks.INDEX)) {
            return Optional.empty();
        }
        return Optional.of(parsed(directory.child(GroupNetworks.INDEX), () -> {
            String index = text(content(contents, GroupNetworks.INDEX));
            List<byte[]> files = new ArrayList<>();
            for (int file = 0; file < GroupNetworksJson.files(GroupNetworks.INDEX, index); file++) {
                byte[] bytes = contents.get(GroupNetworks.file(file));
                Check.document(bytes != null, MANIFEST, "list " + GroupNetworks.file(file), contents.keySet());
                files.add(Objects.requireNonNull(bytes));
            }
            return GroupNetworksJson.read(GroupNetworks.INDEX, index, files);
        }));
    }

    private void requireFit(GroupNetworks groups, FeatureEncoder encoder, MultiLayerNetwork network) {
        Place index = directory.child(GroupNetworks.INDEX);
        require(index, "parameters", (long) groups.parameters(), network.numParams());
        List<String> conditions =
                encoder.conditions().stream().map(Feature::column).toList();
        for (String column : groups.columns()) {
            if (!conditions.contains(column)) {
                throw new ElbowException(
                        ErrorCategory.MODEL,
                        index + ": columns must be conditions of the encoder, but " + column + " is none");
            }
        }
    }

    private void requireId(Manifest manifest, Map<String, byte[]> contents) {
        require(directory.child(MANIFEST), "modelId", manifest.modelId(), ModelFiles.modelId(contents));
    }

    private static void require(Place place, String field, Object found, Object expected) {
        if (!found.equals(expected)) {
            throw new ElbowException(
                    ErrorCategory.MODEL,
                    place + ": " + field + " must be " + expected + ", which follows from the model's files, but is "
                            + found);
        }
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
        return new RecalibrationFiles(directory, (name, content) -> signed().require(name, content));
    }

    /**
     * How the training rows are spread; empty for a model that was trained before this was kept.
     *
     * @throws ElbowException of category MODEL if the file is not what the manifest lists
     */
    public Optional<DataReference> reference() {
        return optional(ModelFiles.REFERENCE, DataReferenceJson::read);
    }

    /**
     * The model's columns as the training rows had them; empty for a model that was trained before this was kept.
     *
     * @throws ElbowException of category MODEL if the file is not what the manifest lists
     */
    public Optional<TableColumns> columns() {
        return optional(ModelFiles.COLUMNS, TableColumns::fromJson);
    }

    /**
     * The model that this one was trained from; empty for one that was trained from nothing.
     *
     * @throws ElbowException of category MODEL if the file is not what the manifest lists
     */
    public Optional<Lineage> lineage() {
        return optional(ModelFiles.LINEAGE, Lineage::fromJson);
    }

    /**
     * The files that the manifest lists, to be saved elsewhere.
     *
     * @throws ElbowException of category MODEL if one is not what the manifest lists
     */
    public ModelFiles files() {
        return new ModelFiles(checkedContents(manifest()));
    }

    private Manifest manifest() {
        StagedDirectory.putBack(directory, MANIFEST);
        byte[] content = read(directory.child(MANIFEST), LARGEST_MANIFEST);
        signed().require(MANIFEST, content);
        String manifestText = new String(content, StandardCharsets.UTF_8);
        return parsed(directory.child(MANIFEST), () -> ManifestJson.read(MANIFEST, manifestText));
    }

    // Once for all that is read of it: what is signed does not change by that.
    private Verified signed() {
        if (verified == null) {
            verified = required.verify(directory);
        }
        return verified;
    }

    private <T> Optional<T> optional(String name, BiFunction<String, String, T> read) {
        Manifest manifest = manifest();
        return manifest.files().containsKey(name)
                ? file(checkedContents(manifest), name, (file, bytes) -> read.apply(file, text(bytes)))
                : Optional.empty();
    }

    private Map<String, byte[]> checkedContents(Manifest manifest) {
        Map<String, byte[]> contents = new HashMap<>();
        for (Map.Entry<String, String> file : manifest.files().entrySet()) {
            Place place = directory.child(file.getKey());
            byte[] bytes = read(place, ModelFiles.most(file.getKey(), manifest.parameters()));
            String digest = Digests.sha256(bytes);
            if (!digest.equals(file.getValue())) {
                throw new ElbowException(
                        ErrorCategory.MODEL,
                        place + " must have the SHA-256 that " + MANIFEST + " lists, " + file.getValue() + ", but has "
                                + digest + ": it was changed or damaged after training");
            }
            signed().require(file.getKey(), bytes);
            contents.put(file.getKey(), bytes);
        }
        for (String name : REQUIRED) {
            if (!contents.containsKey(name)) {
                throw new ElbowException(
                        ErrorCategory.MODEL, directory.child(MANIFEST) + " must list " + name + ", but does not");
            }
        }
        return contents;
    }

    // It was checked to be there.
    private static byte[] content(Map<String, byte[]> contents, String name) {
        return Objects.requireNonNull(contents.get(name), name);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static <T> T parsed(Place place, Supplier<T> read) {
        try {
            return read.get();
        } catch (DocumentException e) {
            throw new ElbowException(ErrorCategory.MODEL, place + " is not what Elbow writes: " + e.getMessage(), e);
        }
    }

    private static byte[] read(Place place, long most) {
        try {
            return place.read(most);
        } catch (FileNotFoundException e) {
            throw new ElbowException(ErrorCategory.MODEL, place + " must exist, but does not", e);
        } catch (UnfitFileException e) {
            throw new ElbowException(ErrorCategory.MODEL, Message.firstLine(e), e);
        } catch (IOException e) {
            throw StorageFailure.of("read " + place, e);
        }
    }
}
