package elbow.tune;

import elbow.base.Check;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One training of a trial.
 *
 * @param trial its number
 * @param epochs of the training
 * @param failure why there is no score; null if there is one
 * @param score what trials are compared by, higher is better; NaN if it failed
 * @param standardError of the score as an estimate from the held-out rows; NaN if not known
 * @param measuredElbo the held-out rows' mean ELBO in nats, with one sample of each, at the kept epoch
 * @param keptEpoch the epoch after which the network was best
 * @param parameters of the network
 * @param seconds of the training
 */
public record TrialRun(
        int trial,
        int epochs,
        @Nullable String failure,
        double score,
        double standardError,
        double measuredElbo,
        int keptEpoch,
        int parameters,
        double seconds) {
    /** The better one first: by score, then by number. */
    static final Comparator<TrialRun> BY_SCORE = Comparator.comparing(TrialRun::hasFailed)
            .thenComparing(Comparator.comparingDouble(TrialRun::score).reversed())
            .thenComparing(TrialRun::trial);

    public TrialRun {
        Check.positive("trial", trial);
        Check.positive("epochs", epochs);
        Check.argument((failure == null) == Double.isFinite(score), "score", "be finite unless it failed", score);
    }

    static TrialRun failed(int trial, int epochs, String failure) {
        return new TrialRun(trial, epochs, failure, Double.NaN, Double.NaN, Double.NaN, 0, 0, Double.NaN);
    }

    /** Whether there is no score. */
    public boolean hasFailed() {
        return failure != null;
    }
}
