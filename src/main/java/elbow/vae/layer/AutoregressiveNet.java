package elbow.vae.layer;

import elbow.math.Activation;
import java.util.List;

/**
 * A network of masked dense layers whose outputs for a latent depend on the latents before it alone, and on a context
 * that all may see (Germain, Gregor, Murray, Larochelle. MADE: masked autoencoder for distribution estimation. ICML
 * 2015): one hidden layer of tanh units, and a linear one that starts at 0.
 *
 * <p>A row that goes in is the latents, then the context; one that comes out is {@code outputsPerLatent} values for all
 * latents, one kind after the other.
 *
 * @param latents at least 1
 * @param context values that all may see, at least 1
 * @param units of the hidden layer
 * @param outputsPerLatent how many kinds of values come out
 * @param order in which latents come before each other
 */
public record AutoregressiveNet(int latents, int context, int units, int outputsPerLatent, Order order) {
    /** Which latent comes first. */
    public enum Order {
        /** The first one. */
        ASCENDING,
        /** The last one. */
        DESCENDING
    }

    /** Width of a row that goes in. */
    public int inputs() {
        return latents + context;
    }

    /** Width of a row that comes out. */
    public int outputs() {
        return outputsPerLatent * latents;
    }

    /** The widest row of any layer. */
    public int widest() {
        return Math.max(units, Math.max(inputs(), outputs()));
    }

    /** Floats for each row of a minibatch in training: activations, and gradients between the layers. */
    public long floatsPerRow() {
        return 2L * units + outputs();
    }

    /** Adds the parameters: those of {@code NAME.hidden} and {@code NAME.head}. */
    public void declare(String name, ParameterLayout.Builder layout) {
        Dense.declare(hidden(name), inputs(), units, Start.weights(inputs(), units, Activation.TANH), layout);
        Dense.declare(head(name), units, outputs(), Start.ZERO, layout);
    }

    private static String hidden(String name) {
        return name + ".hidden";
    }

    private static String head(String name) {
        return name + ".head";
    }

    /** The network at work. */
    public Layer create(String name, LayerContext layers) {
        Layer hidden = new MaskedDense(hidden(name), Activation.TANH, hiddenMask(), layers);
        Layer head = new MaskedDense(head(name), Activation.IDENTITY, headMask(), layers);
        return new Sequence(List.of(hidden, head), layers.trains() ? (long) units * layers.rows() : 0);
    }

    /**
     * Which weights of the hidden layer count, 1 or 0, inputs x units: a unit sees the context, and as many latents as
     * its degree, 0 .. latents - 1.
     */
    public float[] hiddenMask() {
        float[] mask = new float[inputs() * units];
        for (int input = 0; input < inputs(); input++) {
            for (int unit = 0; unit < units; unit++) {
                boolean sees = input >= latents || place(input) < degree(unit);
                mask[input * units + unit] = sees ? 1 : 0;
            }
        }
        return mask;
    }

    /**
     * Which weights of the last layer count, 1 or 0, units x outputs: what comes out for a latent sees the units of
     * degrees up to its place, and so the latents before it.
     */
    public float[] headMask() {
        float[] mask = new float[units * outputs()];
        for (int unit = 0; unit < units; unit++) {
            for (int output = 0; output < outputs(); output++) {
                mask[unit * outputs() + output] = degree(unit) <= place(output % latents) ? 1 : 0;
            }
        }
        return mask;
    }

    private int place(int latent) {
        return order == Order.ASCENDING ? latent : latents - 1 - latent;
    }

    private int degree(int unit) {
        return unit % latents;
    }
}
