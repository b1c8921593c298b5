package elbow.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which columns and rows of a DataFrame an estimator trains on. */
class FitColumnsIT {
    /** Every tenth row is broken; every third that is not is held out. */
    private static final Dataset<Row> STATES = SmallRows.mixed()
            .withColumn("state", functions.expr("IF(id % 10 = 0, 'broken', 'fine')"))
            .withColumn("held", functions.expr("id % 3 = 0 AND id % 10 <> 0"));

    private static VariationalAutoencoder normal() {
        return SmallRows.quick()
                .setEpochs(1)
                .setInputCols("a", "b")
                .setLabelCol("state")
                .setAnomalyLabel("broken");
    }

    @Test
    void rowsHeldOutNeedNoAnomalies() {
        VariationalAutoencoderModel fitted =
                normal().setValidationIndicatorCol("held").fit(STATES);

        assertThat(fitted.summary().manifest().data().trainingRows()).isEqualTo(180);
        assertThat(fitted.summary().manifest().data().validationRows()).isEqualTo(90);
    }

    @Test
    void aFoldWithoutAnomaliesIsTrainedOn() {
        VariationalAutoencoderModel fitted = normal().fit(STATES.filter("state = 'fine'"));

        assertThat(fitted.summary().manifest().data().trainingRows()
                        + fitted.summary().manifest().data().validationRows())
                .isEqualTo(270);
    }

    @Test
    void theLabelMustSayOfEveryRowWhatItIsAndCallSomeNormal() {
        assertThatThrownBy(() -> normal().setValidationIndicatorCol("held")
                        .fit(STATES.withColumn("state", functions.expr("IF(id = 3, NULL, state)"))))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INPUT))
                .hasMessageContaining("label column state must have a value in every row, but holds no value");
        assertThatThrownBy(() -> normal().fit(STATES.filter("state = 'broken'")))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INPUT))
                .hasMessageContaining("must call some rows normal, but by state=broken all are anomalies");
    }

    @Test
    void aConditionIsNoVector() {
        StructType schema = STATES.schema().add("pair", SQLDataTypes.VectorType());

        assertUsage(
                new VariationalAutoencoder().setConditions("pair"),
                schema,
                "column pair must hold numbers, categories or times to be one of conditions, but is of type vector");
    }

    @Test
    void aColumnThatIsIgnoredIsNeitherModelledNorACondition() {
        assertUsage(
                new VariationalAutoencoder().setInputCols("a", "b").setIgnoredCols("b", "day"),
                STATES.schema(),
                "inputCols must not name a column of ignoredCols, but is b");
        assertUsage(
                new VariationalAutoencoder().setConditions("colour").setIgnoredCols("colour"),
                STATES.schema(),
                "conditions must not name a column of ignoredCols, but is colour");
    }

    @ParameterizedTest
    @MethodSource("given")
    void columnsThatAParamGivesSomethingMustBeThere(String param, VariationalAutoencoder vae) {
        assertUsage(
                vae.setInputCols("a", "b", "pair"),
                STATES.schema().add("pair", SQLDataTypes.VectorType()),
                param + " must name columns of the input, but \"nowhere\" is none of them: a, b");
    }

    static Stream<Arguments> given() {
        return Stream.of(
                Arguments.of("realCols", new VariationalAutoencoder().setRealCols("pair[1]", "nowhere")),
                Arguments.of("positiveCols", new VariationalAutoencoder().setPositiveCols("a", "nowhere")),
                Arguments.of("countCols", new VariationalAutoencoder().setCountCols("nowhere")),
                Arguments.of("binaryCols", new VariationalAutoencoder().setBinaryCols("nowhere")),
                Arguments.of("ordinalCols", new VariationalAutoencoder().setOrdinalCols("nowhere")),
                Arguments.of("categoricalCols", new VariationalAutoencoder().setCategoricalCols("nowhere")),
                Arguments.of("gaussianCols", new VariationalAutoencoder().setGaussianCols("nowhere")),
                Arguments.of("studentTCols", new VariationalAutoencoder().setStudentTCols("nowhere")),
                Arguments.of("pointMassesCols", new VariationalAutoencoder().setPointMassesCols("nowhere")),
                Arguments.of("poissonCols", new VariationalAutoencoder().setPoissonCols("nowhere")),
                Arguments.of("negativeBinomialCols", new VariationalAutoencoder().setNegativeBinomialCols("nowhere")),
                Arguments.of("timeCols", new VariationalAutoencoder().setTimeCols(Map.of("nowhere", "dd/MM/yyyy"))),
                Arguments.of(
                        "levels",
                        new VariationalAutoencoder().setLevels(Map.of("nowhere", List.of("small", "large")))));
    }

    @Test
    void elementsOfAVectorMayBeGivenATypeEach() {
        VariationalAutoencoder vae = new VariationalAutoencoder().setInputCols("pair");
        StructType schema = STATES.schema().add("pair", SQLDataTypes.VectorType());

        assertThat(vae.setRealCols("pair[0]", "pair[10]")
                        .transformSchema(schema)
                        .fieldNames())
                .contains("elbo");
        assertUsage(vae.setRealCols("pair"), schema, "realCols must name columns of the input, but \"pair\" is none");
    }

    @Test
    void paramsOfScoringAreCheckedBeforeAnyRowIsRead() {
        assertUsage(new VariationalAutoencoder().setExplained(-1), STATES.schema(), "explained must be at least 0");
        assertUsage(
                new VariationalAutoencoder().setThreshold(Double.NaN),
                STATES.schema(),
                "threshold must be a number, but is NaN");
        assertUsage(
                new VariationalAutoencoder().setScoringSamples(-1),
                STATES.schema(),
                "scoring.samples must be auto or a whole number of at least 0, but is -1");
    }

    @Test
    void paramsOfAModelAreCheckedBeforeAnyRowIsRead() {
        VariationalAutoencoderModel fitted =
                SmallRows.quick().setEpochs(1).setInputCols("a", "b").fit(STATES);

        assertUsage(copy(fitted).setExplained(-1), "explained must be at least 0, but is -1");
        assertUsage(copy(fitted).setThreshold(Double.NaN), "threshold must be a number, but is NaN");
        assertUsage(copy(fitted).setScoringSamples(-1), "scoringSamples must be at least 0, but is -1");
        assertThat(fitted.transformSchema(STATES.schema()).fieldNames()).contains("elbo");
    }

    private static VariationalAutoencoderModel copy(VariationalAutoencoderModel model) {
        return model.copy(ParamMap.empty());
    }

    private static void assertUsage(VariationalAutoencoderModel model, String message) {
        assertThatThrownBy(() -> model.transformSchema(STATES.schema()))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageContaining(message);
    }

    private static void assertUsage(VariationalAutoencoder vae, StructType schema, String message) {
        assertThatThrownBy(() -> vae.transformSchema(schema))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageContaining(message);
    }
}
