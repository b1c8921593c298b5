package elbow.model;

import elbow.base.Digests;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.FeatureEncoderJson;
import elbow.data.feature.TableColumns;
import elbow.data.reference.DataReference;
import elbow.data.reference.MarginalTails;
import elbow.data.reference.NearestRows;
import elbow.density.FittedDensities;
import elbow.density.FittedDensitiesJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** The contents of a model directory in memory, but for the manifest. Equal models give equal bytes. */
public final class ModelFiles {
    static final String ENCODER = "encoder.json";
    static final String NETWORK = "network.zip";
    static final String CALIBRATION = "calibration.json";
    static final String HISTORY = "history.jsonl";
    static final String REFERENCE = "reference.json";
    static final String COLUMNS = "columns.json";
    static final String LINEAGE = "lineage.json";
    static final String TAILS = "tails.json";
    static final String NEAREST = "nearest.bin";
    static final String DENSITIES = "densities.json";
    /** The report, to be opened in a browser. */
    public static final String REPORT = "report.html";

    // Four bytes, and what a compressor adds to those that it cannot make smaller.
    private static final long BYTES_PER_PARAMETER = 5;
    private static final long LEAST_ROOM = 1 << 16;
    private static final long LARGEST_OTHER = 256L << 20;

    private final Map<String, byte[]> contents = new LinkedHashMap<>();
    private final String modelId;

    public ModelFiles(FeatureEncoder encoder, MultiLayerNetwork network) {
        this(encoder, network, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Those of a model.
     *
     * @param tails how far out values lie in their columns' own distributions, for anomaly scores; empty: they do not
     *     count
     * @param nearest training rows to which anomaly scores count the distance; empty: none are kept
     * @param densities what was fitted for rows that are made; empty: nothing
     * @param groups networks of groups of rows; empty: there is one network
     */
    public ModelFiles(
            FeatureEncoder encoder,
            MultiLayerNetwork network,
            Optional<MarginalTails> tails,
            Optional<NearestRows> nearest,
            Optional<FittedDensities> densities,
            Optional<GroupNetworks> groups) {
        put(ENCODER, FeatureEncoderJson.write(encoder));
        tails.ifPresent(found -> put(TAILS, MarginalTailsJson.write(found)));
        nearest.ifPresent(found -> contents.put(NEAREST, NearestRowsFile.write(found)));
        densities.ifPresent(found -> put(DENSITIES, FittedDensitiesJson.write(found)));
        contents.put(NETWORK, NetworkArchive.write(network));
        groups.ifPresent(networks -> {
            put(GroupNetworks.INDEX, GroupNetworksJson.write(networks));
            for (int file = 0; file < networks.files().size(); file++) {
                contents.put(GroupNetworks.file(file), networks.files().get(file));
            }
        });
        modelId = modelId(contents);
    }

    /**
     * Those of a model that was loaded.
     *
     * @param contents by name, encoder and network among them
     */
    ModelFiles(Map<String, byte[]> contents) {
        this.contents.putAll(contents);
        modelId = modelId(this.contents);
    }

    /** The id of the model whose encoder and network these are, and what else scores and made rows come from. */
    static String modelId(Map<String, byte[]> contents) {
        MessageDigest digest = Digests.sha256();
        for (String name : List.of(ENCODER, NETWORK)) {
            digest.update(Objects.requireNonNull(contents.get(name), name));
        }
        contents.keySet().stream()
                .filter(name -> name.equals(TAILS)
                        || name.equals(NEAREST)
                        || name.equals(DENSITIES)
                        || name.equals(GroupNetworks.INDEX)
                        || GroupNetworks.isFile(name))
                .sorted()
                .forEach(name -> digest.update(Objects.requireNonNull(contents.get(name), name)));
        return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
    }

    /** The most bytes that a file of a model with so many parameters may have: what is larger is not read. */
    static long most(String name, long parameters) {
        return name.equals(NETWORK)
                ? NetworkArchive.LARGEST_CONFIGURATION + LEAST_ROOM + BYTES_PER_PARAMETER * Math.max(0, parameters)
                : LARGEST_OTHER;
    }

    /** The first 12 hex digits of the SHA-256 over encoder, network and what else scores and made rows come from. */
    public String modelId() {
        return modelId;
    }

    public void calibration(Calibration calibration) {
        put(CALIBRATION, CalibrationJson.write(calibration));
    }

    /** How the training rows are spread, for the drift of later ones. */
    public void reference(DataReference reference) {
        put(REFERENCE, DataReferenceJson.write(reference));
    }

    /** The model's columns as the training rows had them, for rows that it makes. */
    public void columns(TableColumns columns) {
        put(COLUMNS, columns.toJson());
    }

    /** The model that it was trained from. */
    public void lineage(Lineage lineage) {
        put(LINEAGE, lineage.toJson());
    }

    public void history(List<HistoryEntry> entries) {
        put(HISTORY, History.write(entries));
    }

    public void report(String html) {
        put(REPORT, html);
    }

    /** SHA-256 in hex of every file, by name. */
    public Map<String, String> digests() {
        Map<String, String> digests = new LinkedHashMap<>();
        contents.forEach((name, bytes) -> digests.put(name, Digests.sha256(bytes)));
        return digests;
    }

    Map<String, byte[]> contents() {
        return Collections.unmodifiableMap(contents);
    }

    private void put(String name, String text) {
        contents.put(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
