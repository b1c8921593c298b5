package elbow.model;

import elbow.base.Check;
import elbow.math.GeneralizedPareto;
import elbow.math.ParetoFits;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tail of the anomaly scores of normal rows: above {@code start}, which the share {@code above} of them exceeds,
 * what scores have over it follows a generalized Pareto distribution. See: A. Siffer, P.-A. Fouque, A. Termier, C.
 * Largouet. Anomaly detection in streams with extreme value theory. KDD 2017.
 *
 * @param start score where the tail begins, in nats
 * @param above share of the rows that score above it, in (0, 1]
 * @param shape of the distribution
 * @param scale of the distribution, in nats, above 0
 * @param robust a fit that the highest scores cannot move; null if it is not known
 */
public record TailFit(
        double start,
        double above,
        double shape,
        double scale,
        @Nullable Robust robust) implements Serializable {
    private static final int NAMED = 5;

    public TailFit {
        Check.argument(Double.isFinite(start), "start", "be finite", start);
        Check.argument(above > 0 && above <= 1, "above", "lie in (0, 1]", above);
        Check.argument(Double.isFinite(shape), "shape", "be finite", shape);
        Check.positive("scale", scale);
    }

    /**
     * A fit that the highest scores cannot move.
     *
     * @param shape of the distribution
     * @param scale of the distribution, in nats, above 0
     * @param apart the highest scores, from the highest on, without which the fit of highest likelihood agrees with it;
     *     empty if the two agree as they are
     */
    public record Robust(double shape, double scale, List<Double> apart) implements Serializable {
        public Robust {
            Check.argument(Double.isFinite(shape), "shape", "be finite", shape);
            Check.positive("scale", scale);
            apart = List.copyOf(apart);
        }
    }

    /**
     * Fits the tail.
     *
     * @param excesses what scores have over {@code start}, all above 0, ascending
     * @param rows how many scores there are in all
     */
    static TailFit of(double start, double[] excesses, int rows, ThresholdRule.TailFitMethod fit) {
        ParetoFits fits = ParetoFits.of(excesses);
        List<Double> apart = new ArrayList<>();
        for (int i = 0; i < fits.apart(); i++) {
            apart.add(start + excesses[excesses.length - 1 - i]);
        }
        GeneralizedPareto chosen = fit == ThresholdRule.TailFitMethod.ROBUST ? fits.robust() : fits.likeliest();
        return new TailFit(
                start,
                (double) excesses.length / rows,
                chosen.shape(),
                chosen.scale(),
                new Robust(fits.robust().shape(), fits.robust().scale(), apart));
    }

    /** Whether the shape is the least that a fit may have, and would be less without that bound. */
    public boolean atBound() {
        return distribution().atBound();
    }

    /** What the user should know of the fit, in sentences. */
    List<String> remarks(ThresholdRule.Tail rule) {
        List<String> remarks = new ArrayList<>();
        remarks.add(String.format(
                Locale.ROOT,
                "Tail: above a score of %s, where %.3g %% of the reference rows lie, a shape of %.4g and a scale of %s are"
                        + " fitted",
                shown(start),
                100 * above,
                shape,
                shown(scale)));
        if (atBound()) {
            remarks.add("Tail: the scores above " + shown(start) + " end more abruptly than a fit may follow: shape "
                    + GeneralizedPareto.LEAST_SHAPE + " is the least; the threshold may be higher than the risk needs");
        }
        if (robust != null && !robust.apart.isEmpty()) {
            double without = new TailFit(start, above, robust.shape, robust.scale, null).scoreAt(rule.risk());
            String highest = robust.apart.stream()
                    .limit(NAMED)
                    .map(TailFit::shown)
                    .collect(Collectors.joining(", ", "", robust.apart.size() > NAMED ? ", ..." : ""));
            remarks.add("Tail: the " + robust.apart.size() + " highest scores of reference rows (" + highest
                    + ") do not follow the tail of the others: look at the rows that score at least "
                    + shown(robust.apart.get(robust.apart.size() - 1)) + ". "
                    + (rule.fit() == ThresholdRule.TailFitMethod.ROBUST
                            ? "The fit of the threshold, " + shown(scoreAt(rule.risk())) + ", is not moved by them"
                            : "With them the threshold is " + shown(scoreAt(rule.risk()))
                                    + ", by a fit that they cannot move it is " + shown(without)
                                    + ": scoring.tail-fit = robust chooses that"));
        }
        return remarks;
    }

    private static String shown(double number) {
        return String.format(Locale.ROOT, "%.6g", number);
    }

    /** The score that the share {@code risk} of normal rows exceeds, at most {@link #above}. */
    double scoreAt(double risk) {
        return start + distribution().excess(risk / above);
    }

    /** The share of normal rows that exceeds a score of at least {@link #start}. */
    double shareAbove(double score) {
        return above * distribution().survival(score - start);
    }

    private GeneralizedPareto distribution() {
        return new GeneralizedPareto(shape, scale);
    }
}
