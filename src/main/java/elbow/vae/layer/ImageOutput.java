package elbow.vae.layer;

import elbow.math.Activation;
import elbow.math.FloatMemory;
import elbow.math.VectorLoops;
import elbow.vae.layer.ConvolutionSpec.Direction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An {@link ImageOutputSpec} at work. */
final class ImageOutput implements Layer {
    private final LayerContext context;
    private final int imageInputs;
    private final int others;
    private final int outputs;
    private final int pixels;
    private final int[] firstPixels;
    private final List<Range> otherRanges;
    private final Convolution[] planes;
    private final BiasedActivation biased;
    private final ParameterBlock biasBlock;
    private final FloatMemory output;

    /** Where inputs or outputs are of several kinds: those of each kind. */
    private final @Nullable FloatMemory imageInput;

    private final @Nullable Others dense;
    private final @Nullable FloatMemory furtherGradient;
    private @Nullable FloatMemory bias;
    private @Nullable FloatMemory biasGradient;

    private record Range(int first, int count) {}

    /** The dense layer for what is not of the image; its own bias stays 0. */
    private record Others(
            Dense layer, ParameterBlock weights, FloatMemory input, FloatMemory zeroBias, FloatMemory unusedGradient) {
        static Others of(String name, int inputs, LayerContext context) {
            ParameterBlock weights = context.layout().block(Dense.weights(name));
            return new Others(
                    new Dense(name, Activation.IDENTITY, context),
                    weights,
                    FloatMemory.allocate((long) context.rows() * inputs),
                    FloatMemory.allocate(weights.columns()),
                    FloatMemory.allocate(weights.columns()));
        }

        void bind(FloatMemory parameters, @Nullable FloatMemory gradients) {
            layer.bind(
                    weights.of(parameters),
                    zeroBias,
                    gradients == null ? null : weights.of(gradients),
                    gradients == null ? null : unusedGradient);
        }

        int outputs() {
            return weights.columns();
        }

        void close() {
            layer.close();
            input.close();
            zeroBias.close();
            unusedGradient.close();
        }
    }

    ImageOutput(ImageOutputSpec spec, String name, LayerContext context) {
        this.context = context;
        imageInputs = spec.imageInputs();
        others = spec.others();
        outputs = spec.outputs();
        pixels = spec.image().values();
        firstPixels = spec.planes().stream().mapToInt(Integer::intValue).toArray();
        otherRanges = otherRanges();
        planes = new Convolution[firstPixels.length];
        for (int plane = 0; plane < planes.length; plane++) {
            planes[plane] =
                    Convolution.linear(ImageOutputSpec.plane(name, plane), spec.convolution(), Direction.UP, context);
        }
        biasBlock = context.layout().block(Dense.bias(name));
        biased = new BiasedActivation(Activation.IDENTITY, outputs, context.rows(), context);
        output = isWhole() ? planes[0].output() : FloatMemory.allocate((long) context.rows() * outputs);
        imageInput = others > 0 ? FloatMemory.allocate((long) context.rows() * imageInputs) : null;
        dense = others > 0 ? Others.of(name, others, context) : null;
        furtherGradient = context.trains() && planes.length > 1
                ? FloatMemory.allocate((long) context.rows() * imageInputs)
                : null;
    }

    private List<Range> otherRanges() {
        List<Range> ranges = new ArrayList<>();
        int done = 0;
        for (int plane : firstPixels) {
            addRange(done, plane - done, ranges);
            done = plane + pixels;
        }
        addRange(done, outputs - done, ranges);
        return ranges;
    }

    private static void addRange(int first, int count, List<Range> ranges) {
        if (count > 0) {
            ranges.add(new Range(first, count));
        }
    }

    // Whether the image, in one plane, is all that is made.
    private boolean isWhole() {
        return planes.length == 1 && outputs == pixels;
    }

    @Override
    public void bind(FloatMemory parameters, @Nullable FloatMemory gradients) {
        for (Convolution plane : planes) {
            plane.bind(parameters, gradients);
        }
        if (dense != null) {
            dense.bind(parameters, gradients);
        }
        bias = biasBlock.of(parameters);
        biasGradient = gradients == null ? null : biasBlock.of(gradients);
    }

