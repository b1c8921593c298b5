package elbow.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.SharedSpark;
import elbow.base.Configuration;
import elbow.data.encoding.RowEncoder;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.FeatureType;
import elbow.data.feature.RealFeature;
import elbow.data.feature.Stretching;
import elbow.data.reference.MarginalTails;
import elbow.data.reference.NearestRows;
import elbow.data.reference.RowDistances;
import elbow.data.table.Label;
import elbow.files.OutputDirectory.IfExists;
import elbow.model.Calibration;
import elbow.model.ModelDirectory;
import elbow.model.NormalParts;
import elbow.model.ThresholdRule;
import elbow.model.TrainedModel;
import elbow.score.Evaluation;
import elbow.score.ReferenceScores;
import elbow.score.RowScoring;
import elbow.score.ScoringPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of one table with gaps, whose measured columns are in other units. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScoreUnitsIT {
    private static final Configuration QUICK = Configuration.defaults()
            .withOverrides(List.of(
                    "training.epochs=6",
                    "training.replicas=2",
                    "training.batch-size=32",
                    "scoring.samples=0",
                    "scoring.threshold-quantile=0.9"));

    private static final StructType SCHEMA = new StructType()
            .add("plain", DataTypes.DoubleType)
            .add("gappy", DataTypes.DoubleType)
            .add("tailed", DataTypes.DoubleType)
            .add("price", DataTypes.DoubleType)
            .add("visits", DataTypes.IntegerType)
            .add("label", DataTypes.IntegerType);

    /** The ELBO alone makes up scores. */
    private static final List<String> PLAIN = List.of("scoring.marginal-weight=0", "scoring.neighbour-weight=0");

    /** Columns that are measured, and so have a unit. */
    private static final int MEASURED = 4;

    private static final int ROWS = 600;

    /** Not to the bit: the mean of a positive column's logarithms is rounded otherwise in other units. */
    private static final double ROUNDING = 1e-4;

    private final org.apache.hadoop.conf.Configuration hadoop = new org.apache.hadoop.conf.Configuration();

    @TempDir
    private Path directory;

    private Fitted first;

    @BeforeAll
    void fitInTheFirstUnits() {
        first = new Fitted(0);
    }

    @Test
    void theTableHasEveryKindOfNumberAndGaps() {
        List<Feature> features = first.model.encoder().features();
        assertThat(features)
                .extracting(Feature::type)
                .containsExactlyInAnyOrder(
                        FeatureType.REAL, FeatureType.REAL, FeatureType.REAL, FeatureType.POSITIVE, FeatureType.COUNT);
        assertThat(features).filteredOn(Feature::hasGaps).hasSize(4);
        assertThat(features.stream()
                        .filter(feature -> feature instanceof RealFeature real
                                && real.scale().stretched())
                        .map(Feature::column))
                .containsExactly("tailed");
    }

    @ParameterizedTest
    @ValueSource(ints = {-20, -7, 3, 20})
    void aTableInOtherUnitsHasTheSameAnomalies(int power) {
        Fitted other = new Fitted(power);

        double[] before = first.scores();
        double[] after = other.scores();
        assertThat(after)
                .containsExactly(
                        before,
                        rounding(Arrays.stream(before).map(Math::abs).max().orElseThrow()));
        assertThat(ranks(after)).isEqualTo(ranks(before));
        assertThat(other.auroc()).isCloseTo(first.auroc(), within(1e-12)).isBetween(0.6, 1.0);
        double threshold = first.model.calibration().threshold();
        assertThat(other.model.calibration().threshold()).isCloseTo(threshold, rounding(threshold));
        assertThat(other.model.encoder().logJacobian())
                .isNotCloseTo(first.model.encoder().logJacobian(), within(1.0));
    }

    @Test
    void aTableInOtherUnitsIsSplitAlikeAndSoHasTheSameModel() {
        TrainedModel model = Fit.of(QUICK).train(table(0, 1).drop("label")).model();
        TrainedModel other = Fit.of(QUICK).train(table(20, 1).drop("label")).model();

        assertThat(other.manifest().data().validationRows())
                .isEqualTo(model.manifest().data().validationRows())
                .isBetween(30L, 90L);
        double[] before = scores(model, table(0, 1));
        double[] after = scores(other, table(20, 1));
        assertThat(after)
                .containsExactly(
                        before,
                        rounding(Arrays.stream(before).map(Math::abs).max().orElseThrow()));
        assertThat(ranks(after)).isEqualTo(ranks(before));
    }

    private static double[] scores(TrainedModel model, Dataset<Row> rows) {
        double threshold = model.calibration().threshold();
        return RowScoring.score(rows, model, new ScoringPlan(List.of(), 0, threshold, 0, Instant.EPOCH))
                .collectAsList()
                .stream()
                .mapToDouble(row -> row.<Double>getAs("anomaly_score"))
                .toArray();
    }

    @Test
    void contributionsAddUpInOtherUnits() {
        Fitted other = new Fitted(11);
        NormalParts normal = other.model.calibration().normal().orElseThrow();

        for (Row row : other.scored(3)) {
            double sum = row.<Row>getList(row.fieldIndex("contributions")).stream()
                    .mapToDouble(entry -> entry.getDouble(1))
                    .sum();
            assertThat(sum).isCloseTo(row.<Double>getAs("anomaly_score") - normal.total(), within(1e-9));
        }
        for (int column = 0; column < normal.columns().size(); column++) {
            double mean = first.model.calibration().normal().orElseThrow().mean(column);
            assertThat(normal.mean(column)).isCloseTo(mean, rounding(mean));
        }
    }

    @Test
    void heldOutRowsScoreToTheBitAsTheyDoInATable() {
        double[] held = first.model.calibration().scores();
        double[] scored = RowScoring.score(first.validation, first.model, first.plan(0)).collectAsList().stream()
                .mapToDouble(row -> row.<Double>getAs("anomaly_score"))
                .sorted()
                .toArray();
        assertThat(scored).isEqualTo(held);
    }

    @Test
    void aModelThatSaysNoVersionScoresAndIsCalibratedAsEver() throws IOException {
        TrainedModel older = withoutVersion(new Fitted(5, QUICK.withOverrides(PLAIN)));
        Dataset<Row> rows = table(5, 2);
        FeatureEncoder encoder = older.encoder();
        RowEncoder rowEncoder = encoder.bind(rows.schema());
        Stretching stretching = encoder.stretching();

        List<Row> table = rows.collectAsList();
        List<Row> scored = RowScoring.score(rows, older, new ScoringPlan(List.of(), 0, 0, 2, Instant.EPOCH))
                .collectAsList();
        double[] scores = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            float[] encoded = new float[encoder.width()];
            byte[] observed = new byte[encoder.width()];
            rowEncoder.encode(table.get(i), encoded, observed, 0);
            scores[i] = scored.get(i).<Double>getAs("anomaly_score");
            assertThat(scores[i]).isEqualTo(-scored.get(i).<Double>getAs("elbo") + stretching.of(encoded, observed, 0));
        }
        Calibration again = ReferenceScores.calibrate(rows, older, new ThresholdRule.Quantile(0.9), 0);
        assertThat(again.scores()).isEqualTo(Arrays.stream(scores).sorted().toArray());
        assertThat(again.normal().orElseThrow().total())
                .isCloseTo(Arrays.stream(scores).average().orElseThrow(), within(1e-9));
    }

    @Test
    void howFarOutValuesAndRowsLieIsKeptWithTheModelAndCounts() {
        Fitted fitted = new Fitted(0);
        String place = directory.resolve("kept").toString();
        fitted.result.save(ModelDirectory.toWrite(place, IfExists.REFUSE, hadoop));
        TrainedModel loaded = new ModelDirectory(place, hadoop).load();
        Fitted without = new Fitted(0, QUICK.withOverrides(PLAIN));
        MarginalTails tails = loaded.tails().orElseThrow();
        NearestRows nearest = loaded.nearest().orElseThrow();
        RowEncoder rowEncoder = loaded.encoder().bind(fitted.rows.schema());

        List<Row> rows = fitted.rows.collectAsList();
        List<Row> scored = RowScoring.score(fitted.rows, loaded, fitted.plan(0)).collectAsList();
        double[] plain = without.scores();
        assertThat(fitted.scores())
                .containsExactly(scored.stream()
                        .mapToDouble(row -> row.<Double>getAs("anomaly_score"))
                        .toArray());
        for (int i = 0; i < ROWS; i++) {
            float[] encoded = new float[loaded.encoder().width()];
            byte[] observed = new byte[encoded.length];
            rowEncoder.encode(rows.get(i), encoded, observed, 0);
            assertThat(scored.get(i).<Double>getAs("anomaly_score"))
                    .isCloseTo(
                            plain[i]
                                    + tails.of(encoded, observed, 0)
                                    + nearest.of(encoded, observed, 0, new RowDistances()),
                            within(1e-9));
        }
        assertThat(tails.weight()).isEqualTo(0.25);
        assertThat(nearest.weight()).isEqualTo(0.5);
        assertThat(nearest.rows()).isEqualTo(256);
        assertThat(nearest.neighbours()).isEqualTo(26);
        assertThat(loaded.manifest().anomalyScoreVersion()).isEqualTo(4);
        assertThat(without.model.tails()).isEmpty();
        assertThat(without.model.nearest()).isEmpty();
        assertThat(without.model.manifest().anomalyScoreVersion()).isEqualTo(2);
    }

    /** The model as a build wrote it that knew one version of the anomaly score. */
    private TrainedModel withoutVersion(Fitted fitted) throws IOException {
        String place = directory.resolve("older").toString();
        fitted.result.save(ModelDirectory.toWrite(place, IfExists.REFUSE, hadoop));
        Path manifest = directory.resolve("older/manifest.json");
        String text = Files.readString(manifest);
        String older = text.replaceFirst("\\s*\"anomalyScoreVersion\" : 2,", "");
        assertThat(older).isNotEqualTo(text);
        Files.writeString(manifest, older);
        return new ModelDirectory(place, hadoop).load();
    }

    private static int[] ranks(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> scores[row]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static Offset<Double> rounding(double value) {
        return within(ROUNDING * Math.max(1, Math.abs(value)));
    }

    /** A model of the table whose columns are times this power of two, or its inverse, and the table. */
    private static final class Fitted {
        private final Dataset<Row> rows;
        private final Dataset<Row> validation;
        private final FitResult result;
        private final TrainedModel model;

        Fitted(int power) {
            this(power, QUICK);
        }

        Fitted(int power, Configuration settings) {
            rows = table(power, 1);
            validation = table(power, 2);
            result = Fit.builder(settings)
                    .ignore(List.of("label"))
                    .validation(validation)
                    .build()
                    .train(rows);
            model = result.model();
        }

        ScoringPlan plan(int explained) {
            return new ScoringPlan(List.of("label"), 0, model.calibration().threshold(), explained, Instant.EPOCH);
        }

        List<Row> scored(int explained) {
            return RowScoring.score(rows, model, plan(explained)).collectAsList();
        }

        double[] scores() {
            return scored(0).stream()
                    .mapToDouble(row -> row.<Double>getAs("anomaly_score"))
                    .toArray();
        }

        double auroc() {
            return Evaluation.of(rows, model, Optional.of(Label.of("label")), 0)
                    .ranking()
                    .orElseThrow()
                    .auroc();
        }
    }

    private static Dataset<Row> table(int power, long seed) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            double common = random.nextGaussian();
            boolean strange = i % 20 == 0;
            double[] values = {
                10 + common + 0.3 * random.nextGaussian(),
                common + 0.3 * random.nextGaussian() + (strange ? 3 : 0),
                5 + Math.sinh(2.5 * (common + random.nextGaussian())),
                Math.exp(2 + common + 0.3 * random.nextGaussian()),
                Math.floor(20 * Math.exp(0.5 * common))
            };
            @Nullable Object[] row = new @Nullable Object[SCHEMA.size()];
            for (int column = 0; column < values.length; column++) {
                boolean gap = column > 0 && random.nextInt(4) == 0;
                double unit = Math.scalb(1.0, column == 1 ? -power : power);
                row[column] = gap
                        ? null
                        : column < MEASURED ? (Object) (values[column] * unit) : (Object) (int) values[column];
            }
            row[values.length] = strange ? 1 : 0;
            rows.add(RowFactory.create(row));
        }
        return SharedSpark.session().createDataFrame(rows, SCHEMA).coalesce(2);
    }
}
