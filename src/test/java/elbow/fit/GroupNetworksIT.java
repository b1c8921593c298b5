package elbow.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import elbow.SharedSpark;
import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.data.table.Label;
import elbow.export.GraphKind;
import elbow.export.OnnxExport;
import elbow.files.OutputDirectory.IfExists;
import elbow.model.Calibration;
import elbow.model.GroupNetworks;
import elbow.model.ModelDirectory;
import elbow.model.NormalParts;
import elbow.model.TrainedGroup;
import elbow.model.TrainedGroup.Fate;
import elbow.model.TrainedModel;
import elbow.score.Evaluation;
import elbow.score.ExplainedRows;
import elbow.score.FalseDiscoveries;
import elbow.score.ReferenceScores;
import elbow.score.RowScoring;
import elbow.score.ScoredCounts;
import elbow.score.ScoringPlan;
import elbow.score.ScoringTally;
import elbow.score.UnknownConditions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Groups in which one column follows the other in opposite ways, one of them of rows without a value, and groups that
 * are too small for networks of their own.
 */
class GroupNetworksIT {
    private static final Configuration SETTINGS = Configuration.defaults()
            .withTexts("data.group-by", List.of("site"))
            .withOverrides(List.of(
                    "data.group-least-rows=150",
                    "training.epochs=10",
                    "training.measure-every=10",
                    "scoring.threshold-quantile=0.95",
                    "training.learning-rate=0.02",
                    "training.batch-size=64",
                    "training.replicas=1",
                    "model.encoder-sizes=[12]",
                    "model.latent-size=1"));

    // A fifth of the rows each in three groups, the others in ten.
    private static final String ROWS = "SELECT site, id, 2 * sin(id) AS x,"
            + " CASE site WHEN 'a' THEN 2 ELSE -2 END * sin(id) + 0.1 * cos(id * 7) AS y FROM (SELECT id,"
            + " CASE id % 5 WHEN 0 THEN 'a' WHEN 1 THEN 'b' WHEN 2 THEN NULL"
            + " ELSE concat('s', cast(id % 10 AS string)) END AS site FROM range(1500))"
            + " WHERE site IS NULL OR site IN ('a', 'b') OR id < 250";

    private static final String NEW =
            "SELECT * FROM VALUES ('a', 1.0D, 1.0D, 0), ('a', 1.0D, -1.0D, 1), ('b', 1.0D, -1.0D,"
                    + " 0), ('b', 1.0D, 1.0D, 1), ('s3', 1.0D, -1.0D, 0), ('never', 1.0D, -1.0D, 0), (NULL, 1.0D, -1.0D, 0)"
                    + " AS rows(site, x, y, strange)";

    private static @Nullable FitResult trained;

    @TempDir
    private Path directory;

    private final org.apache.hadoop.conf.Configuration hadoop = new org.apache.hadoop.conf.Configuration();

    @BeforeAll
    static void train() {
        trained = Fit.builder(SETTINGS).ignore(List.of("id")).build().train(rows());
    }

    private static Dataset<Row> rows() {
        return SharedSpark.session().sql(ROWS);
    }

    private static FitResult fitted() {
        return Objects.requireNonNull(trained);
    }

    private static <T> T of(Map<String, T> all, String name) {
        return Objects.requireNonNull(all.get(name), name);
    }

    private static GroupNetworks groups() {
        return fitted().model().groups().orElseThrow();
    }

    private static Map<String, TrainedGroup> byName(GroupNetworks groups) {
        return groups.groups().stream().collect(Collectors.toMap(TrainedGroup::name, Function.identity()));
    }

    @Test
    void groupsWithRowsEnoughHaveNetworksOfTheirOwn() {
        Map<String, TrainedGroup> groups = byName(groups());

        assertThat(groups.keySet())
                .containsExactlyInAnyOrder("\"a\"", "\"b\"", "null", "\"s3\"", "\"s4\"", "\"s8\"", "\"s9\"");
        assertThat(of(groups, "\"a\"").fate()).isEqualTo(Fate.OWN);
        assertThat(of(groups, "\"b\"").fate()).isEqualTo(Fate.OWN);
        assertThat(of(groups, "null").fate()).isEqualTo(Fate.OWN);
        assertThat(of(groups, "\"s3\"").fate()).isEqualTo(Fate.FEW_ROWS);
        assertThat(of(groups, "\"a\"").gain()).isPositive();
        assertThat(of(groups, "\"a\"").rows()).isEqualTo(300);
        assertThat(of(groups, "\"s3\"").rows()).isEqualTo(25);
        assertThat(groups.values().stream().mapToLong(TrainedGroup::rows).sum()).isEqualTo(rows().count());
    }

