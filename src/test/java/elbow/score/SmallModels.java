package elbow.score;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.data.encoding.RowEncoder;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.PixelContexts;
import elbow.data.feature.TestEncoders;
import elbow.data.feature.TimePart;
import elbow.data.image.ImageShape;
import elbow.dl4j.VaeNetworks;
import elbow.model.Calibration;
import elbow.model.Manifest;
import elbow.model.NormalParts;
import elbow.model.ThresholdRule;
import elbow.model.TrainedModel;
import elbow.vae.RowScores;
import elbow.vae.VaeSpec;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.learning.config.Sgd;

/** Models with given parameters, and a table with columns of every kind. */
public final class SmallModels {
    private static final ImageShape SHAPE = new ImageShape(2, 2, 1);

    /** An image of binary pixels, then columns of every other kind, most of which may be missing. */
    static final FeatureEncoder MIXED = TestEncoders.encoder()
            .image("picture", SHAPE, contexts())
            .real("plain", 1, 2)
            .stretched("tailed", 3, 0.5, 0.25, 2)
            .heavyTailed("heavy", 0, 3)
            .positive("price", 2, 0.5)
            .count("visits", 3, 1, 0.5)
            .overdispersed("clicks", 5, 1.5, 0.7)
            .binary("flag", 0.25)
            .ordinal("size", "S", "M", "L")
            .categorical("colour", "red", "blue")
            .time("at", TimePart.TIME_OF_DAY)
            .gaps("plain", "tailed", "heavy", "price", "visits", "clicks", "flag", "size", "colour", "at")
            .missingMarkers("?")
            .binarised()
            .build();

    static final StructType MIXED_SCHEMA = new StructType()
            .add("id", DataTypes.LongType)
            .add("plain", DataTypes.DoubleType)
            .add("tailed", DataTypes.DoubleType)
            .add("heavy", DataTypes.DoubleType)
            .add("price", DataTypes.DoubleType)
            .add("visits", DataTypes.LongType)
            .add("clicks", DataTypes.LongType)
            .add("flag", DataTypes.BooleanType)
            .add("size", DataTypes.StringType)
            .add("colour", DataTypes.StringType)
            .add("at", DataTypes.TimestampType)
            .add(new StructField("picture", DataTypes.BinaryType, true, SHAPE.metadata()));

    private SmallModels() {}

    /** A linear network for rows of an encoder. */
    public static VaeSpec spec(FeatureEncoder encoder, int latentSize) {
        return VaeSpec.builder(encoder.width(), latentSize)
                .likelihoods(encoder.likelihoods())
                .inputTransform(encoder.inputTransform())
                .missingColumns(encoder.missingColumns())
                .build();
    }

    /** An untrained network; the seed of its noise is 7. */
    static MultiLayerNetwork network(VaeSpec spec) {
        return network(spec, 7);
    }

    /** An untrained network, its parameters and its noise by a seed. */
    public static MultiLayerNetwork network(VaeSpec spec, long seed) {
        return VaeNetworks.create(spec, 0, new Sgd(0.1), seed, new float[spec.inputSize()]);
    }

    /** Takes parameters in the order in which model files have them. */
    static MultiLayerNetwork network(VaeSpec spec, float[] parameters, long seed) {
        MultiLayerNetwork network = VaeNetworks.create(spec, 0, new Sgd(0.1), seed, new float[spec.inputSize()]);
        assertThat(parameters).hasSize((int) network.numParams());
        VaeNetworks.setState(network, parameters, null, null, 0);
        return network;
    }

    static ScoringModel scoring(MultiLayerNetwork network, int samples) {
        return ScoringModel.of(network, samples);
    }

