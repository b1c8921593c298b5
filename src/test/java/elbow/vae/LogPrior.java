package elbow.vae;

import elbow.vae.Tape.Scalar;
import java.util.List;
import java.util.function.Supplier;

/** What the reference knows of a prior. */
interface LogPrior {
    double LOG_2_PI = Math.log(2 * Math.PI);

    /** Number of parameters of its own, which stand last. */
    int parameterCount(int latentSize, int conditions);

    /** log p(z), or log p(z|c), from the formula. */
    Scalar logDensity(Tape tape, Supplier<Scalar> parameters, List<Scalar> z, List<Scalar> conditions);
}
