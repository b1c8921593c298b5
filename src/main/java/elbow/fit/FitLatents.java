package elbow.fit;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.reference.SampledRow;
import elbow.density.LatentMixture;
import elbow.density.MixtureFit;
import elbow.score.ScoringModel;
import elbow.vae.VaeSpec;
import elbow.vae.prior.ConditionalGaussian;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * From which density latents of made rows are drawn. The mixture is fitted to draws from the posteriors of training
 * rows; it takes the prior's place if held-out draws are more likely under it by {@value #LEAST_GAIN} nats each, and by
 * more than twice the standard error of that.
 *
 * @param mixture what takes the prior's place; empty: nothing
 * @param words why, in a sentence
 */
record FitLatents(Optional<LatentMixture> mixture, String words) {
    static final String KEY = "generation.latent-density";

    /** Nats that a held-out draw is to gain on average. */
    static final double LEAST_GAIN = 0.1;

    /** Rows for which draws are held out, at least. */
    private static final int LEAST_ROWS = 20;

    /** The densities by the word of the configuration. */
    enum Kind {
        PRIOR,
        MIXTURE
    }

    /**
     * What the configuration says; for {@value Configuration#AUTO} a mixture where it closes a gap that is there.
     *
     * @throws ElbowException of category USAGE if a mixture is asked for that there cannot be
     */
    static FitLatents of(Configuration settings, ScoringModel model, List<SampledRow> rows) {
        Optional<Kind> asked = settings.choiceOrAuto(KEY, Kind.class);
        if (asked.equals(Optional.of(Kind.PRIOR))) {
            return prior("as " + KEY + " says");
        }
        Optional<String> obstacle = obstacle(model.spec());
        if (obstacle.isPresent()) {
            if (asked.isPresent()) {
                throw refused(obstacle.get());
            }
            return prior("as " + obstacle.get());
        }
        PosteriorDraws draws = PosteriorDraws.of(model, rows);
        double[][] training = draws.training();
        List<PosteriorDraws.Draw> heldOut = draws.heldOut();
        if (heldOut.stream().mapToInt(PosteriorDraws.Draw::row).distinct().count() < LEAST_ROWS) {
            if (asked.isPresent()) {
                throw refused("there are too few training rows");
            }
            return prior("as there are too few training rows to fit another");
        }
        LatentMixture mixture = MixtureFit.of(
                training, heldOut.stream().map(PosteriorDraws.Draw::latents).toArray(double[][]::new));
        return decided(mixture, heldOut, asked.isPresent());
    }

    private static FitLatents prior(String why) {
        return new FitLatents(Optional.empty(), "Latents of rows that are made are drawn from the prior, " + why);
    }

    // The lowest of several layers has no prior density that is known; what a learned p(z|c) says of each condition,
    // one
    // density for all conditions cannot.
    private static Optional<String> obstacle(VaeSpec spec) {
        if (spec.latents().isDeep()) {
            return Optional.of("the model has several layers of latents");
        }
        return spec.prior() instanceof ConditionalGaussian
                ? Optional.of("the prior depends on the conditions")
                : Optional.empty();
    }

    private static ElbowException refused(String why) {
        return new ElbowException(
                ErrorCategory.USAGE, KEY + " must be auto or prior where " + why + ", but is mixture");
    }

    private static FitLatents decided(LatentMixture mixture, List<PosteriorDraws.Draw> heldOut, boolean asked) {
        // Draws of one row are not independent.
        TreeMap<Integer, double[]> byRow = new TreeMap<>();
        for (PosteriorDraws.Draw draw : heldOut) {
            double[] sums = byRow.computeIfAbsent(draw.row(), row -> new double[2]);
            sums[0] += mixture.logDensity(draw.latents()) - draw.priorLogDensity();
            sums[1]++;
        }
        double[] gains =
                byRow.values().stream().mapToDouble(sums -> sums[0] / sums[1]).toArray();
        double sum = 0;
        for (double gain : gains) {
            sum += gain;
        }
        double mean = sum / gains.length;
        double squares = 0;
        for (double gain : gains) {
            squares += (gain - mean) * (gain - mean);
        }
        double error = Math.sqrt(squares / (gains.length - 1.0) / gains.length);
        boolean better = mean > LEAST_GAIN && mean > 2 * error;
        if (!better && !asked) {
            return prior(String.format(
                    Locale.ROOT,
                    "as held-out draws from posteriors gain %.2f nats under a %s, no more than %s or twice their standard"
                            + " error, %.2f",
                    mean,
                    mixture.description(),
                    LEAST_GAIN,
                    error));
        }
        return new FitLatents(
                Optional.of(mixture),
                String.format(
                        Locale.ROOT,
                        "Latents of rows that are made are drawn from a %s fitted to posteriors, under which held-out"
                                + " draws gain %.2f nats over the prior; %s=prior keeps that",
                        mixture.description(),
                        mean,
                        KEY));
    }
}
