package elbow.vae.prior;

import elbow.math.FloatMemory;

/**
 * An {@link EncodedPrior} at work. {@link #read} comes before all else whenever the parameters have changed;
 * {@link #writeGradients(FloatMemory)} takes the place of {@link #writeGradients()}.
 */
public interface EncodedDensity extends PriorDensity {
    /**
     * Takes what the encoder says of the pseudo-inputs {@code first .. first + count}.
     *
     * @param encoderOutput from the first of these on
     */
    void read(int first, int count, FloatMemory encoderOutput);

    /** Overwrites the encoder's outputs for all pseudo-inputs by their gradients, added since {@link #begin}. */
    void writeGradients(FloatMemory encoderOutput);
}
