package elbow.data.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** The settings of features, held against the columns of a table. */
class FeatureSettingsTest {
    private static final StructType SCHEMA = new StructType()
            .add("amount", DataTypes.DoubleType)
            .add("site", DataTypes.StringType)
            .add("picture", DataTypes.BinaryType);

    @Test
    void anErrorOverAConditionNamesTheKeyThatNamesIt() {
        assertRefused(
                "data.group-by=[place]", "data.group-by must name columns of the input, but \"place\" is none of them");
        assertRefused(
                "data.conditions=[place]",
                "data.conditions must name columns of the input, but \"place\" is none of them");
        assertRefused(
                "data.group-by=[picture]",
                "data.group-by must name columns of numbers, categories or times, but picture has images");
    }

    @Test
    void columnsOfGroupsAreConditionsAfterThoseThatAreNamedSo() {
        Configuration configuration =
                Configuration.defaults().withOverrides(List.of("data.group-by=[a, b]", "data.conditions=[c, a]"));

        assertThat(FeatureSettings.conditions(configuration)).containsExactly("c", "a", "b");
    }

    private static void assertRefused(String setting, String message) {
        FeatureSettings settings =
                FeatureSettings.of(Configuration.defaults().withOverrides(List.of(setting)), List.of());

        assertThatThrownBy(() -> settings.contentColumns(SCHEMA))
                .isInstanceOf(ElbowException.class)
                .hasMessageStartingWith(message);
    }
}
