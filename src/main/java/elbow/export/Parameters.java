package elbow.export;

import elbow.base.Check;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.layer.ParameterLayout;
import java.util.Arrays;

/** The values of a network's parameters by the names of their blocks, as constants of a graph. */
final class Parameters {
    private final Graph graph;
    private final ParameterLayout layout;
    private final float[] values;

    /** @param values flattened, as long as the layout */
    Parameters(Graph graph, ParameterLayout layout, float[] values) {
        Check.argument(values.length == layout.length(), "values' length", "be " + layout.length(), values.length);
        this.graph = graph;
        this.layout = layout;
        this.values = values;
    }

    Graph graph() {
        return graph;
    }

    /** A block's values. */
    float[] of(String name) {
        ParameterBlock block = layout.block(name);
        return Arrays.copyOfRange(values, block.offset(), block.offset() + block.length());
    }

    /** A block as a matrix of rows and columns; the same constant whenever it is asked for. */
    Tensor matrix(String name) {
        ParameterBlock block = layout.block(name);
        return graph.shared(name, () -> graph.floats(of(name), block.rows(), block.columns()));
    }

    /** A block as a list, to be added to every row. */
    Tensor list(String name) {
        return graph.shared(
                name, () -> graph.floats(of(name), layout.block(name).length()));
    }
}
