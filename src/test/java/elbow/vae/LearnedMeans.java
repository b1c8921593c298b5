package elbow.vae;

import elbow.math.FloatMemory;
import elbow.math.noise.KeyedNoise;
import elbow.vae.Tape.Scalar;
import elbow.vae.layer.LayerContext;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.layer.Start;
import elbow.vae.prior.PriorDensity;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** N(mean, 1) for each latent, the means being trained: a prior with parameters. */
record LearnedMeans() implements ReferencePrior {
    static final String TYPE = "learnedMeans";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String description() {
        return "learned means";
    }

    @Override
    public void declare(String name, int latentSize, int conditions, ParameterLayout.Builder layout) {
        layout.add(block(name), 1, latentSize, Start.ZERO);
    }

    @Override
    public PriorDensity create(String name, int latentSize, int conditions, LayerContext context) {
        return new Density(context.layout().block(block(name)));
    }

    private static String block(String name) {
        return name + ".means";
    }

    @Override
    public int parameterCount(int latentSize, int conditions) {
        return latentSize;
    }

    @Override
    public Scalar logDensity(Tape tape, Supplier<Scalar> parameters, List<Scalar> z, List<Scalar> conditions) {
        return tape.sum(z.stream()
                .map(value ->
                        value.minus(parameters.get()).square().plus(LOG_2_PI).times(-0.5))
                .toList());
    }

    private static final class Density implements PriorDensity {
        private final ParameterBlock block;
        private final int size;
        private final float[] means;
        private final double[] sums;
        private final float[] gradient;
        private final int[] bits;
        private @Nullable FloatMemory parameters;
        private @Nullable FloatMemory gradients;

        Density(ParameterBlock block) {
            this.block = block;
            size = block.length();
            means = new float[size];
            sums = new double[size];
            gradient = new float[size];
            bits = new int[size + KeyedNoise.WORDS];
        }

        @Override
        public void bind(FloatMemory newParameters, @Nullable FloatMemory newGradients) {
            parameters = newParameters;
            gradients = newGradients;
        }

        @Override
        public void begin() {
            Objects.requireNonNull(parameters).get(block.offset(), means, size);
            Arrays.fill(sums, 0);
        }

        @Override
        public void logDensities(int rows, double[] latents, double[] logDensities) {
            for (int row = 0; row < rows; row++) {
                double sum = 0;
                for (int i = 0; i < size; i++) {
                    double difference = latents[row * size + i] - means[i];
                    sum += difference * difference + LOG_2_PI;
                }
                logDensities[row] = -0.5 * sum;
            }
        }

        @Override
        public void backward(int rows, double[] latents, double[] weights, double[] latentGradients) {
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < size; i++) {
                    double slope = weights[row] * (latents[row * size + i] - means[i]);
                    latentGradients[row * size + i] = slope;
                    sums[i] -= slope;
                }
            }
        }

        @Override
        public void writeGradients() {
            for (int i = 0; i < size; i++) {
                gradient[i] = (float) sums[i];
            }
            Objects.requireNonNull(gradients).put(block.offset(), gradient, size);
        }

        @Override
        public void draw(long noiseKey, long firstRow, int rows, float[] latents) {
            float[] normal = new float[size];
            for (int row = 0; row < rows; row++) {
                KeyedNoise.bits(noiseKey, firstRow + row, 0, size, bits);
                KeyedNoise.normal(bits, size, normal);
                for (int i = 0; i < size; i++) {
                    latents[row * size + i] = means[i] + normal[i];
                }
            }
        }
    }
}