    @Override
    public void forward(int rows, FloatMemory input) {
        int worked = context.worked(rows);
        Workspace workspace = context.workspace();
        FloatMemory read = input;
        if (imageInput != null) {
            workspace.copyColumns(worked, imageInputs, input, imageInputs + others, 0, imageInput, imageInputs, 0);
            read = imageInput;
        }
        for (int plane = 0; plane < planes.length; plane++) {
            planes[plane].forward(rows, read);
            if (!isWhole()) {
                workspace.copyColumns(
                        worked, pixels, planes[plane].output(), pixels, 0, output, outputs, firstPixels[plane]);
            }
        }
        if (dense != null) {
            workspace.copyColumns(worked, others, input, imageInputs + others, imageInputs, dense.input(), others, 0);
            dense.layer().forward(rows, dense.input());
            int at = 0;
            for (int i = 0; i < otherRanges.size(); i++) {
                Range range = otherRanges.get(i);
                workspace.copyColumns(
                        worked,
                        range.count(),
                        dense.layer().output(),
                        dense.outputs(),
                        at,
                        output,
                        outputs,
                        range.first());
                at += range.count();
            }
        }
        biased.forward(worked, Dense.bound(bias), output, null);
    }

    @Override
    public FloatMemory output() {
        return output;
    }

    @Override
    public void backward(int rows, FloatMemory input, FloatMemory outputGradient) {
        biased.backward(rows, outputGradient, output, null, outputGradient, Dense.bound(biasGradient));
        Workspace workspace = context.workspace();
        FloatMemory read = imageInput == null ? input : imageInput;
        for (int plane = 0; plane < planes.length; plane++) {
            FloatMemory gradient = outputGradient;
            if (!isWhole()) {
                gradient = planes[plane].output();
                workspace.copyColumns(rows, pixels, outputGradient, outputs, firstPixels[plane], gradient, pixels, 0);
            }
            planes[plane].backward(rows, read, gradient);
        }
        if (dense != null) {
            FloatMemory gradient = dense.layer().output();
            int at = 0;
            for (int i = 0; i < otherRanges.size(); i++) {
                Range range = otherRanges.get(i);
                workspace.copyColumns(
                        rows, range.count(), outputGradient, outputs, range.first(), gradient, dense.outputs(), at);
                at += range.count();
            }
            dense.layer().backward(rows, dense.input(), gradient);
        }
    }

    @Override
    public void inputGradient(int rows, FloatMemory destination) {
        FloatMemory sum = imageInput == null ? destination : imageInput;
        planes[0].inputGradient(rows, sum);
        for (int plane = 1; plane < planes.length; plane++) {
            FloatMemory further = Dense.bound(furtherGradient);
            planes[plane].inputGradient(rows, further);
            add(further, sum, rows * imageInputs);
        }
        if (dense != null) {
            int width = imageInputs + others;
            Workspace workspace = context.workspace();
            workspace.copyColumns(rows, imageInputs, sum, imageInputs, 0, destination, width, 0);
            dense.layer().inputGradient(rows, dense.input());
            workspace.copyColumns(rows, others, dense.input(), others, 0, destination, width, imageInputs);
        }
    }

    private void add(FloatMemory further, FloatMemory sum, int count) {
        float[] addend = context.workspace().first;
        float[] total = context.workspace().second;
        for (int done = 0; done < count; done += Workspace.TILE) {
            int some = Math.min(Workspace.TILE, count - done);
            further.get(done, addend, some);
            sum.get(done, total, some);
            VectorLoops.accumulate(addend, total, some);
            sum.put(done, total, some);
        }
    }

    @Override
    public void keepAlike(boolean[] alike) {
        if (dense != null) {
            dense.layer().keepAlike(alike);
        }
    }

    @Override
    public void close() {
        for (Convolution plane : planes) {
            plane.close();
        }
        if (dense != null) {
            dense.close();
        }
        if (imageInput != null) {
            imageInput.close();
        }
        if (furtherGradient != null) {
            furtherGradient.close();
        }
        if (!isWhole()) {
            output.close();
        }
    }
}
