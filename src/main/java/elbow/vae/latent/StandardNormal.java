package elbow.vae.latent;

import elbow.math.noise.KeyedNoise;

/** N(0, 1) for each latent (Kingma and Welling 2014). */
public record StandardNormal() implements Prior {
    static final String TYPE = "standardNormal";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public double twiceNegativeLogDensity(double z) {
        return z * z;
    }

    @Override
    public double negativeLogDensitySlope(double z) {
        return z;
    }

    @Override
    public double kl(double mean, double logVariance) {
        return 0.5 * (mean * mean + Math.exp(logVariance) - 1 - logVariance);
    }

    @Override
    public double klMeanSlope(double mean) {
        return mean;
    }

    @Override
    public double twiceKlLogVarianceSlope(double deviation) {
        return deviation * deviation - 1;
    }

    @Override
    public void draw(int[] bits, int size, float[] latents) {
        KeyedNoise.normal(bits, size, latents);
    }
}
