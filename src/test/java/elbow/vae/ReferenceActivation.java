package elbow.vae;

import elbow.math.Activation;
import elbow.vae.Tape.Scalar;
import java.util.List;

/** The activations, from their definitions. */
final class ReferenceActivation {
    private ReferenceActivation() {}

    static List<Scalar> of(Tape tape, Activation activation, List<Scalar> arguments) {
        return arguments.stream().map(x -> of(tape, activation, x)).toList();
    }

    static Scalar of(Tape tape, Activation activation, Scalar x) {
        return switch (activation) {
            case IDENTITY -> x;
            case TANH -> x.tanh();
            case SIGMOID -> x.sigmoid();
            case SOFTPLUS -> x.softplus();
            case RELU -> x.value > 0 ? x : tape.constant(0);
            case LEAKY_RELU -> x.value > 0 ? x : x.times(0.01);
            case ELU -> x.value > 0 ? x : x.exp().plus(-1);
            case GELU -> {
                Scalar cubic = x.square().times(x).times(0.044715);
                yield x.plus(cubic)
                        .times(Math.sqrt(2 / Math.PI))
                        .tanh()
                        .plus(1)
                        .times(0.5)
                        .times(x);
            }
            case SILU -> x.times(x.sigmoid());
        };
    }
}
