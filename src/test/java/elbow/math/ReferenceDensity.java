package elbow.math;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The log-density of each distribution by its textbook formula, in nats with every constant: what all tests hold
 * log-densities against. The formulas are written once, for any arithmetic: {@link #value} and {@link #slope} are exact
 * to the last digit of a double, being computed in 110 digits.
 */
public enum ReferenceDensity {
    /** x, logit. */
    BERNOULLI {
        @Override
        public <N> N of(Arithmetic<N> in, List<N> a) {
            return in.minus(in.times(a.get(0), a.get(1)), softplus(in, a.get(1)));
        }
    },

    /** x, logit: exp(l x) l / (exp(l) - 1). */
    CONTINUOUS_BERNOULLI {
        @Override
        public <N> N of(Arithmetic<N> in, List<N> a) {
            N normalizer = in.over(a.get(1), in.minus(in.exp(a.get(1)), in.of(1)));
            return in.plus(in.times(a.get(0), a.get(1)), in.log(normalizer));
        }
    },

    /** x, mean, log-variance. */
    GAUSSIAN {
        @Override
        public <N> N of(Arithmetic<N> in, List<N> a) {
            N residual = in.minus(a.get(0), a.get(1));
            N square = in.over(in.times(residual, residual), in.exp(a.get(2)));
            N scale = in.plus(a.get(2), in.log(in.times(in.of(2), in.pi())));
            return in.times(in.of(-0.5), in.plus(square, scale));
        }
    },

    /** x, mean of log x, log-variance of log x. */
    LOG_NORMAL {
        @Override
        public <N> N of(Arithmetic<N> in, List<N> a) {
            N logarithm = in.log(a.get(0));
            return in.minus(GAUSSIAN.of(in, List.of(logarithm, a.get(1), a.get(2))), logarithm);
        }
    },

    /** x, location, log-scale, log of the degrees of freedom. */
    STUDENT_T {
        @Override
        public <N> N of(Arithmetic<N> in, List<N> a) {
            N degrees = in.exp(a.get(3));
            N t = in.over(in.minus(a.get(0), a.get(1)), in.exp(a.get(2)));
            N half = in.times(in.of(0.5), in.plus(degrees, in.of(1)));
            N gammas = in.minus(in.logGamma(half), in.logGamma(in.times(in.of(0.5), degrees)));
            N norm = in.plus(a.get(2), in.times(in.of(0.5), in.log(in.times(degrees, in.pi()))));
            N kernel = in.times(half, in.log(in.plus(in.of(1), in.over(in.times(t, t), degrees))));
            return in.minus(in.minus(gammas, norm), kernel);
        }
    },

    /** Count, log-rate. */
    POISSON {
        @Override
        public <N> N of(Arithmetic<N> in, List<N> a) {
            N power = in.minus(in.times(a.get(0), a.get(1)), in.exp(a.get(1)));
            return in.minus(power, in.logGamma(in.plus(a.get(0), in.of(1))));
        }
    },

    /** Count n, log of the mean m, log of the size r: Gamma(n + r) / (Gamma(r) n!) (r / (r + m))^r (m / (r + m))^n. */
    NEGATIVE_BINOMIAL {
        @Override
        public <N> N of(Arithmetic<N> in, List<N> a) {
            N count = a.get(0);
            N size = in.exp(a.get(2));
            N total = in.log(in.plus(in.exp(a.get(1)), size));
            N gammas = in.minus(
                    in.minus(in.logGamma(in.plus(count, size)), in.logGamma(size)),
                    in.logGamma(in.plus(count, in.of(1))));
            N failures = in.times(size, in.minus(a.get(2), total));
            return in.plus(gammas, in.plus(failures, in.times(count, in.minus(a.get(1), total))));
        }
    },

    /** Category, then the logit of each. */
    CATEGORICAL {
        @Override
        public <N> N of(Arithmetic<N> in, List<N> a) {
            N total = in.of(0);
            for (N logit : a.subList(1, a.size())) {
                total = in.plus(total, in.exp(logit));
            }
            return in.minus(a.get(1 + (int) in.toDouble(a.get(0))), in.log(total));
        }
    },

    /** Category, location, then the thresholds, ascending: P(at most k) = sigmoid(threshold k - location). */
    ORDINAL {
        @Override
        public <N> N of(Arithmetic<N> in, List<N> a) {
            int category = (int) in.toDouble(a.get(0));
            List<N> edges = a.subList(2, a.size()).stream()
                    .map(threshold -> in.minus(threshold, a.get(1)))
                    .toList();
            return logisticMass(
                    in, edges.subList(Math.max(0, category - 1), Math.min(edges.size(), category + 1)), category == 0);
        }
    },

    /** Level, number of levels, mean and log-scale in units of levels; the outermost levels take the tails. */
    DISCRETIZED_LOGISTIC {
        @Override
        public <N> N of(Arithmetic<N> in, List<N> a) {
            N middle = in.minus(a.get(0), a.get(2));
            N scale = in.exp(a.get(3));
            N lower = in.over(in.minus(middle, in.of(0.5)), scale);
            N upper = in.over(in.plus(middle, in.of(0.5)), scale);
            boolean first = in.toDouble(a.get(0)) == 0;
            boolean last = in.toDouble(a.get(0)) == in.toDouble(a.get(1)) - 1;
            return logisticMass(in, first ? List.of(upper) : last ? List.of(lower) : List.of(lower, upper), first);
        }
    };

    /** Numbers that formulas are computed in. */
    public interface Arithmetic<N> {
        N of(double value);

        N plus(N x, N y);

        N minus(N x, N y);

        N times(N x, N y);

        N over(N x, N y);

        N exp(N x);

        N log(N x);

        N logGamma(N x);

        N pi();

        double toDouble(N x);
    }

    /** The log-density of arguments in the order that the constant says. */
    public abstract <N> N of(Arithmetic<N> in, List<N> arguments);

    /** The log-density, rounded once. */
    public double value(double... arguments) {
        return exact(arguments).doubleValue();
    }

    /** Its derivative by the argument of that index, to about 50 digits and rounded once. */
    public double slope(int index, double... arguments) {
        return exactSlope(index, arguments).doubleValue();
    }

    BigDecimal exact(double... arguments) {
        return of(Decimals.ARITHMETIC, decimals(arguments));
    }

    BigDecimal exactSlope(int index, double... arguments) {
        List<BigDecimal> exact = decimals(arguments);
        return Decimals.slope(
                value -> of(
                        Decimals.ARITHMETIC,
                        IntStream.range(0, arguments.length)
                                .mapToObj(i -> i == index ? value : exact.get(i))
                                .toList()),
                arguments[index]);
    }

    private static List<BigDecimal> decimals(double... arguments) {
        return Arrays.stream(arguments).mapToObj(Decimals::decimal).toList();
    }

    private static <N> N softplus(Arithmetic<N> in, N x) {
        return in.log(in.plus(in.of(1), in.exp(x)));
    }

    private static <N> N sigmoid(Arithmetic<N> in, N x) {
        return in.over(in.of(1), in.plus(in.of(1), in.exp(in.minus(in.of(0), x))));
    }

    /**
     * log of the standard logistic distribution's mass between two edges, or beyond a single one.
     *
     * @param below whether it lies below the single one
     */
    private static <N> N logisticMass(Arithmetic<N> in, List<N> edges, boolean below) {
        if (edges.size() == 1) {
            return in.log(sigmoid(in, below ? edges.get(0) : in.minus(in.of(0), edges.get(0))));
        }
        N lower = edges.get(0);
        N upper = edges.get(1);
        // Turned round where both shares are near 1, so that doubles do not cancel.
        return in.toDouble(lower) > 0
                ? in.log(in.minus(sigmoid(in, in.minus(in.of(0), lower)), sigmoid(in, in.minus(in.of(0), upper))))
                : in.log(in.minus(sigmoid(in, upper), sigmoid(in, lower)));
    }
}
