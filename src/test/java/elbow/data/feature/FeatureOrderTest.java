package elbow.data.feature;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.data.encoding.NumberScale;
import elbow.data.image.ImageShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeatureOrderTest {
    @Test
    void orderIsThatOfExistingModels() {
        List<Feature> features = new ArrayList<>(List.of(
                new ImageFeature("picture", new ImageShape(1, 1, 1), List.of(9.0)),
                new RealFeature("gaussian", 0, 1, -1, 1),
                new RealFeature("student", NumberScale.standard(0, 1), -1, 1, NumberLikelihood.STUDENT_T, false),
                new PositiveFeature("price", 2, 0.5, 0.1, 1e4, false),
                new CountFeature("negative binomial", 3, 1.2, 0.7, 40, NumberLikelihood.NEGATIVE_BINOMIAL, false),
                new CountFeature("poisson", 3, 1.2, 0.7, 40, NumberLikelihood.POISSON, false),
                new BinaryFeature("flag", 0.25, false),
                ordinal("10 levels", 10),
                ordinal("12 levels", 12),
                ordinal("20 levels and 2 beyond", 22),
                ordinal("2 levels", 2),
                ordinal("3 levels", 3),
                categorical("100 categories", 100),
                categorical("10 categories", 10),
                categorical("30 categories", 30),
                categorical("3 categories", 3),
                new TimeFeature("at", List.of(TimePart.TIME_OF_DAY), List.of(0.0, 0.0), false)));
        List<Feature> sorted = new ArrayList<>(features);
        Collections.reverse(sorted);

        sorted.sort(FeatureOrder.COMPARATOR);

        assertThat(sorted).extracting(Feature::column).containsExactlyElementsOf(columns(features));
    }

    @Test
    void columnsOfOneLikelihoodStayInTheOrderOfTheTable() {
        List<Feature> features = new ArrayList<>(List.of(
                new RealFeature("z", 0, 1, -1, 1),
                new RealFeature("a", 5, 3, -9, 9),
                new RealFeature("k", NumberScale.standard(0, 1), -1, 1, NumberLikelihood.GAUSSIAN, true)));

        features.sort(FeatureOrder.COMPARATOR);

        assertThat(features).extracting(Feature::column).containsExactly("z", "a", "k");
    }

    private static List<String> columns(List<Feature> features) {
        return features.stream().map(Feature::column).toList();
    }

    private static Feature ordinal(String column, int width) {
        return new OrdinalFeature(column, texts(width), false, frequencies(width), false);
    }

    private static Feature categorical(String column, int width) {
        return new CategoricalFeature(column, texts(width - 1), List.of(), frequencies(width), false);
    }

    private static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "text " + i).toList();
    }

    private static List<Double> frequencies(int count) {
        return Collections.nCopies(count, 1.0 / count);
    }
}
