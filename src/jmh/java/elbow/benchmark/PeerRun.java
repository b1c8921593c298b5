package elbow.benchmark;

import java.util.Locale;

/**
 * How a contender came to a test ELBO.
 *
 * @param examplesPerSecond rows of all replicas together, while it trained
 * @param passes passes over the training rows
 * @param seconds of training
 * @param elbo mean over the test images after the last pass, in nats
 * @param reached whether that is the target
 */
record PeerRun(double examplesPerSecond, int passes, double seconds, double elbo, boolean reached) {
    /** Hears of every pass, its number from 1 on. */
    interface Progress {
        void passed(int pass, double seconds, double elbo);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,10.0f examples/s, %d passes, %.1f s, test ELBO %.3f",
                examplesPerSecond,
                passes,
                seconds,
                elbo);
    }
}
