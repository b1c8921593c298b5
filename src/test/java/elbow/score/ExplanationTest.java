package elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TestEncoders;
import elbow.model.NormalParts;
import elbow.model.TrainedModel;
import elbow.vae.GivenScores;
import elbow.vae.RowScores;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationTest {
    private static final FeatureEncoder ENCODER = TestEncoders.encoder()
            .real("a", 10, 2)
            .real("b", 0, 1)
            .real("c", 0, 4)
            .binary("flag", 0.5)
            .gaps("b")
            .build();

    /** The table's order is another than the encoder's. */
    private static final StructType SCHEMA = new StructType()
            .add("flag", DataTypes.BooleanType)
            .add("c", DataTypes.IntegerType)
            .add("other", DataTypes.StringType)
            .add("b", DataTypes.DoubleType)
            .add("a", DataTypes.DoubleType);

    private static final NormalParts NORMAL =
            new NormalParts(List.of("a", "b", "c", "flag"), new double[] {1.5, 2, 0.5, 0.25}, 3);

    private final TaskScope task = new TaskScope();

    @AfterEach
    void endTask() {
        task.close();
    }

    @Test
    void columnsStandByWhatTheyAddBeyondTheirNormalMeans() {
        // Their parts are 1.75, 6, 3.5 and 0.125.
        Row[] entries = explained(4, row(14.0, 0.5, 8, true), 3.5, 1.75, 6, 3.5, 0.125);
        assertThat(names(entries)).containsExactly("b", "c", "a", "flag", "latent");
        assertThat(nats(entries)).containsExactly(new double[] {4, 3, 0.25, -0.125, 0.5}, within(1e-12));
        assertThat(texts(entries, "observed")).containsExactly("0.5", "8", "14.0", "true", null);
        assertThat(texts(entries, "expected")).containsExactly("-0.5", "1", "11", "false", null);
    }

    @Test
    void columnsThatAreNotNamedAreSummedUp() {
        Row[] entries = explained(1, row(14.0, 0.5, 8, true), 3.5, 1.75, 6, 3.5, 0.125);
        assertThat(names(entries)).containsExactly("b", "latent", "other");
        assertThat(nats(entries)).containsExactly(new double[] {4, 0.5, 3 + 0.25 - 0.125}, within(1e-12));
        assertThat(texts(entries, "observed")).containsExactly("0.5", null, null);
        assertThat(texts(entries, "expected")).containsExactly("-0.5", null, null);
    }

    @Test
    void askingForMoreColumnsThanThereAreNamesThemAll() {
        Row[] entries = explained(9, row(14.0, 0.5, 8, true), 3.5, 1.75, 6, 3.5, 0.125);
        assertThat(names(entries)).containsExactly("b", "c", "a", "flag", "latent");
    }

    @Test
    void columnsThatAddAsMuchStandInTheEncodersOrder() {
        Row[] entries = explained(4, row(14.0, 0.5, 8, true), 3.5, 2.5, 3, 1.5, 1.25);
        assertThat(names(entries)).containsExactly("a", "b", "c", "flag", "latent");
        assertThat(nats(entries)).containsExactly(new double[] {1, 1, 1, 1, 0.5}, within(1e-12));
        assertThat(names(explained(2, row(14.0, 0.5, 8, true), 3.5, 1.5, 3, 1.5, 0.25)))
                .containsExactly("b", "c", "latent", "other");
    }

    @Test
    void aMissingColumnAddsMinusItsNormalMean() {
        Row[] entries = explained(4, row(14.0, null, 8, false), 3, 1.5, 0, 0.5, 0.25);
        assertThat(names(entries)).containsExactly("a", "c", "flag", "b", "latent");
        assertThat(nats(entries)).containsExactly(new double[] {0, 0, 0, -2, 0}, within(1e-12));
        assertThat(texts(entries, "observed")).containsExactly("14.0", "8", "false", null, null);
        assertThat(texts(entries, "expected")).containsExactly("11", "1", "false", "-0.5", null);
    }

    @Test
    void markedGapsOfATextColumnAreMissingToo() {
        FeatureEncoder encoder = TestEncoders.encoder()
                .categorical("colour", "red", "blue")
                .gaps("colour")
                .missingMarkers("?")
                .build();
        StructType schema = new StructType().add("colour", DataTypes.StringType);
        Explanation explanation = Explanation.of(
                trained(encoder, Optional.of(new NormalParts(List.of("colour"), new double[] {1}, 0))), 1, schema);
        ColumnParts parts = new ColumnParts(encoder.layout(), elbo(encoder));
        Row marked = RowFactory.create("?");
        EncodedRows rows = SmallModels.encoded(encoder, schema, List.of(marked));
        RowScores scores = GivenScores.withKl(encoder.width(), 0);
        float[] expected = {0.2f, 0.7f, 0.1f};
        System.arraycopy(expected, 0, scores.expected(), 0, expected.length);
        Row[] entries = explanation.explain(marked, rows, 0, parts, scores, null);
        assertThat(nats(entries)).containsExactly(-1, 0);
        assertThat(texts(entries, "observed")).containsOnlyNulls();
        assertThat(texts(entries, "expected")).containsExactly("blue", null);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 11, 40})
    void contributionsSumToTheScoresExcess(int named) {
        FeatureEncoder encoder = SmallModels.MIXED;
        NormalParts normal = SmallModels.mixedNormal();
        TrainedModel model = SmallModels.trained(
                encoder,
                SmallModels.mixedNetwork(),
                Map.of(AnomalyScoring.KEY, "likelihood-ratio"),
                Optional.of(normal));
        Explanation explanation = Explanation.of(model, named, SmallModels.MIXED_SCHEMA);
        int columns = encoder.features().size();
        ScoredRows scored = ScoredRows.explained(
                SmallModels.mixedRows(600, 4).iterator(),
                encoder.bind(SmallModels.MIXED_SCHEMA),
                SmallModels.scoring(model.network(), 2),
                AnomalyScoring.of(model),
                explanation);
        while (scored.hasNext()) {
            ScoredRow row = scored.next();
            Row[] entries = scored.explain(explanation);
            double sum = Arrays.stream(nats(entries)).sum();
            assertThat(sum).isCloseTo(row.anomalyScore() - normal.total(), within(1e-9));
            assertThat(entries).hasSize(named < columns ? named + 2 : columns + 1);
            double[] ordered = Arrays.copyOf(nats(entries), Math.min(named, columns));
            for (int i = 1; i < ordered.length; i++) {
                assertThat(ordered[i]).isLessThanOrEqualTo(ordered[i - 1]);
            }
            assertObservedAreTheInputs(entries, row.input(), ordered.length);
        }
    }

    private static void assertObservedAreTheInputs(Row[] entries, Row input, int named) {
        Set<String> seen = new HashSet<>();
        for (Row entry : Arrays.asList(entries).subList(0, named)) {
            String column = entry.getString(0);
            assertThat(seen.add(column)).isTrue();
            Object value = input.get(SmallModels.MIXED_SCHEMA.fieldIndex(column));
            boolean shown = value != null && !value.equals("?") && !column.equals("picture") && !column.equals("at");
            if (shown) {
                assertThat(entry.getString(2)).isEqualTo(String.valueOf(value));
            } else if (!column.equals("at")) {
                assertThat(entry.getString(2)).isNull();
            }
        }
    }

    @Test
    void itGoesToExecutorsAsItIs() throws IOException, ClassNotFoundException {
        Explanation explanation = Explanation.of(trained(ENCODER, Optional.of(NORMAL)), 2, SCHEMA);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(explanation);
        }
        Explanation read;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = (Explanation) in.readObject();
        }
        Row row = row(14.0, 0.5, 8, true);
        assertThat(explained(read, row, 3.5, 1.75, 6, 3.5, 0.125))
                .isEqualTo(explained(explanation, row, 3.5, 1.75, 6, 3.5, 0.125));
    }

    @Test
    void aModelThatDoesNotKnowWhatIsNormalExplainsNothing() {
        TrainedModel model = trained(ENCODER, Optional.empty());
        assertThatThrownBy(() -> Explanation.of(model, 3, SCHEMA))
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining("contributions must be measured against normal rows, but model 0123456789ab")
                .extracting(e -> ((ElbowException) e).category())
                .isEqualTo(ErrorCategory.MODEL);
    }

    /** Explains the second row of a chunk. */
    private static Row[] explained(int named, Row row, double kl, double... parts) {
        return explained(Explanation.of(trained(ENCODER, Optional.of(NORMAL)), named, SCHEMA), row, kl, parts);
    }

    private static Row[] explained(Explanation explanation, Row row, double kl, double... parts) {
        ColumnParts columns = new ColumnParts(ENCODER.layout(), elbo(ENCODER));
        EncodedRows rows = SmallModels.encoded(ENCODER, SCHEMA, List.of(row(0.0, 0.0, 0, false), row));
        RowScores scores = GivenScores.withKl(4, kl, kl);
        double[] logScales = {Math.log(2), 0, Math.log(4), 0};
        for (int i = 0; i < parts.length; i++) {
            boolean missing = i == 1 && row.isNullAt(3);
            scores.columnReconstructions()[4 + i] = missing ? 0 : logScales[i] - parts[i];
        }
        // Encoded expectations: a 11, b -0.5, c 1; the flag's probability is 0.3.
        float[] expected = {9, 9, 9, 1, 0.5f, -0.5f, 0.25f, 0.3f};
        System.arraycopy(expected, 0, scores.expected(), 0, expected.length);
        return explanation.explain(row, rows, 1, columns, scores, null);
    }

    private static Row row(double a, @Nullable Double b, int c, boolean flag) {
        return RowFactory.create(flag, c, "x", b, a);
    }

    private static AnomalyScoring elbo(FeatureEncoder encoder) {
        return AnomalyScoring.of(AnomalyScoring.Formula.ELBO, encoder);
    }

    private static TrainedModel trained(FeatureEncoder encoder, Optional<NormalParts> normal) {
        return SmallModels.trained(encoder, SmallModels.network(SmallModels.spec(encoder, 1)), Map.of(), normal);
    }

    private static List<String> names(Row[] entries) {
        return Arrays.stream(entries).map(entry -> entry.getString(0)).toList();
    }

    private static double[] nats(Row[] entries) {
        return Arrays.stream(entries).mapToDouble(entry -> entry.getDouble(1)).toArray();
    }

    private static List<@Nullable String> texts(Row[] entries, String field) {
        int index = field.equals("observed") ? 2 : 3;
        return Arrays.stream(entries)
                .<@Nullable String>map(entry -> entry.getString(index))
                .toList();
    }
}
