package elbow.export;

import elbow.data.reference.MarginalTails.Tail;
import java.util.Arrays;

/** How far out a value lies in its column's own distribution, in operators: see {@link Tail}. */
final class TailGraph {
    /** What encoding in operators may differ by from encoding in Java, relative: an end of the knots is no cliff. */
    private static final double ROUNDING = 1e-6;

    private TailGraph() {}

    /**
     * What each row's value costs in nats: rows x 1, of doubles.
     *
     * @param values a column's encoded values, of floats: rows x 1 for a number, rows x codes for a code
     */
    static Tensor cost(Tensor values, Tail tail, Graph graph) {
        double[] nats = Graph.widened(tail.nats());
        return tail.knots().length == 0
                ? graph.doubles(nats, nats.length).picked(0, values.largest(1)).withAxis(1)
                : ofNumber(values.as(ElementType.DOUBLE), Graph.widened(tail.knots()), nats, tail.beyond(), graph);
    }

    // The sum over segments of slope times how much of the segment lies below the value.
    private static Tensor ofNumber(Tensor value, double[] knots, double[] nats, double beyond, Graph graph) {
        int segments = knots.length - 1;
        Tensor cost = value.times(0).plus(nats[0]);
        if (segments > 0) {
            double[] lengths = new double[segments];
            double[] slopes = new double[segments];
            for (int i = 0; i < segments; i++) {
                lengths[i] = knots[i + 1] - knots[i];
                slopes[i] = (nats[i + 1] - nats[i]) / lengths[i];
            }
            Tensor above = value.minus(graph.doubles(Arrays.copyOf(knots, segments), 1, segments))
                    .atLeast(0);
            Tensor over = above.minus(graph.doubles(lengths, 1, segments)).atLeast(0);
            Tensor within = above.minus(over).times(graph.doubles(slopes, 1, segments));
            cost = cost.plus(within.sum(1).withAxis(1));
        }
        double last = knots[segments];
        return value.isAtLeast(knots[0] - ROUNDING * Math.abs(knots[0]))
                .and(value.isAtMost(last + ROUNDING * Math.abs(last)))
                .choose(cost, graph.scalar(ElementType.DOUBLE, beyond));
    }
}
