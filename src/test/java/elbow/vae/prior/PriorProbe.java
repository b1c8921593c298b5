package elbow.vae.prior;

import elbow.math.FloatMemory;
import elbow.vae.layer.LayerContext;
import elbow.vae.layer.LayerContext.Use;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.layer.Workspace;
import java.util.Random;

/** A prior at work without a network around it, with random parameters. */
final class PriorProbe implements AutoCloseable {
    private static final int ROWS = 100;
    private static final String NAME = "prior";

    final PriorDensity density;
    final FloatMemory parameters;
    private final FloatMemory gradients;
    private final int latentSize;
    private final Use use;

    PriorProbe(Prior prior, int latentSize, Use use, long seed) {
        this.latentSize = latentSize;
        ParameterLayout.Builder builder = new ParameterLayout.Builder();
        prior.declare(NAME, latentSize, 0, builder);
        ParameterLayout layout = builder.build();
        density = prior.create(NAME, latentSize, 0, new LayerContext(layout, ROWS, use, new Workspace(1)));
        parameters = FloatMemory.allocate(layout.length());
        gradients = FloatMemory.allocate(layout.length());
        float[] values = new float[layout.length()];
        Random random = new Random(seed);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.3 * random.nextGaussian());
        }
        parameters.put(0, values, values.length);
        this.use = use;
        rebound();
    }

    /** The prior at the present content of the parameters. */
    PriorDensity rebound() {
        density.bind(parameters, use == Use.TRAINING ? gradients : null);
        density.begin();
        return density;
    }

    /** log p of any number of points. */
    double[] logDensities(double[] latents) {
        int points = latents.length / latentSize;
        double[] result = new double[points];
        double[] some = new double[ROWS * latentSize];
        double[] values = new double[ROWS];
        for (int first = 0; first < points; first += ROWS) {
            int count = Math.min(ROWS, points - first);
            System.arraycopy(latents, first * latentSize, some, 0, count * latentSize);
            density.logDensities(count, some, values);
            System.arraycopy(values, 0, result, first, count);
        }
        return result;
    }

    double logDensity(double... point) {
        return logDensities(point)[0];
    }

    /** Draws numbered from 0 on, point after point. */
    double[] draws(int points) {
        double[] result = new double[points * latentSize];
        float[] some = new float[ROWS * latentSize];
        for (int first = 0; first < points; first += ROWS) {
            int count = Math.min(ROWS, points - first);
            density.draw(1, first, count, some);
            for (int i = 0; i < count * latentSize; i++) {
                result[first * latentSize + i] = some[i];
            }
        }
        return result;
    }

    /** The integral of p(z) f(z) over a square around 0, by the midpoint rule; of a line for one latent. */
    double integral(double halfWidth, int steps, Function function) {
        double step = 2 * halfWidth / steps;
        int points = latentSize == 1 ? steps : steps * steps;
        double[] latents = new double[points * latentSize];
        for (int i = 0; i < points; i++) {
            latents[i * latentSize] = -halfWidth + step * (i % steps + 0.5);
            if (latentSize == 2) {
                int line = i / steps;
                latents[i * latentSize + 1] = -halfWidth + step * (line + 0.5);
            }
        }
        double[] logDensities = logDensities(latents);
        double sum = 0;
        double[] point = new double[latentSize];
        for (int i = 0; i < points; i++) {
            System.arraycopy(latents, i * latentSize, point, 0, latentSize);
            sum += Math.exp(logDensities[i]) * function.of(point);
        }
        return sum * (latentSize == 1 ? step : step * step);
    }

    /** Of a point of the latent space. */
    interface Function {
        double of(double[] point);
    }

    @Override
    public void close() {
        density.close();
        parameters.close();
        gradients.close();
    }
}
