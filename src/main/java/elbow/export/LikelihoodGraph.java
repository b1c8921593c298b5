package elbow.export;

import elbow.math.DoubleLoops;
import elbow.math.LogDensities;
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
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The likelihood of one group of columns in operators: log p(x_j|z) of each variable and the expected value of each
 * column, as the classes of {@link elbow.vae.likelihood} have them, and in doubles as there. What follows from free
 * parameters alone is a constant.
 */
final class LikelihoodGraph {
    private final LikelihoodGroup group;
    private final int number;
    private final Parameters parameters;
    private final int variables;

    /** Decoder outputs by plane: rows x plane width, of floats. */
    private final List<Tensor> planes = new ArrayList<>();

    /**
     * @param number of the group among those that are modelled
     * @param outputs of the decoder for this group: rows x outputs
     */
    LikelihoodGraph(LikelihoodGroup group, int number, Parameters parameters, Tensor outputs) {
        this.group = group;
        this.number = number;
        this.parameters = parameters;
        variables = group.variables();
        for (int plane = 0; plane < group.likelihood().outputPlanes(); plane++) {
            planes.add(outputs.slice(1, plane * group.planeWidth(), group.planeWidth()));
        }
    }

    /**
     * log p(x_j|z) in nats: rows x variables, of doubles.
     *
     * @param values as the likelihood sees them: rows x columns, of floats
     */
    Tensor logDensities(Tensor values) {
        Likelihood likelihood = group.likelihood();
        if (likelihood instanceof Bernoulli) {
            Tensor logits = output(0);
            return wide(values).times(logits).minus(logits.softplus());
        } else if (likelihood instanceof ContinuousBernoulli) {
            return continuousBernoulli(wide(values));
        } else if (likelihood instanceof Gaussian gaussian) {
            return gaussian(gaussian, wide(values));
        } else if (likelihood instanceof LogNormal logNormal) {
            // Rounded as the kernel does it.
            Tensor logarithms = wide(wide(values).log().as(ElementType.FLOAT));
            return gaussian(logNormal.logarithm(), logarithms).minus(logarithms);
        } else if (likelihood instanceof PointMasses pointMasses) {
            return pointMasses(pointMasses, values);
        } else if (likelihood instanceof StudentT studentT) {
            return studentT(studentT, wide(values));
        } else if (likelihood instanceof Poisson) {
            Tensor logRates = output(0).limited(DoubleLoops.EXP_LIMIT);
            return wide(values)
                    .times(logRates)
                    .minus(logRates.exp())
                    .minus(logGamma(wide(values).plus(1)));
        } else if (likelihood instanceof NegativeBinomial) {
            return negativeBinomial(wide(values));
        } else if (likelihood instanceof Categorical categorical) {
            Tensor logits = byCategory(output(0), categorical.categories());
            Tensor own = logits.times(byCategory(wide(values), categorical.categories()));
            return own.sum(2).minus(logits.logSumExp(2));
        } else if (likelihood instanceof Ordinal ordinal) {
            Tensor own = ordinal(ordinal).times(byCategory(wide(values), ordinal.categories()));
            return own.sum(2);
        } else if (likelihood instanceof DiscretizedLogistic logistic) {
            return logistic(logistic, values);
        }
        throw unknown(likelihood);
    }

    /** The expected value of each encoded column: rows x columns, of floats. */
    Tensor means() {
        Likelihood likelihood = group.likelihood();
        if (likelihood instanceof Bernoulli) {
            return planes.get(0).sigmoid();
        } else if (likelihood instanceof ContinuousBernoulli) {
            return continuousBernoulliMeans().as(ElementType.FLOAT);
        } else if (likelihood instanceof Gaussian || likelihood instanceof StudentT) {
            return planes.get(0);
        } else if (likelihood instanceof PointMasses pointMasses) {
            Tensor mean = logOfRest(pointMasses).exp().times(output(0));
            for (int k = 0; k < pointMasses.points().size(); k++) {
                mean = mean.plus(
                        logOf(pointMasses, k).exp().times(pointMasses.points().get(k)));
            }
            return mean.as(ElementType.FLOAT);
        } else if (likelihood instanceof LogNormal logNormal) {
            Tensor half = variances(logNormal.logarithm()).times(0.5);
            return output(0).plus(half).atMost(LogNormal.LARGEST_LOG).exp().as(ElementType.FLOAT);
        } else if (likelihood instanceof Poisson || likelihood instanceof NegativeBinomial) {
            return output(0).limited(DoubleLoops.EXP_LIMIT).exp().as(ElementType.FLOAT);
        } else if (likelihood instanceof Categorical categorical) {
            Tensor logits = byCategory(output(0), categorical.categories());
            return byColumn(logits.minus(logits.logSumExp(2).withAxis(2)).exp());
        } else if (likelihood instanceof Ordinal ordinal) {
            return byColumn(ordinal(ordinal).exp());
        } else if (likelihood instanceof DiscretizedLogistic logistic) {
            return logisticMeans(logistic).as(ElementType.FLOAT);
        }
        throw unknown(likelihood);
    }

