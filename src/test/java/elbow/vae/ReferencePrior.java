package elbow.vae;

import elbow.vae.Tape.Scalar;
import elbow.vae.latent.Prior;
import java.util.List;
import java.util.function.Supplier;

/** A prior whose log-density the reference can compute, too; without a closed form of the KL divergence. */
interface ReferencePrior extends Prior {
    double LOG_2_PI = Math.log(2 * Math.PI);

    /** Number of parameters of its own, which stand last. */
    int parameterCount(int latentSize);

    /** log p(z), from the formula. */
    Scalar logDensity(Tape tape, Supplier<Scalar> parameters, List<Scalar> z);
}
