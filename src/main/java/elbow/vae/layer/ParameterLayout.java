package elbow.vae.layer;

import elbow.base.Check;
import elbow.math.FloatMemory;
import elbow.vae.VaeSpec;
import elbow.vae.likelihood.Likelihood;
import elbow.vae.likelihood.LikelihoodGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each parameter of a spec stands in one flattened vector: the encoder's layers, the posterior's layer (means,
 * then log-variances), the decoder's layers, the output layer (group by group, plane by plane), the likelihoods' free
 * parameters. Each layer's weights come before its bias.
 */
public final class ParameterLayout {
    public static final String ENCODER = "encoder";
    public static final String POSTERIOR = "posterior";
    public static final String DECODER = "decoder";
    public static final String OUTPUT = "output";
    static final String LIKELIHOOD = "likelihood";

    private final Map<String, ParameterBlock> blocks = new LinkedHashMap<>();
    private long length;

    private ParameterLayout(VaeSpec spec) {
        int width = layers(ENCODER, spec.encoderInputSize(), spec.encoderSizes());
        layer(POSTERIOR, width, 2 * spec.latentSize());
        width = layers(DECODER, spec.latentSize(), spec.decoderSizes());
        layer(OUTPUT, width, spec.outputSize());
        for (int group = 0; group < spec.likelihoods().size(); group++) {
            LikelihoodGroup columns = spec.likelihoods().get(group);
            List<Likelihood.Sharing> planes = columns.likelihood().freeParameters();
            for (int plane = 0; plane < planes.size(); plane++) {
                int count = planes.get(plane) == Likelihood.Sharing.GROUP ? 1 : columns.variables();
                add(likelihoodName(group, plane), ParameterBlock.Kind.LIKELIHOOD, 1, count);
            }
        }
    }

    /**
     * The layout of a spec.
     *
     * @throws IllegalArgumentException if there are more parameters than one buffer holds
     */
    public static ParameterLayout of(VaeSpec spec) {
        return new ParameterLayout(spec);
    }

    /** Number of parameters. */
    public int length() {
        return (int) length;
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

    /** The names of the layers of a stack with that many hidden layers, its last layer included. */
    public static List<String> stack(String hidden, int hiddenLayers, String last) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < hiddenLayers; i++) {
            names.add(hidden + "." + i);
        }
        names.add(last);
        return names;
    }

    public static String weights(String layer) {
        return layer + ".weights";
    }

    public static String bias(String layer) {
        return layer + ".bias";
    }

    public static String likelihoodName(int group, int plane) {
        return LIKELIHOOD + "." + group + "." + plane;
    }

    private int layers(String name, int inputSize, List<Integer> sizes) {
        int width = inputSize;
        for (int i = 0; i < sizes.size(); i++) {
            layer(name + "." + i, width, sizes.get(i));
            width = sizes.get(i);
        }
        return width;
    }

    private void layer(String name, int inputs, int outputs) {
        add(weights(name), ParameterBlock.Kind.WEIGHTS, inputs, outputs);
        add(bias(name), ParameterBlock.Kind.BIAS, 1, outputs);
    }

    private void add(String name, ParameterBlock.Kind kind, int rows, int columns) {
        long next = length + (long) rows * columns;
        Check.argument(
                next <= FloatMemory.MAXIMUM_LENGTH,
                "number of parameters",
                "be at most " + FloatMemory.MAXIMUM_LENGTH,
                "at least " + next);
        blocks.put(name, new ParameterBlock(name, kind, (int) length, rows, columns));
        length = next;
    }
}