    @Test
    void networksDoNotDependOnOrderAndPartitionsOfRows() {
        Dataset<Row> shuffled = rows().repartition(5).orderBy(functions.expr("hash(id)"));

        FitResult other = Fit.builder(SETTINGS).ignore(List.of("id")).build().train(shuffled);

        assertThat(other.modelId()).isEqualTo(fitted().modelId());
        assertThat(other.model().groups().orElseThrow().files().get(0))
                .isEqualTo(groups().files().get(0));
    }

    @Test
    void whatIsUsualInOneGroupIsStrangeInAnother() {
        Map<String, Row> scores = scored(fitted().model(), 0, ExplainedRows.ALL);

        assertThat(isAnomaly(of(scores, "a 1.0 -1.0"))).isTrue();
        assertThat(isAnomaly(of(scores, "b 1.0 1.0"))).isTrue();
        assertThat(isAnomaly(of(scores, "a 1.0 1.0"))).isFalse();
        assertThat(isAnomaly(of(scores, "b 1.0 -1.0"))).isFalse();
        assertThat(isAnomaly(of(scores, "null 1.0 -1.0"))).isFalse();
    }

    @Test
    void rowsOfSmallAndOfUnknownGroupsAreScoredByThePooledNetworkToTheBit() {
        Map<String, Row> scores = scored(fitted().model(), 3, ExplainedRows.ALL);
        Map<String, Row> pooled = scored(pooled(), 3, ExplainedRows.ALL);

        for (String row : List.of("s3 1.0 -1.0", "never 1.0 -1.0")) {
            assertThat(of(scores, row)).isEqualTo(of(pooled, row));
        }
        assertThat(of(scores, "a 1.0 1.0")).isNotEqualTo(of(pooled, "a 1.0 1.0"));
    }

    private static TrainedModel pooled() {
        TrainedModel model = fitted().model();
        return new TrainedModel(
                model.manifest(),
                model.encoder(),
                model.network(),
                model.calibration(),
                Optional.empty(),
                model.tails(),
                model.history());
    }

    @Test
    void contributionsSumToTheScoreLessTheMeanOfTheGroup() {
        Map<String, Row> scores = scored(fitted().model(), 1, ExplainedRows.ALL);

        for (String name : List.of("a 1.0 1.0", "a 1.0 -1.0", "b 1.0 1.0")) {
            Row row = of(scores, name);
            Calibration own = of(byName(groups()), "\"" + name.charAt(0) + "\"")
                    .network()
                    .orElseThrow()
                    .calibration();
            NormalParts normal = own.normal().orElseThrow();
            assertThat(sum(row)).isCloseTo(score(row) - normal.total(), offset(1e-9));
        }
    }

    @Test
    void aFlaggedRowIsExplainedAsItIsAmongAllThatAreExplained() {
        Map<String, Row> all = scored(fitted().model(), 2, ExplainedRows.ALL);
        Map<String, Row> flagged = scored(fitted().model(), 2, ExplainedRows.FLAGGED);

        for (String strange : List.of("a 1.0 -1.0", "b 1.0 1.0")) {
            assertThat(of(flagged, strange)).isEqualTo(of(all, strange));
        }
        assertThat(of(flagged, "a 1.0 1.0").<Object>getAs("contributions")).isNull();
    }

