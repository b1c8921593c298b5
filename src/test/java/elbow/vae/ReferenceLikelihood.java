package elbow.vae;

import elbow.math.ReferenceDensity;
import elbow.vae.Tape.Scalar;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Categorical;
import elbow.vae.likelihood.ContinuousBernoulli;
import elbow.vae.likelihood.DiscretizedLogistic;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.Likelihood;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LogNormal;
import elbow.vae.likelihood.NegativeBinomial;
import elbow.vae.likelihood.Ordinal;
import elbow.vae.likelihood.PointMasses;
import elbow.vae.likelihood.Poisson;
import elbow.vae.likelihood.StudentT;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The log-densities of each likelihood: what its outputs and free parameters mean, over {@link ReferenceDensity}. */
final class ReferenceLikelihood {
    private final Tape tape;
    private final int variables;
    private final List<Scalar> x;
    private final List<Scalar> y;
    private final List<List<Scalar>> free = new ArrayList<>();

    private ReferenceLikelihood(
            Tape tape, Supplier<Scalar> parameters, LikelihoodGroup group, List<Scalar> x, List<Scalar> y) {
        this.tape = tape;
        this.x = x;
        this.y = y;
        Likelihood likelihood = group.likelihood();
        variables = x.size() / width(likelihood);
        for (Likelihood.Sharing sharing : likelihood.freeParameters()) {
            Scalar shared = sharing == Likelihood.Sharing.GROUP ? parameters.get() : null;
            free.add(IntStream.range(0, variables)
                    .mapToObj(i -> shared == null ? parameters.get() : shared)
                    .toList());
        }
    }

    /** log p of each variable of a group that is not NaN. */
    static List<Scalar> densities(
            Tape tape, Supplier<Scalar> parameters, LikelihoodGroup group, List<Scalar> x, List<Scalar> outputs) {
        ReferenceLikelihood reference = new ReferenceLikelihood(tape, parameters, group, x, outputs);
        List<Scalar> densities = new ArrayList<>();
        for (int i = 0; i < reference.variables; i++) {
            if (!Double.isNaN(x.get(i * width(group.likelihood())).value)) {
                densities.add(reference.density(group.likelihood(), i));
            }
        }
        return densities;
    }

    private static int width(Likelihood likelihood) {
        if (likelihood instanceof Categorical categorical) {
            return categorical.categories();
        }
        return likelihood instanceof Ordinal ordinal ? ordinal.categories() : 1;
    }

    private Scalar density(Likelihood likelihood, int i) {
        Scalar value = x.get(i * width(likelihood));
        if (likelihood instanceof Bernoulli) {
            return of(ReferenceDensity.BERNOULLI, value, y.get(i));
        } else if (likelihood instanceof ContinuousBernoulli) {
            return of(ReferenceDensity.CONTINUOUS_BERNOULLI, value, y.get(i));
        } else if (likelihood instanceof Gaussian gaussian) {
            return of(ReferenceDensity.GAUSSIAN, value, y.get(i), logVariance(gaussian, i));
        } else if (likelihood instanceof LogNormal logNormal) {
            return of(ReferenceDensity.LOG_NORMAL, value, y.get(i), logVariance(logNormal.logarithm(), i));
        } else if (likelihood instanceof PointMasses pointMasses) {
            return pointMasses(pointMasses, value, i);
        } else if (likelihood instanceof StudentT studentT) {
            Scalar scale = free.get(0).get(i).exp().plus(studentT.scaleFloor());
            Scalar degrees = free.get(1).get(i).exp().plus(studentT.degreesFloor());
            return of(ReferenceDensity.STUDENT_T, value, y.get(i), scale.log(), degrees.log());
        } else if (likelihood instanceof Poisson) {
            return of(ReferenceDensity.POISSON, value, y.get(i));
        } else if (likelihood instanceof NegativeBinomial) {
            return of(
                    ReferenceDensity.NEGATIVE_BINOMIAL,
                    value,
                    y.get(i),
                    free.get(0).get(i));
        } else if (likelihood instanceof Categorical categorical) {
            int categories = categorical.categories();
            List<Scalar> arguments = new ArrayList<>(List.of(category(i, categories)));
            arguments.addAll(y.subList(i * categories, (i + 1) * categories));
            return ReferenceDensity.CATEGORICAL.of(new OnTape(tape), arguments);
        } else if (likelihood instanceof Ordinal ordinal) {
            return ordinal(ordinal.categories(), i);
        }
        return discretizedLogistic((DiscretizedLogistic) likelihood, i);
    }

