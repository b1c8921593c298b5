package elbow.export;

import elbow.data.encoding.NumberScale;
import elbow.data.feature.CategoricalFeature;
import elbow.data.feature.Feature;
import elbow.data.feature.ImageFeature;
import elbow.data.feature.OrdinalFeature;
import elbow.data.feature.TimeFeature;
import elbow.data.image.ImageShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Expected values of encoded columns as outputs of a graph, in the columns' own units; NaN, and of texts the empty one,
 * of rows that are NaN.
 */
final class DecodingGraph {
    /** Behind the name of a category's column: the probability of each category. */
    static final String PROBABILITIES = ".probabilities";

    private final Graph graph;

    DecodingGraph(Graph graph) {
        this.graph = graph;
    }

    /**
     * Adds the outputs.
     *
     * @param features that are modelled
     * @param expected rows x their encoded columns, of floats
     */
    void add(List<Feature> features, Tensor expected) {
        int column = 0;
        for (Feature feature : features) {
            add(feature, expected.slice(1, column, feature.width()));
            column += feature.width();
        }
    }

    private void add(Feature feature, Tensor encoded) {
        String name = feature.column();
        if (feature instanceof ImageFeature image) {
            ImageShape shape = image.shape();
            Tensor pixels = encoded.isNaN()
                    .choose(encoded, encoded.atLeast(0).atMost(1))
                    .times(255);
            graph.output(
                    TensorShape.of(name, ElementType.FLOAT, shape.height(), shape.width(), shape.channels()),
                    pixels.shaped(0, shape.height(), shape.width(), shape.channels()));
        } else if (feature instanceof TimeFeature) {
            graph.output(TensorShape.of(name, ElementType.FLOAT, feature.width()), encoded);
        } else if (feature instanceof CategoricalFeature category) {
            int known = category.width() - 1;
            Tensor code = encoded.slice(1, 0, known).largest(1);
            addText(feature, encoded, code);
            addProbabilities(feature, encoded);
        } else if (feature instanceof OrdinalFeature ordinal) {
            Tensor code = encoded.largest(1);
            if (ordinal.numbers()) {
                double first = Long.parseLong(ordinal.levels().get(0));
                Tensor level = code.as(ElementType.DOUBLE)
                        .atLeast(1)
                        .atMost(ordinal.width() - 2.0)
                        .plus(first - 1);
                graph.output(
                        TensorShape.of(name, ElementType.DOUBLE),
                        isUnknown(encoded).choose(graph.scalar(ElementType.DOUBLE, Double.NaN), level));
            } else {
                addText(feature, encoded, code);
            }
            addProbabilities(feature, encoded);
        } else {
            NumberScale scale = ColumnGraph.scale(feature);
            graph.output(
                    TensorShape.of(name, ElementType.DOUBLE),
                    decoded(scale, encoded).withoutAxis(1));
        }
    }

    private void addText(Feature feature, Tensor encoded, Tensor code) {
        Tensor text = graph.texts(texts(feature)).picked(0, code);
        graph.output(
                TensorShape.of(feature.column(), ElementType.TEXT),
                isUnknown(encoded).choose(graph.texts(List.of("")), text));
    }

    // Of numbers that are none the likeliest place is any.
    private static Tensor isUnknown(Tensor encoded) {
        return encoded.slice(1, 0, 1).isNaN().withoutAxis(1);
    }

    private void addProbabilities(Feature feature, Tensor encoded) {
        graph.output(TensorShape.of(feature.column() + PROBABILITIES, ElementType.FLOAT, feature.width()), encoded);
    }

    /**
     * What each place of a category's probabilities stands for; of rare categories that share one the most frequent.
     */
    static List<String> texts(Feature feature) {
        if (feature instanceof OrdinalFeature ordinal) {
            return ordinal.levels();
        }
        CategoricalFeature category = (CategoricalFeature) feature;
        List<String> texts = new ArrayList<>(category.categories());
        if (!category.others().isEmpty()) {
            texts.add(category.others().get(0));
        }
        return texts;
    }

    private static Tensor decoded(NumberScale scale, Tensor encoded) {
        Tensor value = encoded.as(ElementType.DOUBLE).times(scale.deviation()).plus(scale.mean());
        if (scale.stretched()) {
            value = value.exp().minus(value.negated().exp()).times(0.5);
        }
        return value.times(scale.unit()).plus(scale.centre());
    }
}
