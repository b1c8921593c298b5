package elbow.model;

import elbow.base.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far the prior is from what the posteriors of rows add up to, by draws of both. Rows are made from the prior,
 * while the decoder has learned from the posteriors: where these leave the prior's ground empty, or stand outside it,
 * made rows are not like the data. The ELBO charges for the gap: its KL divergence, as a mean over rows, is what the
 * latents say of single rows plus the divergence of all posteriors together from the prior (Hoffman and Johnson. ELBO
 * surgery. NIPS 2016 workshop on advances in approximate inference).
 *
 * @param draws of each kind
 * @param alike share of all draws whose nearest one is of the same kind, each latent divided by the deviation that it
 *     has over all draws: about 0.5 if both are spread alike, 1 if they lie apart (the two-sample test by nearest
 *     neighbours of Lopez-Paz and Oquab. Revisiting classifier two-sample tests. ICLR 2017)
 * @param distances of each latent: the largest difference of the distribution functions (Kolmogorov-Smirnov)
 */
public record LatentGap(int draws, double alike, List<Double> distances) {
    public LatentGap {
        Check.positive("draws", draws);
        Check.argument(alike >= 0 && alike <= 1, "alike", "lie in [0, 1]", alike);
        distances = List.copyOf(distances);
    }

    /**
     * The gap between draws, at least one of each kind and as many of one as of the other.
     *
     * @param posteriors a draw from the posterior of each of some rows; finite
     * @param prior draws from the prior; finite
     */
    public static LatentGap of(float[][] posteriors, float[][] prior) {
        Check.argument(posteriors.length > 0, "posteriors", "have at least one draw", 0);
        Check.argument(prior.length == posteriors.length, "prior", "have as many draws as posteriors", prior.length);
        requireFinite("posteriors", posteriors);
        requireFinite("prior", prior);
        int latents = posteriors[0].length;
        List<Double> distances = new ArrayList<>();
        for (int latent = 0; latent < latents; latent++) {
            distances.add(distance(sorted(posteriors, latent), sorted(prior, latent)));
        }
        return new LatentGap(posteriors.length, alike(posteriors, prior), distances);
    }

    private static void requireFinite(String name, float[][] draws) {
        for (float[] draw : draws) {
            for (float value : draw) {
                Check.argument(Float.isFinite(value), name, "be finite", value);
            }
        }
    }

    private static double[] sorted(float[][] draws, int latent) {
        return Arrays.stream(draws).mapToDouble(draw -> draw[latent]).sorted().toArray();
    }

    private static double distance(double[] first, double[] second) {
        int n = first.length;
        int below = 0;
        int belowToo = 0;
        double largest = 0;
        while (below < n && belowToo < n) {
            double value = Math.min(first[below], second[belowToo]);
            while (below < n && first[below] <= value) {
                below++;
            }
            while (belowToo < n && second[belowToo] <= value) {
                belowToo++;
            }
            largest = Math.max(largest, Math.abs(below - belowToo) / (double) n);
        }
        return largest;
    }

    private static double alike(float[][] posteriors, float[][] prior) {
        int n = posteriors.length;
        double[][] all = scaled(posteriors, prior);
        int count = 0;
        for (int i = 0; i < 2 * n; i++) {
            int nearest = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int j = 0; j < 2 * n; j++) {
                double square = j == i ? Double.POSITIVE_INFINITY : square(all[i], all[j], least);
                if (square < least) {
                    least = square;
                    nearest = j;
                }
            }
            count += nearest >= 0 && (i < n) == (nearest < n) ? 1 : 0;
        }
        return count / (2.0 * n);
    }

    private static double[][] scaled(float[][] posteriors, float[][] prior) {
        int n = posteriors.length;
        int latents = posteriors[0].length;
        double[][] all = new double[2 * n][latents];
        for (int latent = 0; latent < latents; latent++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < 2 * n; i++) {
                double value = i < n ? posteriors[i][latent] : prior[i - n][latent];
                all[i][latent] = value;
                sum += value;
                squares += value * value;
            }
            double variance = squares / (2 * n) - sum / (2 * n) * sum / (2 * n);
            double inverse = variance > 0 ? 1 / Math.sqrt(variance) : 0;
            for (double[] draw : all) {
                draw[latent] *= inverse;
            }
        }
        return all;
    }

    // Of the distance; anything at least so large once it is no longer below.
    private static double square(double[] one, double[] other, double least) {
        double sum = 0;
        for (int i = 0; i < one.length && sum < least; i++) {
            double difference = one[i] - other[i];
            sum += difference * difference;
        }
        return sum;
    }
}