    private Scalar pointMasses(PointMasses likelihood, Scalar value, int i) {
        int point = likelihood.points().indexOf(value.value);
        List<Scalar> choice = new ArrayList<>(List.of(tape.constant(point + 1), tape.constant(0)));
        for (int k = 0; k < likelihood.points().size(); k++) {
            choice.add(y.get((likelihood.rest().outputPlanes() + k) * variables + i));
        }
        Scalar chosen = ReferenceDensity.CATEGORICAL.of(new OnTape(tape), choice);
        return point >= 0
                ? chosen
                : chosen.plus(of(ReferenceDensity.GAUSSIAN, value, y.get(i), logVariance(likelihood.rest(), i)));
    }

    private Scalar of(ReferenceDensity density, Scalar... arguments) {
        return density.of(new OnTape(tape), List.of(arguments));
    }

    private Scalar logVariance(Gaussian gaussian, int i) {
        Scalar variance = switch (gaussian.variance()) {
            case FIXED -> tape.constant(gaussian.value());
            case SHARED, PER_COLUMN -> free.get(0).get(i).exp().plus(gaussian.floor());
            case HETEROSCEDASTIC -> y.get(variables + i).exp().plus(gaussian.floor());
            case OPTIMAL_SHARED, OPTIMAL_PER_COLUMN ->
                throw new IllegalArgumentException("an optimal variance depends on other rows, too");
        };
        return variance.log();
    }

    private Scalar ordinal(int categories, int i) {
        List<Scalar> arguments = new ArrayList<>(List.of(category(i, categories), y.get(i)));
        Scalar threshold = free.get(0).get(i);
        arguments.add(threshold);
        for (int k = 1; k < categories - 1; k++) {
            threshold = threshold.plus(free.get(k).get(i).exp());
            arguments.add(threshold);
        }
        return ReferenceDensity.ORDINAL.of(new OnTape(tape), arguments);
    }

    private Scalar discretizedLogistic(DiscretizedLogistic likelihood, int i) {
        int steps = likelihood.levels() - 1;
        Scalar scale = free.get(0).get(i).exp().times(0.125).plus(likelihood.scaleFloor());
        return of(
                ReferenceDensity.DISCRETIZED_LOGISTIC,
                tape.constant(Math.rint(x.get(i).value * steps)),
                tape.constant(likelihood.levels()),
                y.get(i).times(steps),
                scale.times(steps).log());
    }

    private Scalar category(int i, int categories) {
        for (int k = 0; k < categories; k++) {
            if (x.get(i * categories + k).value == 1) {
                return tape.constant(k);
            }
        }
        throw new IllegalArgumentException("x must have a 1 in one of " + categories + " columns, but has none");
    }

    /** Doubles that know what they were computed from. */
    private record OnTape(Tape tape) implements ReferenceDensity.Arithmetic<Scalar> {
        @Override
        public Scalar of(double value) {
            return tape.constant(value);
        }

        @Override
        public Scalar plus(Scalar x, Scalar y) {
            return x.plus(y);
        }

        @Override
        public Scalar minus(Scalar x, Scalar y) {
            return x.minus(y);
        }

        @Override
        public Scalar times(Scalar x, Scalar y) {
            return x.times(y);
        }

        @Override
        public Scalar over(Scalar x, Scalar y) {
            return x.over(y);
        }

        @Override
        public Scalar exp(Scalar x) {
            return x.exp();
        }

        @Override
        public Scalar log(Scalar x) {
            return x.log();
        }

        @Override
        public Scalar logGamma(Scalar x) {
            return x.logGamma();
        }

        @Override
        public Scalar pi() {
            return tape.constant(Math.PI);
        }

        @Override
        public double toDouble(Scalar x) {
            return x.value;
        }
    }
}
