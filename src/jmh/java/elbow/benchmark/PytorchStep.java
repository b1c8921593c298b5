package elbow.benchmark;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import elbow.vae.VaeSpec;
import java.util.ArrayList;
import java.util.List;

/** The same network, objective and optimizer in PyTorch, driven through DJL: eager operations and its autograd. */
final class PytorchStep implements Step {
    private final Workload workload;
    private final Engine engine;
    private final NDManager manager;
    private final NDArray rows;
    private final List<NDArray> parameters = new ArrayList<>();
    private final Optimizer adam =
            Optimizer.adam().optLearningRateTracker(Tracker.fixed(1e-4f)).build();

    PytorchStep(Workload workload) {
        this.workload = workload;
        engine = Engine.getEngine("PyTorch");
        manager = engine.newBaseManager(Device.cpu());
        VaeSpec spec = workload.spec();
        rows = manager.create(workload.rows(), new Shape(workload.batch(), spec.inputSize()));
        int width = spec.inputSize();
        for (int size : spec.encoderSizes()) {
            width = layer(width, size);
        }
        layer(width, 2 * spec.latentSize());
        width = spec.latentSize();
        for (int size : spec.decoderSizes()) {
            width = layer(width, size);
        }
        layer(width, workload.outputs());
    }

    @Override
    public void run() {
        try (NDManager scope = manager.newSubManager();
                GradientCollector collector = engine.newGradientCollector()) {
            NDArray x = rows.duplicate();
            x.attach(scope);
            collector.backward(loss(scope, x));
            for (int i = 0; i < parameters.size(); i++) {
                try (NDArray gradient = parameters.get(i).getGradient()) {
                    adam.update(Integer.toString(i), parameters.get(i), gradient);
                }
            }
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    private NDArray loss(NDManager scope, NDArray x) {
        VaeSpec spec = workload.spec();
        int samples = workload.samples();
        int latents = spec.latentSize();
        int next = 0;
        NDArray hidden = x;
        for (int i = 0; i < spec.encoderSizes().size(); i++) {
            hidden = linear(hidden, next++).tanh();
        }
        NDList head = linear(hidden, next++).split(2, 1);
        NDArray mean = head.get(0).expandDims(0);
        NDArray logVariance = head.get(1).expandDims(0);
        NDArray noise = scope.randomNormal(new Shape(samples, workload.batch(), latents));
        NDArray z = mean.add(logVariance.mul(0.5f).exp().mul(noise));
        hidden = z.reshape((long) samples * workload.batch(), latents);
        for (int i = 0; i < spec.decoderSizes().size(); i++) {
            hidden = linear(hidden, next++).tanh();
        }
        NDArray density = density(x, linear(hidden, next).reshape(samples, workload.batch(), workload.outputs()));
        if (samples == 1) {
            NDArray kl = mean.square()
                    .add(logVariance.exp())
                    .sub(logVariance)
                    .sub(1f)
                    .mul(0.5f);
            return kl.sum().sub(density.sum()).div(workload.batch());
        }
        NDArray ratio =
                noise.square().add(logVariance).sub(z.square()).mul(0.5f).sum(new int[] {2});
        NDArray logWeights = density.sum(new int[] {2}).add(ratio);
        // log-sum-exp over samples, up to a constant.
        NDArray shifted = logWeights.logSoftmax(0);
        return logWeights.sub(shifted).mean().neg();
    }

    private NDArray density(NDArray x, NDArray outputs) {
        NDArray values = x.expandDims(0);
        if (workload.bernoulli()) {
            NDArray softplus = outputs.abs().neg().exp().add(1f).log().add(outputs.maximum(0f));
            return values.mul(outputs).sub(softplus);
        }
        NDList halves = outputs.split(2, 2);
        NDArray residual = values.sub(halves.get(0));
        return residual.square()
                .mul(halves.get(1).neg().exp())
                .add(halves.get(1))
                .mul(-0.5f);
    }

    private NDArray linear(NDArray input, int layer) {
        return input.dot(parameters.get(2 * layer)).add(parameters.get(2 * layer + 1));
    }

    private int layer(int inputs, int outputs) {
        float deviation = (float) Math.sqrt(2.0 / (inputs + outputs));
        add(manager.randomNormal(new Shape(inputs, outputs)).mul(deviation));
        add(manager.zeros(new Shape(outputs)));
        return outputs;
    }

    private void add(NDArray parameter) {
        parameter.setRequiresGradient(true);
        parameters.add(parameter);
    }
}