    @Test
    void theThresholdOfEachGroupIsThatOfItsOwnHeldOutRows() {
        TrainedGroup group = of(byName(groups()), "\"b\"");
        Calibration own = group.network().orElseThrow().calibration();

        assertThat(own.rows()).isEqualTo(group.heldOutRows());
        Map<String, Row> scores = scored(fitted().model(), 0, ExplainedRows.ALL);
        Row strange = of(scores, "b 1.0 1.0");
        double tail = strange.getAs("tail_probability");
        assertThat(tail).isEqualTo(1.0 / (1 + own.rows()));
        // A threshold above the model's by so much is above the group's by as much.
        double excess = score(strange) - own.threshold();
        double threshold = fitted().model().calibration().threshold();
        assertThat(flaggedBeyond(threshold + excess - 1e-6)).contains("b 1.0 1.0");
        assertThat(flaggedBeyond(threshold + excess + 1e-6)).doesNotContain("b 1.0 1.0");
    }

    @Test
    void aModelIsReadAsItWasWrittenAndNoOlderBuildTakesIt() throws Exception {
        String place = directory.resolve("model").toUri().toString();
        fitted().save(ModelDirectory.toWrite(place, IfExists.REFUSE, hadoop));

        TrainedModel loaded = new ModelDirectory(place, hadoop).load();

        assertThat(loaded.manifest().formatVersion()).isEqualTo(2);
        assertThat(scored(loaded, 2, ExplainedRows.ALL)).isEqualTo(scored(fitted().model(), 2, ExplainedRows.ALL));
        Path parameters = directory.resolve("model/groups-00000.bin");
        byte[] bytes = Files.readAllBytes(parameters);
        bytes[bytes.length - 1] ^= 1;
        Files.write(parameters, bytes);
        Files.deleteIfExists(directory.resolve("model/.groups-00000.bin.crc"));
        assertThatThrownBy(() -> new ModelDirectory(place, hadoop).load())
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining("groups-00000.bin must have the SHA-256 that manifest.json lists");
    }

    @Test
    void rowsAreCountedByTheNetworkThatScoresThem() {
        Dataset<Row> rows = SharedSpark.session().sql(NEW).coalesce(1);
        ScoringTally tally =
                new ScoringTally(SharedSpark.session(), fitted().model().encoder(), Optional.empty());
        ScoringPlan plan = new ScoringPlan(List.of(), 0, 0, 0, Instant.EPOCH);
        long unused = RowScoring.score(rows, fitted().model(), plan, tally)
                .collectAsList()
                .size();

        ScoredCounts counts = tally.counts();

        assertThat(counts.groups().own()).isEqualTo(5);
        assertThat(counts.groups().pooled()).isEqualTo(1);
        assertThat(counts.groups().unknown()).isEqualTo(1);
        String note =
                "groups by site: 5 rows scored by networks of their own groups (3 of 7 groups have one), 1 of other"
                        + " groups of training by the pooled network, and 1 of groups that training has not seen by the pooled"
                        + " network, too";
        assertThat(UnknownConditions.notes(fitted().model(), counts)).contains(note);
        assertThat(UnknownConditions.notes(fitted().model(), rows)).contains(note);
    }

    @Test
    void anEvaluationRanksByTheScoresOfEachRowsOwnNetwork() {
        Evaluation evaluation =
                Evaluation.of(SharedSpark.session().sql(NEW), fitted().model(), Optional.of(Label.of("strange")), 0);

        assertThat(evaluation.rows()).isEqualTo(7);
        assertThat(evaluation.ranking().orElseThrow().auroc()).isGreaterThan(0.7);
        double elbo = scored(fitted().model(), 0, ExplainedRows.ALL).values().stream()
                .mapToDouble(row -> row.<Double>getAs("elbo"))
                .average()
                .orElseThrow();
        assertThat(evaluation.elbo()).isCloseTo(elbo, offset(1e-9));
    }

    @Test
    void whatNeedsOneNetworkRefusesMany() {
        Dataset<Row> rows = SharedSpark.session().sql(NEW);
        TrainedModel model = fitted().model();

        assertThatThrownBy(() -> ReferenceScores.calibrate(
                        rows, model, model.calibration().rule(), 0))
                .hasMessageContaining("a calibration of all rows is none of each group: train anew");
        assertThatThrownBy(() -> FalseDiscoveries.of(rows, model, 0, 0.1))
                .hasMessageContaining("tail probabilities by the calibrations of groups have no one threshold");
        assertThatThrownBy(() -> OnnxExport.graph(model, GraphKind.SCORE))
                .hasMessageContaining("a model that is exported must have one network");
    }

