package elbow.vae.prior;

import elbow.math.FloatMemory;

/** A {@link VampPrior} by rows of latents: its components are what the encoder says of the pseudo-inputs. */
final class VampDensity implements EncodedDensity, MixtureDensity {
    private final Mixture mixture;
    private final float[] encoded;
    private final double logWeight;

    VampDensity(Mixture mixture) {
        this.mixture = mixture;
        encoded = new float[Math.multiplyExact(mixture.components, 2 * mixture.size)];
        logWeight = -Math.log(mixture.components);
    }

    @Override
    public Mixture mixture() {
        return mixture;
    }

    @Override
    public void read(int first, int count, FloatMemory encoderOutput) {
        int size = mixture.size;
        encoderOutput.get(0, encoded, count * 2 * size);
        for (int i = 0; i < count; i++) {
            int at = 2 * i * size;
            mixture.set(first + i, logWeight, encoded, at, encoded, at + size);
        }
    }

    @Override
    public void begin() {
        mixture.clearGradients();
    }

    @Override
    public void writeGradients(FloatMemory encoderOutput) {
        int size = mixture.size;
        for (int k = 0; k < mixture.components; k++) {
            int at = 2 * k * size;
            mixture.gradients(k, encoded, at, encoded, at + size);
        }
        encoderOutput.put(0, encoded, encoded.length);
    }
}
