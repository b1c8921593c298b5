package elbow.vae;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import elbow.math.FloatMemory;
import elbow.math.noise.KeyedNoise;
import elbow.vae.ReferencePriors.LogPrior;
import elbow.vae.Tape.Scalar;
import elbow.vae.layer.LayerContext;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.layer.Start;
import elbow.vae.prior.Prior;
import elbow.vae.prior.PriorDensity;
import elbow.vae.prior.StandardNormal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Priors of others, as a program of its own may add: the engine knows none of them by name. */
final class TestPriors {
    private TestPriors() {}

    /** A prior whose log-density the reference can compute, too; without a closed form of the KL divergence. */
    interface ReferencePrior extends Prior, LogPrior {}

    /** A standard normal that keeps its closed form to itself. */
    record SampledNormal() implements ReferencePrior {
        @Override
        public String type() {
            return "sampledNormal";
        }

        @Override
        public String description() {
            return "standard normal by samples";
        }

        @Override
        public PriorDensity create(String name, int latentSize, int conditions, LayerContext context) {
            return new StandardNormal().create(name, latentSize, conditions, context);
        }

        @Override
        public int parameterCount(int latentSize, int conditions) {
            return 0;
        }

        @Override
        public Scalar logDensity(Tape tape, Supplier<Scalar> parameters, List<Scalar> z, List<Scalar> conditions) {
            return tape.sum(z.stream()
                    .map(value -> value.square().plus(LOG_2_PI).times(-0.5))
                    .toList());
        }
    }

    /**
     * Half N(distance, I), half N(-distance, I): a prior with a setting, without parameters, whose latents depend on
     * each other.
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
            return new PairDensity(distance, latentSize);
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
        private record PairDensity(double distance, int size) implements PriorDensity {
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
            return new MeansDensity(context.layout().block(block(name)));
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
                    .map(value -> value.minus(parameters.get())
                            .square()
                            .plus(LOG_2_PI)
                            .times(-0.5))
                    .toList());
        }

        private static final class MeansDensity implements PriorDensity {
            private final ParameterBlock block;
            private final int size;
            private final float[] means;
            private final double[] sums;
            private final float[] gradient;
            private final int[] bits;
            private @Nullable FloatMemory parameters;
            private @Nullable FloatMemory gradients;

            MeansDensity(ParameterBlock block) {
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
}
