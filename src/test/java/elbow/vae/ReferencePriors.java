package elbow.vae;

import elbow.vae.Tape.Scalar;
import elbow.vae.prior.ConditionalGaussian;
import elbow.vae.prior.FlowPrior;
import elbow.vae.prior.GaussianMixture;
import elbow.vae.prior.Prior;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The priors without a closed form of the KL divergence, from their formulas. */
final class ReferencePriors {
    private ReferencePriors() {}

    /** What the reference knows of a prior. */
    interface LogPrior {
        double LOG_2_PI = Math.log(2 * Math.PI);

        /** Number of parameters of its own, which stand last. */
        int parameterCount(int latentSize, int conditions);

        /** log p(z), or log p(z|c), from the formula. */
        Scalar logDensity(Tape tape, Supplier<Scalar> parameters, List<Scalar> z, List<Scalar> conditions);
    }

    /** What the reference knows of a prior; null for the standard normal. */
    static @Nullable LogPrior of(Prior prior) {
        if (prior instanceof LogPrior known) {
            return known;
        }
        if (prior instanceof GaussianMixture mixture) {
            return new Mixture(mixture.components());
        }
        if (prior instanceof FlowPrior flow) {
            return new Couplings(flow.couplings(), flow.units());
        }
        if (prior instanceof ConditionalGaussian conditional) {
            return new Conditional(conditional.units());
        }
        return null;
    }

    private record Mixture(int components) implements LogPrior {
        @Override
        public int parameterCount(int latentSize, int conditions) {
            return components * (2 * latentSize + 1);
        }

        @Override
        public Scalar logDensity(Tape tape, Supplier<Scalar> parameters, List<Scalar> z, List<Scalar> conditions) {
            List<List<Scalar>> means = matrix(parameters, components, z.size());
            List<List<Scalar>> logVariances = matrix(parameters, components, z.size());
            Scalar weighted = tape.constant(0);
            Scalar weights = tape.constant(0);
            for (int k = 0; k < components; k++) {
                Scalar weight = parameters.get().exp();
                weighted = weighted.plus(
                        normal(tape, z, means.get(k), logVariances.get(k)).exp().times(weight));
                weights = weights.plus(weight);
            }
            return weighted.log().minus(weights.log());
        }
    }

    // Real NVP: u = (z - shift) exp(-s), s = 2 tanh(r / 2), through a hidden layer of tanh units.
    private record Couplings(int count, int units) implements LogPrior {
        @Override
        public int parameterCount(int latentSize, int conditions) {
            int sum = 0;
            for (int number = 0; number < count; number++) {
                int changed = changed(latentSize, number).size();
                sum += (latentSize - changed + 1) * units + (units + 1) * 2 * changed;
            }
            return sum;
        }

        // Coupling 0 changes the upper half, 1 the lower, 2 what is odd, 3 what is even, and so on.
        private static List<Integer> changed(int size, int number) {
            return IntStream.range(0, size)
                    .filter(i -> switch (number % 4) {
                        case 0 -> 2 * i >= size;
                        case 1 -> 2 * i < size;
                        case 2 -> i % 2 == 1;
                        default -> i % 2 == 0;
                    })
                    .boxed()
                    .toList();
        }

        @Override
        public Scalar logDensity(Tape tape, Supplier<Scalar> parameters, List<Scalar> z, List<Scalar> conditions) {
            List<Scalar> u = new ArrayList<>(z);
            Scalar logDeterminant = tape.constant(0);
            for (int number = 0; number < count; number++) {
                List<Integer> changed = changed(z.size(), number);
                List<Scalar> kept = IntStream.range(0, z.size())
                        .filter(i -> !changed.contains(i))
                        .mapToObj(u::get)
                        .toList();
                List<Scalar> hidden = linear(tape, parameters, kept, units).stream()
                        .map(Scalar::tanh)
                        .toList();
                List<Scalar> out = linear(tape, parameters, hidden, 2 * changed.size());
                for (int j = 0; j < changed.size(); j++) {
                    Scalar shift = out.get(j);
                    Scalar scale = out.get(changed.size() + j).times(0.5).tanh().times(-2);
                    int i = changed.get(j);
                    u.set(i, u.get(i).minus(shift).times(scale.exp()));
                    logDeterminant = logDeterminant.plus(scale);
                }
            }
            Scalar zero = tape.constant(0);
            return logDeterminant.plus(tape.sum(u.stream()
                    .map(value -> ReferenceVae.normal(value, zero, zero))
                    .toList()));
        }
    }

    /** Means, then log-variances, by one hidden layer of tanh units. */
    record Conditional(int units) implements LogPrior {
        @Override
        public int parameterCount(int latentSize, int conditions) {
            return (conditions + 1) * units + (units + 1) * 2 * latentSize;
        }

        List<Scalar> told(Tape tape, Supplier<Scalar> parameters, int latents, List<Scalar> conditions) {
            List<Scalar> hidden = linear(tape, parameters, conditions, units).stream()
                    .map(Scalar::tanh)
                    .toList();
            return linear(tape, parameters, hidden, 2 * latents);
        }

        @Override
        public Scalar logDensity(Tape tape, Supplier<Scalar> parameters, List<Scalar> z, List<Scalar> conditions) {
            List<Scalar> told = told(tape, parameters, z.size(), conditions);
            return normal(tape, z, told.subList(0, z.size()), told.subList(z.size(), told.size()));
        }
    }

    static List<Scalar> linear(Tape tape, Supplier<Scalar> parameters, List<Scalar> input, int outputs) {
        List<List<Scalar>> weights = matrix(parameters, input.size(), outputs);
        List<Scalar> result = new ArrayList<>();
        for (int output = 0; output < outputs; output++) {
            Scalar sum = parameters.get();
            for (int i = 0; i < input.size(); i++) {
                sum = sum.plus(input.get(i).times(weights.get(i).get(output)));
            }
            result.add(sum);
        }
        return result;
    }

    static List<List<Scalar>> matrix(Supplier<Scalar> parameters, int rows, int columns) {
        List<List<Scalar>> matrix = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            List<Scalar> values = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                values.add(parameters.get());
            }
            matrix.add(values);
        }
        return matrix;
    }

    static Scalar normal(Tape tape, List<Scalar> z, List<Scalar> means, List<Scalar> logVariances) {
        List<Scalar> terms = new ArrayList<>();
        for (int i = 0; i < z.size(); i++) {
            terms.add(ReferenceVae.normal(z.get(i), means.get(i), logVariances.get(i)));
        }
        return tape.sum(terms);
    }
}
