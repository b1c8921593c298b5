package elbow.data.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import elbow.data.encoding.NumberScale;
import elbow.data.feature.FeatureJson.LikelihoodField;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NumberLikelihoodTest {
    @Test
    void firstLikelihoodsAreABooleanAndLaterOnesAName() {
        LikelihoodField field =
                new LikelihoodField("heavyTails", NumberLikelihood.STUDENT_T, NumberLikelihood.NEGATIVE_BINOMIAL);

        assertThat(List.of(
                        written(field, NumberLikelihood.STUDENT_T),
                        written(field, NumberLikelihood.NEGATIVE_BINOMIAL),
                        written(field, NumberLikelihood.GAUSSIAN)))
                .containsExactly("{\"heavyTails\":true}", "{\"heavyTails\":false}", "{\"likelihood\":\"gaussian\"}");
    }

    @ParameterizedTest
    @EnumSource
    void writtenLikelihoodsAreReadBack(NumberLikelihood likelihood) {
        LikelihoodField field =
                new LikelihoodField("heavyTails", NumberLikelihood.STUDENT_T, NumberLikelihood.NEGATIVE_BINOMIAL);

        assertThat(JsonReader.read("encoder.json", written(field, likelihood), field::read))
                .isEqualTo(likelihood);
    }

    @Test
    void likelihoodsOfOneTypeHavePlacesOfTheirOwn() {
        assertThat(Arrays.stream(NumberLikelihood.values()).map(each -> each.type() + " " + each.place()))
                .doesNotHaveDuplicates();
    }

    @Test
    void columnsHaveALikelihoodOfTheirType() {
        NumberScale scale = NumberScale.standard(0, 1);

        assertThatThrownBy(() -> new RealFeature("a", scale, 0, 1, NumberLikelihood.POISSON, false))
                .hasMessage("numberLikelihood must be one of real numbers, but is POISSON");
        assertThatThrownBy(() -> new CountFeature("a", 3, 1, 0.5, 7, NumberLikelihood.GAUSSIAN, false))
                .hasMessage("numberLikelihood must be one of counts, but is GAUSSIAN");
    }

    private static String written(LikelihoodField field, NumberLikelihood likelihood) {
        ObjectNode node = JsonReader.newObject();
        field.write(likelihood, node);
        return node.toString();
    }
}
