package elbow.benchmark;

import elbow.math.Blas;
import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;
import elbow.math.FloatMemory;
import elbow.vae.VaeSpec;
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
        int width = spec.inputSize();
        for (int size : spec.encoderSizes()) {
            add(workload.batch(), width, size);
            width = size;
        }
        add(workload.batch(), width, 2 * spec.latentSize());
        width = spec.latentSize();
        int decoderRows = workload.batch() * workload.samples();
        for (int size : spec.decoderSizes()) {
            add(decoderRows, width, size);
            width = size;
        }
        add(decoderRows, width, workload.outputs());
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
