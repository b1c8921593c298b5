package elbow.vae;

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
import elbow.vae.likelihood.Poisson;
import elbow.vae.likelihood.StudentT;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The log-densities of each likelihood in double, from their definitions. */
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
        if (likelihood instanceof Bernoulli) {
            return x.get(i).times(y.get(i)).minus(y.get(i).softplus());
        } else if (likelihood instanceof ContinuousBernoulli) {
            // exp(l x) l / (exp(l) - 1).
            Scalar logit = y.get(i);
            return x.get(i).times(logit).plus(logit.over(logit.exp().plus(-1)).log());
        } else if (likelihood instanceof Gaussian gaussian) {
            return gaussian(gaussian, x.get(i), i);
        } else if (likelihood instanceof LogNormal logNormal) {
            Scalar logarithm = x.get(i).log();
            return gaussian(logNormal.logarithm(), logarithm, i).minus(logarithm);
        } else if (likelihood instanceof StudentT studentT) {
            return studentT(studentT, i);
        } else if (likelihood instanceof Poisson) {
            return x.get(i).times(y.get(i)).minus(y.get(i).exp()).minus(logFactorial(i));
        } else if (likelihood instanceof NegativeBinomial) {
            return negativeBinomial(i);
        } else if (likelihood instanceof Categorical categorical) {
            return categorical(categorical.categories(), i);
        } else if (likelihood instanceof Ordinal ordinal) {
            return ordinal(ordinal.categories(), i);
        }
        return discretizedLogistic((DiscretizedLogistic) likelihood, i);
    }

    private Scalar gaussian(Gaussian gaussian, Scalar value, int i) {
        Scalar variance = switch (gaussian.variance()) {
            case FIXED -> tape.constant(gaussian.value());
            case SHARED, PER_COLUMN -> free.get(0).get(i).exp().plus(gaussian.floor());
            case HETEROSCEDASTIC -> y.get(variables + i).exp().plus(gaussian.floor());
        };
        return ReferenceVae.normal(value, y.get(i), variance.log());
    }

    private Scalar studentT(StudentT likelihood, int i) {
        Scalar scale = free.get(0).get(i).exp().plus(likelihood.scaleFloor());
        Scalar degrees = free.get(1).get(i).exp().plus(likelihood.degreesFloor());
        Scalar t = x.get(i).minus(y.get(i)).over(scale);
        Scalar half = degrees.plus(1).times(0.5);
        return half.logGamma()
                .minus(degrees.times(0.5).logGamma())
                .minus(degrees.times(Math.PI).log().times(0.5))
                .minus(scale.log())
                .minus(half.times(t.square().over(degrees).plus(1).log()));
    }

    // Gamma(c + r) / (Gamma(r) c!) (r / (r + m))^r (m / (r + m))^c.
    private Scalar negativeBinomial(int i) {
        Scalar mean = y.get(i).exp();
        Scalar size = free.get(0).get(i).exp();
        Scalar total = size.plus(mean).log();
        Scalar sum =
                size.times(size.log().minus(total)).plus(x.get(i).times(y.get(i).minus(total)));
        for (int k = 0; k < x.get(i).value; k++) {
            sum = sum.plus(size.plus(k).log());
        }
        return sum.minus(logFactorial(i));
    }

    private Scalar categorical(int categories, int i) {
        Scalar total = tape.constant(0);
        Scalar own = tape.constant(0);
        for (int k = i * categories; k < (i + 1) * categories; k++) {
            total = total.plus(y.get(k).exp());
            own = own.plus(x.get(k).times(y.get(k)));
        }
        return own.minus(total.log());
    }

    private Scalar ordinal(int categories, int i) {
        Scalar lower = null;
        Scalar threshold = tape.constant(0);
        for (int k = 0; k < categories - 1; k++) {
            threshold = k == 0
                    ? free.get(0).get(i)
                    : threshold.plus(free.get(k).get(i).exp());
            Scalar upper = threshold.minus(y.get(i));
            if (x.get(i * categories + k).value == 1) {
                return interval(lower, upper);
            }
            lower = upper;
        }
        return interval(lower, null);
    }

    private Scalar discretizedLogistic(DiscretizedLogistic likelihood, int i) {
        Scalar scale = free.get(0).get(i).exp().times(0.125).plus(likelihood.scaleFloor());
        int steps = likelihood.levels() - 1;
        double level = Math.round(x.get(i).value * steps);
        Scalar lower = tape.constant((level - 0.5) / steps).minus(y.get(i)).over(scale);
        Scalar upper = tape.constant((level + 0.5) / steps).minus(y.get(i)).over(scale);
        return interval(level == 0 ? null : lower, level == steps ? null : upper);
    }

    // log(sigmoid(upper) - sigmoid(lower)), null for the infinities; turned round where both are near 1.
    private Scalar interval(@Nullable Scalar lower, @Nullable Scalar upper) {
        if (lower != null && lower.value > 0) {
            return interval(upper == null ? null : upper.times(-1), lower.times(-1));
        }
        Scalar upTo = upper == null ? tape.constant(1) : upper.sigmoid();
        return (lower == null ? upTo : upTo.minus(lower.sigmoid())).log();
    }

    private Scalar logFactorial(int i) {
        double sum = 0;
        for (int k = 2; k <= x.get(i).value; k++) {
            sum += Math.log(k);
        }
        return tape.constant(sum);
    }
}
