package elbow.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.base.ElbowException;
import java.nio.file.Path;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark's own tuning, with fits side by side. */
class TuningIT {
    @TempDir
    private Path directory = Path.of("");

    // One latent cannot stand for two hidden numbers.
    @Test
    void crossValidationPicksTheLatentSizeThatTheRowsHave() throws Exception {
        VariationalAutoencoder vae = SmallRows.quick().setEpochs(60).setLearningRate(0.01);
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(vae.latentSize(), new int[] {1, 2})
                .build();
        CrossValidator search = new CrossValidator()
                .setEstimator(vae)
                .setEvaluator(new ElboEvaluator())
                .setEstimatorParamMaps(grid)
                .setNumFolds(2)
                .setParallelism(2)
                .setSeed(3);
        CrossValidatorModel found = search.fit(SmallRows.twoFactors());
        String place = directory.resolve("found").toString();
        found.write().save(place);

        assertThat(found.avgMetrics()[1]).isGreaterThan(found.avgMetrics()[0] + 1);
        VariationalAutoencoderModel best = (VariationalAutoencoderModel) found.bestModel();
        assertThat(best.used().latentSize()).isEqualTo(2);
        assertThat(CrossValidatorModel.load(place).avgMetrics()).isEqualTo(found.avgMetrics());
    }

    @Test
    void fitsSideBySideAreThoseOfOneAfterTheOther() {
        VariationalAutoencoder vae = SmallRows.quick();
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(vae.beta(), new double[] {0.5, 1, 2})
                .build();
        TrainValidationSplit search = new TrainValidationSplit()
                .setEstimator(vae)
                .setEvaluator(new ElboEvaluator())
                .setEstimatorParamMaps(grid)
                .setSeed(3);

        TrainValidationSplitModel sideBySide = search.setParallelism(3).fit(SmallRows.twoFactors());
        TrainValidationSplitModel inTurn = search.setParallelism(1).fit(SmallRows.twoFactors());

        assertThat(sideBySide.validationMetrics()).isEqualTo(inTurn.validationMetrics());
        assertThat(((VariationalAutoencoderModel) sideBySide.bestModel())
                        .summary()
                        .modelId())
                .isEqualTo(((VariationalAutoencoderModel) inTurn.bestModel())
                        .summary()
                        .modelId());
    }

    @Test
    void theEvaluatorTakesTheMeanAndKnowsItsColumn() throws Exception {
        Dataset<Row> scored =
                SharedSpark.session().sql("SELECT double(id) AS elbo, double('NaN') AS lost, 1 AS whole FROM range(4)");
        ElboEvaluator evaluator = new ElboEvaluator();
        evaluator.write().save(directory.resolve("evaluator").toString());

        assertThat(evaluator.evaluate(scored)).isEqualTo(1.5);
        assertThat(evaluator.isLargerBetter()).isTrue();
        // Spark takes NaN for the largest of all.
        assertThat(evaluator.copy(ParamMap.empty()).setElboCol("lost").evaluate(scored))
                .isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(ElboEvaluator.load(directory.resolve("evaluator").toString()).getElboCol())
                .isEqualTo("elbo");
        assertThatThrownBy(() -> evaluator.evaluate(scored.drop("elbo")))
                .isInstanceOf(ElbowException.class)
                .hasMessage("column elbo (elboCol) must be of type double, with the ELBO of each row, but is missing"
                        + " among lost, whole");
        assertThatThrownBy(() -> new ElboEvaluator().setElboCol("whole").evaluate(scored))
                .hasMessageContaining("but is of type int");
        assertThatThrownBy(() -> evaluator.evaluate(scored.limit(0))).hasMessageContaining("must be at least one");
    }
}
