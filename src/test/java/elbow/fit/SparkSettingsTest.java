package elbow.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.feature.FeatureEncoderJson;
import elbow.train.plan.TrainingPlan;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkSettingsTest {
    @Test
    void whatTheUserHasSetStays() {
        SparkConf settings = SparkSettings.recommend(
                new SparkConf(false).set("spark.driver.maxResultSize", "2g").set("spark.sql.session.timeZone", "CET"));

        assertThat(settings.get("spark.driver.maxResultSize")).isEqualTo("2g");
        assertThat(settings.get("spark.sql.session.timeZone")).isEqualTo("CET");
        assertThat(settings.get("spark.sql.codegen.hugeMethodLimit")).isEqualTo("8000");
    }

    @Test
    void resultsOfARoundThatTheDriverWouldRefuseAreRefusedBeforehand() {
        TrainingPlan plan = plan("training.replicas=8");
        // Parameters and two moments, 4 bytes each.
        long each = 12L * Words.parameters(plan.spec());
        assertThat(SparkSettings.resultBytes(plan)).isEqualTo(8 * each);
        assertThat(SparkSettings.resultBytes(plan("training.replicas=8", "training.outer.moments=reset")))
                .isEqualTo(8 * each / 3);
        assertThat(SparkSettings.resultBytes(plan("training.replicas=100"))).isEqualTo(20 * each);

        assertThatThrownBy(() -> SparkSettings.requireRoomForResults(limit("1m"), plan))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageContaining("spark.driver.maxResultSize must be 0, for no limit, or at least what 8 replicas")
                .hasMessageContaining("but is 1 MB");
        assertThatCode(() -> SparkSettings.requireRoomForResults(limit("0"), plan))
                .doesNotThrowAnyException();
        assertThatCode(() -> SparkSettings.requireRoomForResults(new SparkConf(false), plan))
                .doesNotThrowAnyException();
    }

    private static SparkConf limit(String size) {
        return new SparkConf(false).set("spark.driver.maxResultSize", size);
    }

    private static TrainingPlan plan(String... settings) {
        return TrainingPlan.resolve(
                Configuration.defaults().withOverrides(List.of(settings)),
                FeatureEncoderJson.read(
                        "encoder.json",
                        "{\"formatVersion\": 1, \"inputTransform\": \"none\", \"features\":"
                                + " [{\"type\": \"binary\", \"column\": \"flag\", \"mean\": 0.25}], \"leftOut\": []}"),
                100_000,
                4);
    }
}
