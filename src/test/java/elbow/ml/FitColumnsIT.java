package elbow.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

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

    private static void assertUsage(VariationalAutoencoder vae, StructType schema, String message) {
        assertThatThrownBy(() -> vae.transformSchema(schema))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageContaining(message);
    }
}