    private static IllegalArgumentException unknown(Likelihood likelihood) {
        return new IllegalArgumentException("likelihood must be one that can be exported, but is " + likelihood.word());
    }

    private Tensor output(int plane) {
        return wide(planes.get(plane));
    }

    private static Tensor wide(Tensor floats) {
        return floats.as(ElementType.DOUBLE);
    }

    private Tensor byCategory(Tensor columns, int categories) {
        return columns.shaped(0, variables, categories);
    }

    private Tensor byColumn(Tensor categories) {
        return categories.as(ElementType.FLOAT).shaped(0, group.columns());
    }

    // A function of a free parameter of each variable.
    private double[] free(int plane, DoubleUnaryOperator function) {
        float[] values = parameters.of("likelihood." + number + "." + plane);
        double[] found = new double[variables];
        for (int i = 0; i < variables; i++) {
            found[i] = function.applyAsDouble(values[values.length == 1 ? 0 : i]);
        }
        return found;
    }

    private Tensor constant(double[] values) {
        return parameters.graph().doubles(values, values.length);
    }

    private static double[] each(double[] values, DoubleUnaryOperator function) {
        return Arrays.stream(values).map(function).toArray();
    }

    private static double limited(double value, double limit) {
        return Math.max(-limit, Math.min(limit, value));
    }

    private Tensor variances(Gaussian gaussian) {
        return switch (gaussian.variance()) {
            case FIXED -> constant(each(new double[variables], unused -> gaussian.value()));
            case HETEROSCEDASTIC ->
                output(1).limited(DoubleLoops.EXP_LIMIT).exp().plus(gaussian.floor());
            case SHARED, PER_COLUMN ->
                constant(free(0, r -> gaussian.floor() + Math.exp(limited(r, DoubleLoops.EXP_LIMIT))));
            case OPTIMAL_SHARED, OPTIMAL_PER_COLUMN -> constant(free(0, r -> Math.max(gaussian.floor(), Math.exp(r))));
        };
    }

    private Tensor gaussian(Gaussian gaussian, Tensor values) {
        Tensor variances = variances(gaussian);
        Tensor squares = values.minus(output(0)).square();
        return squares.over(variances)
                .plus(variances.log())
                .plus(Tensor.LOG_2_PI)
                .times(-0.5);
    }

    private Tensor pointMasses(PointMasses pointMasses, Tensor values) {
        Tensor density = gaussian(pointMasses.rest(), wide(values)).plus(logOfRest(pointMasses));
        for (int k = 0; k < pointMasses.points().size(); k++) {
            density = values.isEqual(pointMasses.points().get(k)).choose(logOf(pointMasses, k), density);
        }
        return density;
    }

    private Tensor logOf(PointMasses pointMasses, int point) {
        return output(pointMasses.rest().outputPlanes() + point).plus(logOfRest(pointMasses));
    }

    // log-odds are against the rest: its own are 0.
    private Tensor logOfRest(PointMasses pointMasses) {
        List<Tensor> logOdds = new ArrayList<>(List.of(output(0).times(0).withAxis(2)));
        for (int k = 0; k < pointMasses.points().size(); k++) {
            logOdds.add(output(pointMasses.rest().outputPlanes() + k).withAxis(2));
        }
        return Tensor.joined(2, logOdds).logSumExp(2).negated();
    }

    private Tensor studentT(StudentT studentT, Tensor values) {
        double[] scales = free(0, a -> studentT.scaleFloor() + Math.exp(limited(a, DoubleLoops.EXP_LIMIT)));
        double[] degrees = free(1, b -> studentT.degreesFloor() + Math.exp(limited(b, StudentT.LOG_DEGREES_LIMIT)));
        double[] centres = new double[variables];
        for (int i = 0; i < variables; i++) {
            centres[i] = LogDensities.studentT(0, 0, Math.log(scales[i]), Math.log(degrees[i]));
        }
        Tensor ratios = values.minus(output(0)).over(constant(scales)).square().over(constant(degrees));
        return ratios.plus(1)
                .log()
                .times(constant(each(degrees, n -> -0.5 * (n + 1))))
                .plus(constant(centres));
    }

    private Tensor negativeBinomial(Tensor counts) {
        double[] logSizes =
                free(0, a -> Math.max(NegativeBinomial.LEAST_LOG_SIZE, Math.min(NegativeBinomial.LARGEST_LOG_SIZE, a)));
        Tensor sizes = constant(each(logSizes, Math::exp));
        Tensor logOdds = output(0).limited(DoubleLoops.EXP_LIMIT).minus(constant(logSizes));
        Tensor softplus = logOdds.softplus();
        Tensor rising = logGamma(counts.plus(sizes)).minus(logGamma(sizes));
        return rising.minus(logGamma(counts.plus(1)))
                .minus(sizes.times(softplus))
                .minus(counts.times(softplus.minus(logOdds)));
    }

