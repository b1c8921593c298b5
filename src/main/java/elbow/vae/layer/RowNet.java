package elbow.vae.layer;

import elbow.math.FloatMemory;
import elbow.vae.layer.LayerContext.Use;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A small network over rows on the heap. In scoring rows are put in places where products round alike, so that what
 * comes of a row does not depend on those beside it.
 */
public final class RowNet implements AutoCloseable {
    /** Places more than rows, in scoring: those at the edges, where a BLAS often rounds otherwise. */
    private static final int EDGES = 64;

    private final float[] input;
    private final float[] output;
    private final int inputs;
    private final int outputs;
    private final int room;
    private final Layer layer;
    private final UsedPlaces places;
    private final FloatMemory allInput;
    private final FloatMemory usedInput;
    private final FloatMemory usedOutput;

    // The network's own parameters stand next to each other.
    private final int first;
    private final float[] added;
    private final float[] latest;
    private @Nullable FloatMemory gradients;
    private boolean isAdded;

    /**
     * @param name what the names of the network's parameters begin with, before a dot
     * @param widest row of any of its layers
     */
    public RowNet(
            String name,
            int inputs,
            int outputs,
            int widest,
            LayerContext context,
            Function<LayerContext, Layer> maker) {
        this.inputs = inputs;
        this.outputs = outputs;
        boolean trains = context.use() == Use.TRAINING;
        room = trains ? context.rows() : context.rows() + EDGES;
        layer = maker.apply(new LayerContext(context.layout(), room, context.use(), new Workspace(widest)));
        places = trains ? UsedPlaces.all(room) : UsedPlaces.alike(room, layer);
        allInput = FloatMemory.allocate((long) room * inputs);
        usedInput = places.of(allInput);
        usedOutput = places.of(layer.output());
        input = new float[Math.multiplyExact(context.rows(), inputs)];
        output = new float[Math.multiplyExact(context.rows(), outputs)];
        ParameterBlock[] own = context.layout().blocks().stream()
                .filter(block -> block.name().startsWith(name + "."))
                .toArray(ParameterBlock[]::new);
        first = own[0].offset();
        int length = Arrays.stream(own).mapToInt(ParameterBlock::length).sum();
        added = new float[trains ? length : 0];
        latest = new float[added.length];
    }

    /** Floats off the heap for each row in training, besides those of the layers. */
    public static long floatsPerRow(int inputs) {
        return inputs;
    }

    /** What goes in, row by row; in backward its gradient. */
    public float[] input() {
        return input;
    }

    /** What comes out, row by row; in backward its gradient. */
    public float[] output() {
        return output;
    }

    /**
     * Takes the flattened parameters and gradients to work on from now on; both as long as the layout.
     *
     * @param newGradients null if there will be no {@link #backward}
     */
    public void bind(FloatMemory parameters, @Nullable FloatMemory newGradients) {
        layer.bind(parameters, newGradients);
        gradients = newGradients;
    }

    /** To be called before every gradient. */
    public void begin() {
        isAdded = false;
    }

    /** Computes the first {@code rows} rows of {@link #output} from those of {@link #input}. */
    public void forward(int rows) {
        for (int row = 0; row < rows; row += places.count()) {
            int count = Math.min(places.count(), rows - row);
            usedInput.put(0, input, row * inputs, count * inputs);
            layer.forward(count, allInput);
            usedOutput.get(0, output, row * outputs, count * outputs);
        }
    }

    /**
     * Passes the gradient in {@link #output} back through the last {@link #forward}, to {@link #input} and to the
     * parameters.
     */
    public void backward(int rows) {
        FloatMemory target = bound();
        if (isAdded) {
            target.get(first, added, added.length);
        }
        layer.output().put(0, output, rows * outputs);
        layer.backward(rows, allInput, layer.output());
        layer.inputGradient(rows, allInput);
        allInput.get(0, input, rows * inputs);
        if (isAdded) {
            target.get(first, latest, latest.length);
            for (int i = 0; i < added.length; i++) {
                added[i] += latest[i];
            }
            target.put(first, added, added.length);
        }
        isAdded = true;
    }

    /** Sets the parameters' gradients to 0 if there was no {@link #backward}. */
    public void writeGradients() {
        if (!isAdded) {
            Arrays.fill(added, 0f);
            bound().put(first, added, added.length);
        }
    }

    private FloatMemory bound() {
        if (gradients == null) {
            throw new IllegalStateException("bind with gradients must come first");
        }
        return gradients;
    }

    @Override
    public void close() {
        layer.close();
        allInput.close();
    }
}
