package elbow.model;

import elbow.base.Check;

/**
 * One line of a training history: the state of the averaged network after a round or an epoch.
 *
 * @param epoch epochs finished, from 0 (before training)
 * @param round averaging rounds finished
 * @param step minibatch steps that each replica has made
 * @param examples rows seen by all replicas together
 * @param seconds wall-clock time since training began, in seconds
 * @param elbo mean ELBO of the validation rows, in nats per row, higher is better
 * @param trimmedElbo the same without the share of the rows that robust training leaves out of minibatches, those of
 *     the lowest ELBO: where anomalies are among the rows, it tells whether training has diverged; otherwise the same
 * @param reconstruction mean reconstruction term of the validation rows, in nats per row
 * @param kl mean KL divergence of the validation rows, in nats per row
 * @param trainingElbo mean ELBO of a fixed sample of the training rows, in nats per row
 * @param activeUnits latent dimensions whose posterior mean varies between validation rows (variance above 0.01; Burda,
 *     Grosse and Salakhutdinov 2016, section 5.2)
 * @param examplesPerSecond rows per second that all replicas together trained on since the entry before
 * @param latents how much each latent dimension is used, over the validation rows
 */
public record HistoryEntry(
        int epoch,
        int round,
        long step,
        long examples,
        double seconds,
        double elbo,
        double trimmedElbo,
        double reconstruction,
        double kl,
        double trainingElbo,
        int activeUnits,
        double examplesPerSecond,
        LatentUse latents) {
    public HistoryEntry {
        Check.argument(epoch >= 0, "epoch", "be at least 0", epoch);
        Check.argument(round >= 0, "round", "be at least 0", round);
        Check.argument(step >= 0, "step", "be at least 0", step);
        Check.argument(examples >= 0, "examples", "be at least 0", examples);
    }

    /** An entry of a run that leaves no rows out. */
    public HistoryEntry(
            int epoch,
            int round,
            long step,
            long examples,
            double seconds,
            double elbo,
            double reconstruction,
            double kl,
            double trainingElbo,
            int activeUnits,
            double examplesPerSecond,
            LatentUse latents) {
        this(
                epoch,
                round,
                step,
                examples,
                seconds,
                elbo,
                elbo,
                reconstruction,
                kl,
                trainingElbo,
                activeUnits,
                examplesPerSecond,
                latents);
    }

    /** An entry that does not say how much each latent dimension is used. */
    public HistoryEntry(
            int epoch,
            int round,
            long step,
            long examples,
            double seconds,
            double elbo,
            double reconstruction,
            double kl,
            double trainingElbo,
            int activeUnits,
            double examplesPerSecond) {
        this(
                epoch,
                round,
                step,
                examples,
                seconds,
                elbo,
                reconstruction,
                kl,
                trainingElbo,
                activeUnits,
                examplesPerSecond,
                LatentUse.UNKNOWN);
    }
}
