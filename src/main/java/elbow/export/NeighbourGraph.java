package elbow.export;

import elbow.data.reference.KeptColumn;
import elbow.data.reference.NearestRows;
import elbow.data.reference.NearestRows.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the distance to the training rows that the model keeps costs, in operators: see {@link NearestRows}. The rows
 * stand in the graph as constants. Squares are multiplied out, in doubles, so that the sums over columns are matrix
 * products.
 */
final class NeighbourGraph {
    private final NearestRows nearest;
    private final Graph graph;
    private final List<Tensor> values = new ArrayList<>();
    private final List<Tensor> present = new ArrayList<>();
    private final List<double[]> kept = new ArrayList<>();
    private final List<double[]> keptSquares = new ArrayList<>();
    private final List<Tensor> codeDistances = new ArrayList<>();
    private final List<Tensor> allPresent = new ArrayList<>();

    NeighbourGraph(NearestRows nearest, Graph graph) {
        this.nearest = nearest;
        this.graph = graph;
    }

    /**
     * Adds a column.
     *
     * @param encoded of floats: rows x encoded columns
     * @param isThere 1 or 0, of doubles: rows x 1
     */
    void add(KeptColumn column, Tensor encoded, Tensor isThere, int width) {
        if (column.kind() == Kind.NONE) {
            return;
        }
        allPresent.add(isThere);
        if (column.kind() == Kind.CATEGORY) {
            double[] table = new double[width * nearest.rows()];
            for (int code = 0; code < width; code++) {
                for (int row = 0; row < nearest.rows(); row++) {
                    table[code * nearest.rows() + row] = column.difference(code, row);
                }
            }
            Tensor distances = graph.doubles(table, width, nearest.rows()).picked(0, encoded.largest(1));
            codeDistances.add(distances.times(isThere));
            return;
        }
        Tensor number = column.kind() == Kind.LEVEL ? encoded.largest(1).withAxis(1) : encoded;
        values.add(number.as(ElementType.DOUBLE)
                .minus(column.centre())
                .over(column.deviation())
                .limited(NearestRows.FARTHEST)
                .times(isThere));
        present.add(isThere);
        double[] own = new double[nearest.rows()];
        double[] squares = new double[own.length];
        for (int row = 0; row < own.length; row++) {
            own[row] = column.keptNumber(row);
            // Of a number of 0, without what does not depend on the kept row.
            squares[row] = column.difference(0, row);
        }
        kept.add(own);
        keptSquares.add(squares);
    }

    /** By row, in nats, of doubles; empty: 0. */
    Optional<Tensor> cost() {
        if (allPresent.isEmpty()) {
            return Optional.empty();
        }
        List<Tensor> distances = new ArrayList<>(codeDistances);
        if (!values.isEmpty()) {
            distances.add(ofNumbers());
        }
        Tensor sum = distances.get(0);
        for (Tensor other : distances.subList(1, distances.size())) {
            sum = sum.plus(other);
        }
        double[] nearness = Graph.widened(nearest.nearness());
        Tensor there = Tensor.joined(1, allPresent).sum(1).withAxis(1);
        Tensor scaled = sum.times(graph.doubles(nearness, 1, nearness.length))
                .times(allPresent.size())
                .over(there.atLeast(1));
        Tensor distance = scaled.smallest(1, nearest.neighbours()).mean(1);
        Tensor nats = distance.over(nearest.scale()).plus(1).log().times(nearest.weight());
        return Optional.of(nats.times(there.withoutAxis(1)));
    }

    private Tensor ofNumbers() {
        Tensor rows = Tensor.joined(1, values);
        Tensor ofRow = rows.square().sum(1).withAxis(1);
        Tensor mixed = rows.matrixProduct(constant(kept)).times(-2);
        Tensor ofKept = Tensor.joined(1, present).matrixProduct(constant(keptSquares));
        return ofRow.plus(mixed).plus(ofKept).atLeast(0);
    }

    // Columns x kept rows.
    private Tensor constant(List<double[]> columns) {
        int rows = nearest.rows();
        double[] all = new double[columns.size() * rows];
        for (int column = 0; column < columns.size(); column++) {
            System.arraycopy(columns.get(column), 0, all, column * rows, rows);
        }
        return graph.doubles(all, columns.size(), rows);
    }
}
