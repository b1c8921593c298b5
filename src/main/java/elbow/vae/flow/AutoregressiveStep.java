package elbow.vae.flow;

import elbow.math.DoubleLoops;
import elbow.vae.layer.AutoregressiveNet;
import elbow.vae.layer.AutoregressiveNet.Order;
import elbow.vae.layer.LayerContext;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.layer.RowNet;

/**
 * A step of an inverse autoregressive flow (Kingma, Salimans, Jozefowicz, Chen, Sutskever, Welling. Improved
 * variational inference with inverse autoregressive flow. NeurIPS 2016, algorithm 1):
 *
 * <pre>z' = g z + (1 - g) m,   g = sigmoid(s + 2)</pre>
 *
 * with m and s of each latent by an {@link AutoregressiveNet} from the latents before it and a context. The logarithm
 * of the determinant is the sum of log g. The net's last layer starts at 0: every g at 0.88.
 */
public final class AutoregressiveStep implements NetStep {
    /** Gates start open. */
    private static final double OPEN = 2;

    private final int size;
    private final StepInputs context;
    private final RowNet net;

    // By row and latent.
    private final double[] before;
    private final double[] gates;
    private final double[] logGates;
    private final double[] arguments;
    private final double[] scratch;

    /**
     * @param name as given to {@link #declare}
     * @param number of the step among others
     * @param context what the encoder gives, the same for all steps
     */
    public AutoregressiveStep(String name, int size, int number, int units, StepInputs context, LayerContext layers) {
        this.size = size;
        this.context = context;
        AutoregressiveNet shape = net(size, number, units, context.width());
        net = new RowNet(name, shape.inputs(), shape.outputs(), shape.widest(), layers, own -> shape.create(name, own));
        int count = Math.multiplyExact(layers.rows(), size);
        before = new double[count];
        gates = new double[count];
        logGates = new double[count];
        arguments = new double[count];
        scratch = new double[count];
    }

    /**
     * Adds the parameters of a step.
     *
     * @param name what their names begin with, before a dot
     * @param size latents
     * @param number of the step among others: every other one goes through the latents the other way round
     * @param units of the network's hidden layer
     * @param context values that the encoder gives for each row
     */
    public static void declare(
            String name, int size, int number, int units, int context, ParameterLayout.Builder layout) {
        net(size, number, units, context).declare(name, layout);
    }

    /** Floats off the heap for each row of a minibatch in training. */
    public static long floatsPerRow(int size, int units, int context) {
        AutoregressiveNet net = net(size, 0, units, context);
        return net.floatsPerRow() + RowNet.floatsPerRow(net.inputs());
    }

    private static AutoregressiveNet net(int size, int number, int units, int context) {
        return new AutoregressiveNet(size, context, units, 2, number % 2 == 0 ? Order.ASCENDING : Order.DESCENDING);
    }

    @Override
    public RowNet net() {
        return net;
    }

    @Override
    public void forward(int rows, double[] latents, double[] logDeterminants) {
        runNet(rows, latents);
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int j = 0; j < size; j++) {
                int i = row * size + j;
                before[i] = latents[i];
                double mean = net.output()[2 * row * size + j];
                latents[i] = mean + gates[i] * (latents[i] - mean);
                sum += logGates[i];
            }
            logDeterminants[row] += sum;
        }
    }

    // log g = -softplus(-s - 2).
    private void runNet(int rows, double[] latents) {
        int width = context.width();
        int inputs = size + width;
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < size; j++) {
                net.input()[row * inputs + j] = (float) latents[row * size + j];
            }
            System.arraycopy(context.values, row * width, net.input(), row * inputs + size, width);
        }
        net.forward(rows);
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < size; j++) {
                arguments[row * size + j] = -OPEN - net.output()[(2 * row + 1) * size + j];
            }
        }
        int count = rows * size;
        DoubleLoops.softplus(arguments, scratch, gates, count);
        DoubleLoops.negate(gates, logGates, count);
        DoubleLoops.exp(logGates, gates, count);
    }

    @Override
    public void backward(int rows, double[] gradient, double[] ofLogDeterminants) {
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < size; j++) {
                int i = row * size + j;
                double mean = net.output()[2 * row * size + j];
                double closed = 1 - gates[i];
                double ofGate = gradient[i] * (before[i] - mean) * gates[i] + ofLogDeterminants[row];
                net.output()[2 * row * size + j] = (float) (gradient[i] * closed);
                net.output()[(2 * row + 1) * size + j] = (float) (ofGate * closed);
                gradient[i] *= gates[i];
            }
        }
        net.backward(rows);
        int width = context.width();
        int inputs = size + width;
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < size; j++) {
                gradient[row * size + j] += net.input()[row * inputs + j];
            }
            for (int j = 0; j < width; j++) {
                context.gradients[row * width + j] += net.input()[row * inputs + size + j];
            }
        }
    }
}
