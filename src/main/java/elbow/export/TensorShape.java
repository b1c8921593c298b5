package elbow.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The name, the type and the shape of an input or an output of a graph.
 *
 * @param name unique within the graph
 * @param dimensions after the first one, which is the number of rows; {@value #ANY} where any will do
 */
record TensorShape(String name, ElementType type, List<Integer> dimensions) {
    /** Of a dimension that each call may choose. */
    static final int ANY = -1;

    TensorShape {
        dimensions = List.copyOf(dimensions);
    }

    static TensorShape of(String name, ElementType type, Integer... dimensions) {
        return new TensorShape(name, type, Arrays.asList(dimensions));
    }

    /** Whether there is one value for each row. */
    boolean isColumn() {
        return dimensions.isEmpty();
    }

    /** All dimensions, the first one {@value #ANY}. */
    List<Integer> shape() {
        List<Integer> shape = new ArrayList<>(List.of(ANY));
        shape.addAll(dimensions);
        return shape;
    }
}
