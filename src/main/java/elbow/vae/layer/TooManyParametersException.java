package elbow.vae.layer;

import elbow.math.FloatMemory;
import java.io.Serial;

/** A network of more parameters than one buffer holds. */
public final class TooManyParametersException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    TooManyParametersException(long parameters) {
        super("number of parameters must be at most " + FloatMemory.MAXIMUM_LENGTH + ", but is at least " + parameters);
    }
}
