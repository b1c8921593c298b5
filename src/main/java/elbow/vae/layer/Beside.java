package elbow.vae.layer;

import elbow.math.FloatMemory;
import org.jspecify.annotations.Nullable;

/** A {@link BesideSpec} at work. */
final class Beside implements Layer {
    private final LayerContext context;
    private final int width;
    private final int made;
    private final int others;
    private final Workspace workspace;
    private final Layer layers;

    /** What the layers read; after backward its gradient. */
    private final FloatMemory part;

    private final FloatMemory output;
    private final @Nullable FloatMemory partGradient;
    private final @Nullable FloatMemory othersGradient;

    Beside(BesideSpec spec, String name, LayerContext context) {
        width = spec.width();
        made = spec.made();
        others = spec.others();
        this.context = context;
        workspace = context.workspace();
        layers = spec.stack(name).create(context);
        part = FloatMemory.allocate((long) context.rows() * width);
        output = FloatMemory.allocate((long) context.rows() * spec.outputs());
        partGradient = context.trains() ? FloatMemory.allocate((long) context.rows() * made) : null;
        othersGradient = context.trains() ? FloatMemory.allocate((long) context.rows() * others) : null;
    }

    @Override
    public void bind(FloatMemory parameters, @Nullable FloatMemory gradients) {
        layers.bind(parameters, gradients);
    }

    @Override
    public void forward(int rows, FloatMemory input) {
        int worked = context.worked(rows);
        workspace.copyColumns(worked, width, input, width + others, 0, part, width, 0);
        layers.forward(rows, part);
        workspace.copyColumns(worked, made, layers.output(), made, 0, output, made + others, 0);
        workspace.copyColumns(worked, others, input, width + others, width, output, made + others, made);
    }

    @Override
    public FloatMemory output() {
        return output;
    }

    @Override
    public void backward(int rows, FloatMemory input, FloatMemory outputGradient) {
        FloatMemory gradient = Dense.bound(partGradient);
        workspace.copyColumns(rows, made, outputGradient, made + others, 0, gradient, made, 0);
        workspace.copyColumns(
                rows, others, outputGradient, made + others, made, Dense.bound(othersGradient), others, 0);
        layers.backward(rows, part, gradient);
    }

    @Override
    public void inputGradient(int rows, FloatMemory destination) {
        layers.inputGradient(rows, part);
        workspace.copyColumns(rows, width, part, width, 0, destination, width + others, 0);
        workspace.copyColumns(rows, others, Dense.bound(othersGradient), others, 0, destination, width + others, width);
    }

    @Override
    public void keepAlike(boolean[] alike) {
        layers.keepAlike(alike);
    }

    @Override
    public void close() {
        layers.close();
        part.close();
        output.close();
        if (partGradient != null) {
            partGradient.close();
        }
        if (othersGradient != null) {
            othersGradient.close();
        }
    }
}