    @Test
    void anEvaluationRanksRowsByHowFarTheyAreAboveTheirGroupsThresholds() {
        double up = 100;
        TrainedModel raised = withThresholdOf("[\"a\"]", up);

        double auroc = Evaluation.of(SharedSpark.session().sql(NEW), raised, Optional.of(Label.of("strange")), 0)
                .ranking()
                .orElseThrow()
                .auroc();

        double pooled = fitted().model().calibration().threshold();
        double first = of(byName(groups()), "\"b\"")
                .network()
                .orElseThrow()
                .calibration()
                .threshold();
        Map<String, Row> scores = scored(fitted().model(), 0, ExplainedRows.ALL);
        double strangeOfB = score(of(scores, "b 1.0 1.0")) + pooled - first;
        // The strange row of a is above the other one of a alone; that of b above both of a, and of b's.
        long above = 3;
        for (String row : List.of("s3 1.0 -1.0", "never 1.0 -1.0")) {
            above += strangeOfB > score(of(scores, row)) ? 1 : 0;
        }
        double none = of(byName(groups()), "null")
                .network()
                .orElseThrow()
                .calibration()
                .threshold();
        above += strangeOfB > score(of(scores, "null 1.0 -1.0")) + pooled - none ? 1 : 0;
        assertThat(auroc).isCloseTo(above / 10.0, offset(1e-9));
    }

    /** The model, but that all held-out scores of a group, and with them its threshold, were so much higher. */
    private static TrainedModel withThresholdOf(String key, double higher) {
        TrainedModel model = fitted().model();
        GroupNetworks groups = groups();
        GroupNetworks.Builder builder = new GroupNetworks.Builder(
                groups.columns(), groups.leastRows(), groups.threshold(), groups.parameters());
        for (TrainedGroup group : groups.groups()) {
            if (group.network().isEmpty()) {
                builder.add(group.key(), group.trainingRows(), group.heldOutRows(), group.fate(), group.gain());
                continue;
            }
            TrainedGroup.OwnNetwork own = group.network().orElseThrow();
            double more = group.key().equals(key) ? higher : 0;
            Calibration calibration = Calibration.of(
                    Arrays.stream(own.calibration().scores())
                            .map(score -> score + more)
                            .toArray(),
                    own.calibration().rule(),
                    0,
                    own.calibration().normal());
            byte[] changes =
                    Arrays.copyOfRange(groups.files().get(own.file()), own.offset(), own.offset() + own.length());
            builder.add(group.key(), group.trainingRows(), group.heldOutRows(), group.gain(), calibration, changes);
        }
        return new TrainedModel(
                model.manifest(),
                model.encoder(),
                model.network(),
                model.calibration(),
                Optional.empty(),
                model.tails(),
                model.history(),
                Optional.of(builder.build()));
    }

    private static Map<String, Row> scored(TrainedModel model, int explained, ExplainedRows explainedRows) {
        ScoringPlan plan = new ScoringPlan(
                List.of("site", "x", "y"), 0, model.calibration().threshold(), explained, explainedRows, Instant.EPOCH);
        return RowScoring.score(SharedSpark.session().sql(NEW).coalesce(1), model, plan).collectAsList().stream()
                .collect(
                        Collectors.toMap(row -> row.get(0) + " " + row.get(1) + " " + row.get(2), Function.identity()));
    }

    private static List<String> flaggedBeyond(double threshold) {
        ScoringPlan plan = new ScoringPlan(List.of("site", "x", "y"), 0, threshold, 0, Instant.EPOCH);
        return RowScoring.score(SharedSpark.session().sql(NEW), fitted().model(), plan).collectAsList().stream()
                .filter(GroupNetworksIT::isAnomaly)
                .map(row -> row.get(0) + " " + row.get(1) + " " + row.get(2))
                .toList();
    }

    private static boolean isAnomaly(Row row) {
        return row.getAs("is_anomaly");
    }

    private static double score(Row row) {
        return row.getAs("anomaly_score");
    }

    private static double sum(Row row) {
        List<Row> parts = row.getList(row.fieldIndex("contributions"));
        return parts.stream().mapToDouble(part -> part.getDouble(1)).sum();
    }
}
