package elbow.train.progress;

/**
 * The progress of a run after an averaging round.
 *
 * @param round rounds finished, from 1
 * @param epoch the epoch that is going on or has just ended, from 1
 * @param epochs of the whole run, at the most
 * @param fraction of the whole run that is done, in [0, 1]
 * @param examplesPerSecond rows that all replicas together trained on per second of this round
 * @param overhead share of the round's time that was not spent in minibatch steps, in [0, 1]; NaN if not known
 * @param trainingElbo mean ELBO of each replica's last minibatch, in nats per encoded row; NaN if not known
 * @param leftOut replicas of this round that were no longer finite
 * @param bytes of the states that the replicas of this round began with and gave back; NaN if not known
 */
public record RoundReport(
        int round,
        int epoch,
        int epochs,
        double fraction,
        double examplesPerSecond,
        double overhead,
        double trainingElbo,
        long leftOut,
        double bytes) {}
