package elbow.vae.prior;

import elbow.math.noise.NormalQuantile;

/** N(0, 1) for each latent (Kingma and Welling 2014). */
public record StandardNormal() implements FactorizedPrior {
    static final String TYPE = "standardNormal";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String description() {
        return "standard normal";
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
    public double klMeanSlope(double mean, double deviation) {
        return mean;
    }

    @Override
    public double twiceKlLogVarianceSlope(double mean, double deviation) {
        return deviation * deviation - 1;
    }

    @Override
    public double quantile(double probability) {
        return NormalQuantile.of(probability);
    }
}