    /** A network for {@link #MIXED} with two latents and random parameters. */
    static MultiLayerNetwork mixedNetwork() {
        MultiLayerNetwork network = VaeNetworks.create(spec(MIXED, 2), 0, new Sgd(0.1), 7, MIXED.columnMeans());
        float[] parameters = VaeNetworks.parametersOf(network);
        Random random = new Random(3);
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] += (float) (0.2 * random.nextGaussian());
        }
        VaeNetworks.setState(network, parameters, null, null, 0);
        return network;
    }

    /** Rows of {@link #MIXED_SCHEMA} by a seed; about a quarter of all values is missing. */
    static List<Row> mixedRows(int count, long seed) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (long id = 0; id < count; id++) {
            byte[] picture = new byte[4];
            for (int i = 0; i < picture.length; i++) {
                picture[i] = (byte) (random.nextBoolean() ? 255 : 0);
            }
            rows.add(RowFactory.create(
                    id,
                    orMissing(random, 1 + 2 * random.nextGaussian()),
                    orMissing(random, 3 + Math.sinh(2 * random.nextGaussian())),
                    orMissing(random, 3 * random.nextGaussian()),
                    orMissing(random, Math.exp(2 + 0.5 * random.nextGaussian())),
                    orMissing(random, (long) random.nextInt(8)),
                    orMissing(random, (long) random.nextInt(30)),
                    orMissing(random, random.nextInt(4) == 0),
                    orMissing(random, List.of("S", "M", "L").get(random.nextInt(3))),
                    orMissing(random, List.of("red", "blue", "mauve", "?").get(random.nextInt(4))),
                    orMissing(random, Timestamp.from(Instant.ofEpochSecond(random.nextInt(1_000_000_000)))),
                    picture));
        }
        return rows;
    }

    /** Rows, encoded. */
    static EncodedRows encoded(FeatureEncoder encoder, StructType schema, List<Row> rows) {
        RowEncoder rowEncoder = encoder.bind(schema);
        EncodedRows encoded = new EncodedRows(encoder.width(), rows.size());
        rows.forEach(row -> encoded.add(row, rowEncoder));
        return encoded;
    }

    /** ELBO, reconstruction, KL divergence, bound. */
    static List<Double> scoresOf(RowScores scores, int row) {
        return List.of(
                scores.elbo(row), scores.reconstruction(row), scores.kl(row), scores.importanceWeightedBound(row));
    }

    /** A model of {@link #MIXED}. */
    public static TrainedModel mixed() {
        return trained(MIXED, mixedNetwork(), Map.of(), Optional.of(mixedNormal()));
    }

    /** A model that was trained with the given settings, on rows whose parts are normally as given. */
    public static TrainedModel trained(
            FeatureEncoder encoder,
            MultiLayerNetwork network,
            Map<String, String> settings,
            Optional<NormalParts> normal) {
        return trained(encoder, network, AnomalyScoring.VERSION, settings, normal);
    }

    /** One whose manifest has a version of the anomaly score's formulas. */
    public static TrainedModel trained(
            FeatureEncoder encoder,
            MultiLayerNetwork network,
            int anomalyScoreVersion,
            Map<String, String> settings,
            Optional<NormalParts> normal) {
        Manifest manifest = new Manifest(
                Manifest.FORMAT_VERSION,
                "0123456789ab",
                Instant.EPOCH,
                "linear",
                network.numParams(),
                7,
                anomalyScoreVersion,
                Map.of(),
                settings,
                new Manifest.DataSummary(List.of("rows.csv"), "csv", 9, 1, "00ff00ff00ff00ff"),
                new Manifest.TrainingSummary("averaging", 1, 1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 1),
                Map.of());
        Calibration calibration = Calibration.of(new double[] {1, 2, 3}, new ThresholdRule.Quantile(0.5), 0, normal);
        return new TrainedModel(manifest, encoder, network, calibration, Optional.empty(), Optional.empty(), List.of());
    }

    /** What is normal for {@link #MIXED}: minus a tenth of the column's place, and 0.75 for the latents. */
    static NormalParts mixedNormal() {
        List<String> columns = MIXED.layout().columns();
        double[] means = new double[columns.size()];
        for (int i = 0; i < means.length; i++) {
            means[i] = -0.1 * i;
        }
        return new NormalParts(columns, means, 0.75);
    }

    private static <T> @Nullable T orMissing(Random random, T value) {
        return random.nextInt(4) == 0 ? null : value;
    }

    private static List<Double> contexts() {
        List<Double> brightness = new ArrayList<>(Collections.nCopies(PixelContexts.CONTEXTS, 0.5));
        brightness.set(0, 0.2);
        brightness.set(8, 0.9);
        return brightness;
    }
}
