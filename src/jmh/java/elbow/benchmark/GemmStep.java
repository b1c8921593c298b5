package elbow.benchmark;

import elbow.math.Blas;
import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;
import elbow.math.FloatMemory;
import elbow.vae.VaeSpec;
import elbow.vae.latent.LatentSpec;
import elbow.vae.layer.ConvolutionSpec;
import elbow.vae.layer.ConvolutionSpec.Direction;
import elbow.vae.layer.DenseSpec;
import elbow.vae.layer.ImageOutputSpec;
import elbow.vae.layer.ImageSize;
import elbow.vae.layer.LayerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The matrix products of one kernel step and nothing else, called as the step calls them: forward on top of what is
 * there, weight gradient, input gradient of every layer.
 */
final class GemmStep implements Step {
    private record Layer(
            int rows,
            int inputs,
            int outputs,
            boolean first,
            FloatMemory input,
            FloatMemory weights,
            FloatMemory output,
            FloatMemory weightGradient,
            FloatMemory inputGradient) {}

    private final List<Layer> layers = new ArrayList<>();

    GemmStep(Workload workload) {
        VaeSpec spec = workload.spec();
        LatentSpec latent = spec.latentLayers().get(0);
        int width = add(workload.batch(), spec.inputSize(), latent.encoder());
        add(workload.batch(), width, 2 * spec.latentSize());
        int decoderRows = workload.batch() * workload.samples();
        width = add(decoderRows, spec.latentSize(), latent.decoder());
        if (latent.output().isPresent()) {
            add(decoderRows, width, List.of(latent.output().get()));
        } else {
            add(decoderRows, width, workload.outputs());
        }
    }

    private int add(int rows, int inputs, List<LayerSpec> specs) {
        int width = inputs;
        for (LayerSpec layer : specs) {
            if (layer instanceof DenseSpec dense) {
                add(rows, width, dense.outputs());
            } else if (layer instanceof ConvolutionSpec convolution) {
                boolean down = convolution.direction() == Direction.DOWN;
                add(
                        rows,
                        convolution.image(),
                        convolution.channels(),
                        convolution.kernel(),
                        convolution.stride(),
                        down);
            } else if (layer instanceof ImageOutputSpec image && image.others() == 0) {
                image.planes()
                        .forEach(plane ->
                                add(rows, image.image(), image.channels(), image.kernel(), image.stride(), false));
            } else {
                throw new IllegalArgumentException("layers must be of images or dense, but one is " + layer);
            }
            width = layer.outputs();
        }
        return width;
    }

    // The products of the patches of all rows at once.
    private void add(int rows, ImageSize image, int channels, int kernel, int stride, boolean down) {
        int places = rows * (image.height() / stride) * (image.width() / stride);
        int patch = kernel * kernel * image.channels();
        add(places, down ? patch : channels, down ? channels : patch);
    }

    @Override
    public void run() {
        for (Layer layer : layers) {
            Blas.multiply(
                    Transpose.NO,
                    Transpose.NO,
                    layer.rows,
                    layer.outputs,
                    layer.inputs,
                    layer.input,
                    layer.weights,
                    layer.output,
                    Destination.ACCUMULATE);
        }
        for (int i = layers.size() - 1; i >= 0; i--) {
            Layer layer = layers.get(i);
            Blas.multiply(
                    Transpose.YES,
                    Transpose.NO,
                    layer.inputs,
                    layer.outputs,
                    layer.rows,
                    layer.input,
                    layer.output,
                    layer.weightGradient,
                    Destination.OVERWRITE);
            if (!layer.first) {
                Blas.multiply(
                        Transpose.NO,
                        Transpose.YES,
                        layer.rows,
                        layer.inputs,
                        layer.outputs,
                        layer.output,
                        layer.weights,
                        layer.inputGradient,
                        Destination.OVERWRITE);
            }
        }
    }

    @Override
    public void close() {
        for (Layer layer : layers) {
            layer.input.close();
            layer.weights.close();
            layer.output.close();
            layer.weightGradient.close();
            layer.inputGradient.close();
        }
    }

    private void add(int rows, int inputs, int outputs) {
        layers.add(new Layer(
                rows,
                inputs,
                outputs,
                layers.isEmpty(),
                random(rows * inputs),
                random(inputs * outputs),
                random(rows * outputs),
                random(inputs * outputs),
                random(rows * inputs)));
    }

    private static FloatMemory random(int length) {
        Random random = new Random(length);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        FloatMemory memory = FloatMemory.allocate(length);
        memory.put(0, values, length);
        return memory;
    }
}
