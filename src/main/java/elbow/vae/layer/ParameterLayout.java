package elbow.vae.layer;

import elbow.base.Check;
import elbow.math.FloatMemory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where each parameter of a network stands in one flattened vector, in the order in which the network's parts have
 * declared them, and where its values start.
 */
public final class ParameterLayout {
    private final Map<String, ParameterBlock> blocks;
    private final List<StartingBlock> starts;
    private final int length;

    private ParameterLayout(Builder builder) {
        blocks = new LinkedHashMap<>(builder.blocks);
        starts = List.copyOf(builder.starts);
        length = (int) builder.length;
    }

    /** Number of parameters. */
    public int length() {
        return length;
    }

    /** All blocks in order. */
    public List<ParameterBlock> blocks() {
        return List.copyOf(blocks.values());
    }

    /**
     * The block of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public ParameterBlock block(String name) {
        ParameterBlock block = blocks.get(name);
        if (block == null) {
            throw new IllegalArgumentException("name must be one of " + blocks.keySet() + ", but is " + name);
        }
        return block;
    }

    /**
     * Fills {@code parameters} with starting values.
     *
     * @param noiseKey of the random ones
     * @throws IllegalArgumentException if {@code parameters} is not as long as this layout
     */
    public void start(long noiseKey, FloatMemory parameters) {
        requireLength("parameters", parameters.length());
        parameters.clear();
        for (StartingBlock starting : starts) {
            starting.start().fill(starting.block(), noiseKey, starting.noise(), parameters);
        }
    }

    /**
     * Requires that there is one value for each parameter.
     *
     * @param name what the values are: "gradients"
     * @throws IllegalArgumentException if there is not
     */
    public void requireLength(String name, int found) {
        if (found != length) {
            Check.argument(false, name + "' length", "be " + length + ", as the layout is", found);
        }
    }

    // The noise number tells the blocks of a network apart.
    private record StartingBlock(ParameterBlock block, Start start, int noise) {}

    /** Takes the declarations of a network's parts. */
    public static final class Builder {
        /**
         * Blocks whose noise is numbered by their place among each other: the seeds of stored settings stand for these
         * starts, so that one layer more shifts those behind it. All others go by their name: a part with another name
         * changes no other part's start.
         */
        private static final Pattern NUMBERED = Pattern.compile(
                "(encoder|decoder)\\.\\d+\\.(weights|bias)|(posterior|output)\\.(weights|bias)|likelihood\\.\\d+\\.\\d+");

        // Numbers by place are small.
        private static final int BY_NAME = 1 << 31;

        private final Map<String, ParameterBlock> blocks = new LinkedHashMap<>();
        private final List<StartingBlock> starts = new ArrayList<>();
        private final Map<Integer, String> namesByNoise = new HashMap<>();
        private int numbered;
        private long length;

        /**
         * Adds a block behind those that are there.
         *
         * @param name unique within the network, part of the model format
         * @param rows at least 1
         * @param columns at least 1
         * @throws IllegalArgumentException if the name is taken, or hashes like another one whose values would start
         *     alike
         * @throws TooManyParametersException if there are more parameters than one buffer holds
         */
        public Builder add(String name, int rows, int columns, Start start) {
            Check.argument(!blocks.containsKey(name), "name", "be unique", name);
            long next = length + (long) rows * columns;
            if (next > FloatMemory.MAXIMUM_LENGTH) {
                throw new TooManyParametersException(next);
            }
            ParameterBlock block = new ParameterBlock(name, (int) length, rows, columns);
            starts.add(new StartingBlock(block, start, noise(name)));
            blocks.put(name, block);
            length = next;
            return this;
        }

        private int noise(String name) {
            if (NUMBERED.matcher(name).matches()) {
                return numbered++;
            }
            // Java fixes what the hash of a string is.
            int noise = name.hashCode() | BY_NAME;
            String alike = namesByNoise.putIfAbsent(noise, name);
            Check.argument(alike == null, "name", "not hash like that of the block " + alike, name);
            return noise;
        }

        /** The layout of all that was added. */
        public ParameterLayout build() {
            return new ParameterLayout(this);
        }
    }
}