    // Stirling's series at x + 10, and what lies between: as elbow.math.GammaFunctions, for x above 0.
    private static Tensor logGamma(Tensor x) {
        Tensor product = x;
        for (int i = 1; i < 10; i++) {
            product = product.times(x.plus(i));
        }
        Tensor shifted = x.plus(10);
        Tensor inverse = shifted.graph().scalar(ElementType.DOUBLE, 1).over(shifted);
        Tensor square = inverse.square();
        Tensor series = square.times(-1.0 / 1680)
                .plus(1.0 / 1260)
                .times(square)
                .plus(-1.0 / 360)
                .times(square)
                .plus(1.0 / 12)
                .times(inverse);
        return shifted.minus(0.5)
                .times(shifted.log())
                .minus(shifted)
                .plus(0.5 * Tensor.LOG_2_PI)
                .plus(series)
                .minus(product.log());
    }

    // log P(k) for each category: rows x variables x categories, of doubles.
    private Tensor ordinal(Ordinal ordinal) {
        int edges = ordinal.categories() - 1;
        double[] thresholds = new double[variables * edges];
        double[] insides = new double[variables * ordinal.categories()];
        for (int k = 0; k < edges; k++) {
            boolean first = k == 0;
            double[] learned = free(
                    k, a -> first ? limited(a, Ordinal.LARGEST_LOGIT) : Math.exp(limited(a, Ordinal.LOG_GAP_LIMIT)));
            for (int i = 0; i < variables; i++) {
                double below = first ? 0 : thresholds[i * edges + k - 1];
                thresholds[i * edges + k] = below + learned[i];
                // log(1 - exp(-gap)) of a category between two edges.
                insides[i * ordinal.categories() + k] = first ? 0 : Math.log(-Math.expm1(-learned[i]));
            }
        }
        Tensor locations = output(0).limited(Ordinal.LARGEST_LOGIT).withAxis(2);
        Tensor distances =
                parameters.graph().doubles(thresholds, variables, edges).minus(locations);
        Tensor toUpper = distances.negated().softplus().padded(0, 0, 0, 0, 0, 1);
        Tensor toLower = distances.softplus().padded(0, 0, 1, 0, 0, 0);
        return parameters
                .graph()
                .doubles(insides, variables, ordinal.categories())
                .minus(toUpper)
                .minus(toLower);
    }

    private Tensor continuousBernoulli(Tensor values) {
        Tensor logits = output(0);
        Tensor square = logits.square();
        Tensor series = square.times(-1.0 / 181440)
                .plus(1.0 / 2880)
                .times(square)
                .negated()
                .plus(1.0 / 24);
        Tensor near = values.minus(0.5).times(logits).minus(series.times(square));
        Tensor magnitude = logits.abs().atLeast(ContinuousBernoulli.SMALL);
        Tensor inside = magnitude.over(magnitude.negated().exp().negated().plus(1));
        Tensor far = values.times(logits).minus(logits.atLeast(0)).plus(inside.log());
        return logits.abs().isLess(ContinuousBernoulli.SMALL).choose(near, far);
    }

    // 1 / (1 - exp(-m)) - 1 / m - 1/2 with m = |l|, turned round for negative l; nearly linear for small l.
    private Tensor continuousBernoulliMeans() {
        Tensor one = parameters.graph().scalar(ElementType.DOUBLE, 1);
        Tensor logits = output(0);
        Tensor magnitude = logits.abs().atLeast(ContinuousBernoulli.SMALL);
        Tensor odd = one.over(magnitude.negated().exp().negated().plus(1))
                .minus(one.over(magnitude))
                .minus(0.5);
        return odd.times(logits).over(magnitude).plus(0.5);
    }

    private double[] inverseScales(DiscretizedLogistic logistic) {
        return free(
                0,
                a -> 1
                        / (logistic.scaleFloor()
                                + DiscretizedLogistic.START_SCALE * Math.exp(limited(a, DoubleLoops.EXP_LIMIT))));
    }

    private Tensor logistic(DiscretizedLogistic logistic, Tensor values) {
        int steps = logistic.levels() - 1;
        double[] inverses = inverseScales(logistic);
        Tensor levels = wide(values.times(steps).round());
        Tensor scaled = constant(inverses);
        Tensor zero = parameters.graph().scalar(ElementType.DOUBLE, 0);
        Tensor lower = levels.minus(0.5).times(1.0 / steps).minus(output(0)).times(scaled);
        Tensor upper = levels.plus(0.5).times(1.0 / steps).minus(output(0)).times(scaled);
        Tensor isLowest = levels.isAtMost(0);
        Tensor isHighest = levels.isAtLeast(steps);
        Tensor inside = constant(each(inverses, inverse -> Math.log(-Math.expm1(-inverse / steps))));
        return isLowest.or(isHighest)
                .choose(zero, inside)
                .minus(isLowest.choose(zero, lower.softplus()))
                .minus(isHighest.choose(zero, upper.negated().softplus()));
    }

    private Tensor logisticMeans(DiscretizedLogistic logistic) {
        Tensor inverses = constant(inverseScales(logistic));
        Tensor negative = output(0).negated();
        Tensor below = negative.plus(1)
                .times(inverses)
                .softplus()
                .minus(negative.times(inverses).softplus());
        return below.over(inverses).negated().plus(1).atLeast(0).atMost(1);
    }
}
