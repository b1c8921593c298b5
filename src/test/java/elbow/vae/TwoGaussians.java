package elbow.vae;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import elbow.math.noise.KeyedNoise;
import elbow.vae.Tape.Scalar;
import elbow.vae.layer.LayerContext;
import elbow.vae.prior.PriorDensity;
import java.util.List;
import java.util.function.Supplier;

/**
 * Half N(distance, I), half N(-distance, I): a prior with a setting, without parameters, whose latents depend on each
 * other.
 *
 * @param distance of either mean from 0, in every latent
 */
record TwoGaussians(double distance) implements ReferencePrior {
    static final String TYPE = "twoGaussians";

    private static final String DISTANCE = "distance";

    static TwoGaussians fromJson(JsonReader settings) {
        return new TwoGaussians(settings.number(DISTANCE));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String description() {
        return "two Gaussians";
    }

    @Override
    public void writeSettings(ObjectNode node) {
        node.put(DISTANCE, distance);
    }

    @Override
    public PriorDensity create(String name, int latentSize, int conditions, LayerContext context) {
        return new Density(distance, latentSize);
    }

    @Override
    public int parameterCount(int latentSize, int conditions) {
        return 0;
    }

    @Override
    public Scalar logDensity(Tape tape, Supplier<Scalar> parameters, List<Scalar> z, List<Scalar> conditions) {
        Scalar above = normal(tape, z, distance);
        Scalar below = normal(tape, z, -distance);
        return above.exp().plus(below.exp()).times(0.5).log();
    }

    private static Scalar normal(Tape tape, List<Scalar> z, double mean) {
        return tape.sum(z.stream()
                .map(value -> value.plus(-mean).square().plus(LOG_2_PI).times(-0.5))
                .toList());
    }

    // (exp(-|z - d|^2 / 2) + exp(-|z + d|^2 / 2)) / 2 = exp(-(|z|^2 + |d|^2) / 2) cosh(d z).
    private record Density(double distance, int size) implements PriorDensity {
        @Override
        public void logDensities(int rows, double[] latents, double[] logDensities) {
            for (int row = 0; row < rows; row++) {
                double squares = 0;
                for (int i = row * size; i < (row + 1) * size; i++) {
                    squares += latents[i] * latents[i] + distance * distance + LOG_2_PI;
                }
                double inner = Math.abs(inner(row, latents));
                logDensities[row] = -0.5 * squares + inner + Math.log1p(Math.exp(-2 * inner)) - Math.log(2);
            }
        }

        @Override
        public void backward(int rows, double[] latents, double[] weights, double[] latentGradients) {
            for (int row = 0; row < rows; row++) {
                double pull = distance * Math.tanh(inner(row, latents));
                for (int i = row * size; i < (row + 1) * size; i++) {
                    latentGradients[i] = weights[row] * (latents[i] - pull);
                }
            }
        }

        private double inner(int row, double[] latents) {
            double sum = 0;
            for (int i = row * size; i < (row + 1) * size; i++) {
                sum += latents[i];
            }
            return distance * sum;
        }

        @Override
        public void draw(long noiseKey, long firstRow, int rows, float[] latents) {
            int[] bits = new int[size + KeyedNoise.WORDS];
            float[] normal = new float[size];
            for (int row = 0; row < rows; row++) {
                KeyedNoise.bits(noiseKey, firstRow + row, 1, 1, bits);
                double mean = bits[0] < 0 ? distance : -distance;
                KeyedNoise.bits(noiseKey, firstRow + row, 0, size, bits);
                KeyedNoise.normal(bits, size, normal);
                for (int i = 0; i < size; i++) {
                    latents[row * size + i] = normal[i] + (float) mean;
                }
            }
        }
    }
}
