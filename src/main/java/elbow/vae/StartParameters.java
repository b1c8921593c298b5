package elbow.vae;

import elbow.math.FloatMemory;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.layer.ParameterLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a trained network, from which another one starts, as far as the two are alike. */
public final class StartParameters {
    private final ParameterLayout layout;
    private final float[] parameters;

    /**
     * Those of a network.
     *
     * @param parameters in the order of the spec's layout; not copied
     * @throws IllegalArgumentException if they are not as many as the spec has
     */
    public StartParameters(VaeSpec spec, float[] parameters) {
        layout = spec.layout();
        layout.requireLength("parameters", parameters.length);
        this.parameters = parameters;
    }

    /** Puts each block of these that {@code spec} has, too, of the same name and shape, into its parameters. */
    public void putInto(VaeSpec spec, FloatMemory other) {
        Map<String, ParameterBlock> blocks = blocks();
        for (ParameterBlock block : spec.layout().blocks()) {
            ParameterBlock from = blocks.get(block.name());
            if (from != null && isLike(block, from)) {
                float[] values = new float[block.length()];
                System.arraycopy(parameters, from.offset(), values, 0, values.length);
                other.put(block.offset(), values, values.length);
            }
        }
    }

    /** The names of {@code spec}'s blocks that are not among these, or of another shape. */
    public List<String> others(VaeSpec spec) {
        Map<String, ParameterBlock> blocks = blocks();
        List<String> others = new ArrayList<>();
        for (ParameterBlock block : spec.layout().blocks()) {
            ParameterBlock from = blocks.get(block.name());
            if (from == null || !isLike(block, from)) {
                others.add(block.name());
            }
        }
        return others;
    }

    /** How many of {@code spec}'s parameters are among these. */
    public long taken(VaeSpec spec) {
        List<String> others = others(spec);
        return spec.layout().blocks().stream()
                .filter(block -> !others.contains(block.name()))
                .mapToLong(ParameterBlock::length)
                .sum();
    }

    private Map<String, ParameterBlock> blocks() {
        Map<String, ParameterBlock> blocks = new HashMap<>();
        layout.blocks().forEach(block -> blocks.put(block.name(), block));
        return blocks;
    }

    private static boolean isLike(ParameterBlock block, ParameterBlock other) {
        return other.rows() == block.rows() && other.columns() == block.columns();
    }
}
