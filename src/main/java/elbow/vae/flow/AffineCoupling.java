package elbow.vae.flow;

import elbow.math.Activation;
import elbow.math.DoubleLoops;
import elbow.vae.layer.DenseSpec;
import elbow.vae.layer.LayerContext;
import elbow.vae.layer.LayerStack;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.layer.RowNet;
import elbow.vae.layer.Start;
import java.util.Arrays;
import java.util.List;

/**
 * An affine coupling (Dinh, Sohl-Dickstein, Bengio. Density estimation using Real NVP. ICLR 2017, equations 7 and 8):
 * half of the latents stay and decide by a network how the others are shifted and scaled,
 *
 * <pre>forward: u = (z - shift) exp(-s),   inverse: z = u exp(s) + shift,   s = 2 tanh(r / 2)</pre>
 *
 * with shift and r from one hidden layer of tanh units. The bound of s keeps a scale within exp(+-2). The network's
 * last layer starts at 0, and so the coupling at the identity.
 */
public final class AffineCoupling implements NetStep {
    /** Of a scale's logarithm, in magnitude. */
    public static final double LIMIT = 2;

    private final int size;
    private final int[] kept;
    private final int[] changed;
    private final RowNet net;

    // By row and changed latent.
    private final double[] results;
    private final double[] tanhs;
    private final double[] logScales;
    private final double[] scales;
    private final double[] scratch;

    /** @param name as given to {@link #declare} */
    public AffineCoupling(String name, int size, int number, int units, LayerContext context) {
        this.size = size;
        kept = part(size, number, 0);
        changed = part(size, number, 1);
        net = new RowNet(
                name,
                kept.length,
                2 * changed.length,
                stack(name, size, number, units).widest(),
                context,
                stack(name, size, number, units)::create);
        int count = Math.multiplyExact(context.rows(), changed.length);
        results = new double[count];
        tanhs = new double[count];
        logScales = new double[count];
        scales = new double[count];
        scratch = new double[count];
    }

    /**
     * Adds the parameters of a coupling.
     *
     * @param name what their names begin with, before a dot
     * @param size latents, at least 2
     * @param number of the coupling among others: which latents stay goes by it
     * @param units of the network's hidden layer
     */
    public static void declare(String name, int size, int number, int units, ParameterLayout.Builder layout) {
        stack(name, size, number, units).declare(layout, Start.ZERO);
    }

    /** Floats off the heap for each row of a minibatch in training. */
    public static long floatsPerRow(int size, int number, int units) {
        return stack("coupling", size, number, units).floatsPerRow()
                + RowNet.floatsPerRow(part(size, number, 0).length);
    }

    /** The latents that stay in a coupling of that number, of {@code size} ones. */
    public static int[] kept(int size, int number) {
        return part(size, number, 0);
    }

    /** The others. */
    public static int[] changed(int size, int number) {
        return part(size, number, 1);
    }

    private static LayerStack stack(String name, int size, int number, int units) {
        return LayerStack.of(
                part(size, number, 0).length,
                name,
                List.of(new DenseSpec(units, Activation.TANH)),
                name + ".head",
                2 * part(size, number, 1).length);
    }

    /**
     * The latents that stay (0) or are changed (1). Of four couplings after each other the first two go by the half
     * that a latent stands in, the others by whether its number is even: so all meet all.
     */
    private static int[] part(int size, int number, int which) {
        int wanted = (number + which) % 2;
        int[] part = new int[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            int of = number % 4 < 2 ? 2 * i / size : i % 2;
            if (of == wanted) {
                part[count++] = i;
            }
        }
        return Arrays.copyOf(part, count);
    }

    @Override
    public RowNet net() {
        return net;
    }

    @Override
    public void forward(int rows, double[] latents, double[] logDeterminants) {
        runNet(rows, latents, -1);
        int width = changed.length;
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int j = 0; j < width; j++) {
                int i = row * width + j;
                int at = row * size + changed[j];
                results[i] = (latents[at] - net.output()[2 * row * width + j]) * scales[i];
                latents[at] = results[i];
                sum += logScales[i];
            }
            logDeterminants[row] += sum;
        }
    }

    /** The inverse of {@link #forward}. */
    public void inverse(int rows, double[] latents) {
        runNet(rows, latents, 1);
        int width = changed.length;
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < width; j++) {
                int at = row * size + changed[j];
                latents[at] = latents[at] * scales[row * width + j] + net.output()[2 * row * width + j];
            }
        }
    }

    // Scales of exp(sign x s); their logarithms; tanh(r / 2) = 1 - 2 / (1 + exp(r)).
    private void runNet(int rows, double[] latents, int sign) {
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < kept.length; j++) {
                net.input()[row * kept.length + j] = (float) latents[row * size + kept[j]];
            }
        }
        net.forward(rows);
        int width = changed.length;
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < width; j++) {
                scratch[row * width + j] = net.output()[(2 * row + 1) * width + j];
            }
        }
        int count = rows * width;
        DoubleLoops.exp(scratch, scales, count);
        for (int i = 0; i < count; i++) {
            tanhs[i] = 1 - 2 / (1 + scales[i]);
        }
        for (int i = 0; i < count; i++) {
            logScales[i] = sign * LIMIT * tanhs[i];
        }
        DoubleLoops.exp(logScales, scales, count);
    }

    @Override
    public void backward(int rows, double[] gradient, double[] ofLogDeterminants) {
        int width = changed.length;
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < width; j++) {
                int i = row * width + j;
                int at = row * size + changed[j];
                double before = gradient[at] * scales[i];
                double ofScale = -gradient[at] * results[i] - ofLogDeterminants[row];
                gradient[at] = before;
                net.output()[2 * row * width + j] = (float) -before;
                net.output()[(2 * row + 1) * width + j] = (float) (ofScale * (1 - tanhs[i] * tanhs[i]));
            }
        }
        net.backward(rows);
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < kept.length; j++) {
                gradient[row * size + kept[j]] += net.input()[row * kept.length + j];
            }
        }
    }
}
