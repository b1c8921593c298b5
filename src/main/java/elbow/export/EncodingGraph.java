package elbow.export;

import elbow.data.encoding.NumberScale;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.PositiveFeature;
import elbow.data.feature.RealFeature;
import elbow.data.reference.KeptColumn;
import elbow.data.reference.MarginalTails;
import elbow.data.reference.NearestRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The columns of a table as inputs of a graph, and what {@link elbow.data.encoding.RowEncoder} makes of them, with the
 * constants of the encoding in the graph.
 */
final class EncodingGraph {
    private static final double LOG_2 = Math.log(2);

    private final List<Feature> features;
    private final List<ColumnGraph> columns = new ArrayList<>();
    private final Graph graph;

    /** @param features of those of the encoder, the ones whose columns are given */
    EncodingGraph(FeatureEncoder encoder, List<Feature> features, Graph graph) {
        this.features = List.copyOf(features);
        this.graph = graph;
        features.forEach(feature -> columns.add(ColumnGraph.of(feature, encoder.markers(), graph)));
    }

    /** Rows x encoded columns, of floats. */
    Tensor values() {
        return Tensor.joined(1, columns.stream().map(ColumnGraph::values).toList());
    }

    /** 1 for each encoded value that is there, 0 for the others: rows x encoded columns, of floats. */
    Tensor present() {
        List<Tensor> parts = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            Tensor present = columns.get(i).present();
            int width = features.get(i).width();
            float[] ones = new float[width];
            Arrays.fill(ones, 1);
            parts.add(width == 1 ? present : present.times(graph.floats(ones, 1, width)));
        }
        return Tensor.joined(1, parts);
    }

    /** 0 for each row, NaN for one with a value that Elbow refuses: rows x 1, of floats. */
    Tensor refusal() {
        Tensor valid = columns.get(0).valid();
        for (ColumnGraph column : columns) {
            valid = valid.and(column.valid());
        }
        return valid.choose(graph.scalar(ElementType.FLOAT, 0), graph.scalar(ElementType.FLOAT, Double.NaN));
    }

    /** log |d encoded / d original| of the features that are modelled, by row, in nats, of doubles; empty: 0. */
    Optional<Tensor> logJacobian(List<Feature> modelled) {
        List<Tensor> parts = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            Feature feature = features.get(i);
            if (modelled.contains(feature) && (feature instanceof RealFeature || feature instanceof PositiveFeature)) {
                Tensor usual = graph.scalar(ElementType.DOUBLE, feature.logJacobian());
                parts.add(
                        isDensity(i).times(bend(i).map(bend -> bend.plus(usual)).orElse(usual)));
            }
        }
        return sum(parts);
    }

    /** What bent scales add to an anomaly score, by row, in nats, of doubles; empty: 0. See Stretching. */
    Optional<Tensor> stretching(List<Feature> modelled, Bends bends) {
        List<Tensor> parts = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            if (!modelled.contains(features.get(i))) {
                continue;
            }
            if (features.get(i) instanceof PositiveFeature) {
                Tensor logarithm =
                        columns.get(i).values().as(ElementType.DOUBLE).log();
                parts.add(logarithm.negated().times(present(i)));
            } else if (bends == Bends.ALL && bend(i).isPresent()) {
                parts.add(bend(i).get().times(isDensity(i)));
            }
        }
        return sum(parts);
    }

    /** What marginal tails add to an anomaly score, by row, in nats, of doubles; empty: 0. */
    Optional<Tensor> tails(List<Feature> modelled, MarginalTails tails) {
        List<Tensor> parts = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            int place = modelled.indexOf(features.get(i));
            if (place >= 0 && !tails.tails().get(place).isNone()) {
                Tensor cost =
                        TailGraph.cost(columns.get(i).values(), tails.tails().get(place), graph);
                parts.add(cost.times(present(i)));
            }
        }
        return sum(parts).map(sum -> sum.times(tails.weight()));
    }

    /** What the distance to training rows adds to an anomaly score, by row, in nats, of doubles; empty: 0. */
    Optional<Tensor> distances(List<Feature> modelled, NearestRows nearest) {
        List<KeptColumn> kept = nearest.columns();
        NeighbourGraph neighbours = new NeighbourGraph(nearest, graph);
        for (int i = 0; i < features.size(); i++) {
            int place = modelled.indexOf(features.get(i));
            if (place >= 0) {
                neighbours.add(
                        kept.get(place),
                        columns.get(i).values(),
                        present(i),
                        features.get(i).width());
            }
        }
        return neighbours.cost();
    }

    /** Which scales count. */
    enum Bends {
        /** Logarithms alone. */
        LOGARITHMS,
        /** Those of long tails, too. */
        ALL
    }

    // 1 where a row has a value with a density: not one of those that have probabilities.
    private Tensor isDensity(int column) {
        Tensor density = present(column);
        if (features.get(column) instanceof RealFeature real) {
            for (float point : real.common().encoded(real.scale())) {
                Tensor isPoint = columns.get(column).values().isEqual(point);
                density = density.times(isPoint.not().as(ElementType.DOUBLE));
            }
        }
        return density;
    }

    private Tensor present(int column) {
        return columns.get(column).present().as(ElementType.DOUBLE);
    }

    // Minus log(cosh) of a stretched column; empty of others.
    private Optional<Tensor> bend(int column) {
        NumberScale scale = ColumnGraph.scale(features.get(column));
        if (!scale.stretched()) {
            return Optional.empty();
        }
        Tensor encoded = columns.get(column).values().as(ElementType.DOUBLE);
        Tensor size = encoded.times(scale.deviation()).plus(scale.mean()).abs();
        return Optional.of(
                size.plus(size.times(-2).exp().plus(1).log()).minus(LOG_2).negated());
    }

    private static Optional<Tensor> sum(List<Tensor> columns) {
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(Tensor.joined(1, columns).sum(1));
    }
}
