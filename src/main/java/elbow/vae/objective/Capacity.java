package elbow.vae.objective;

import elbow.base.Check;

/**
 * What the KL divergence is held at, in nats: its distance from the capacity is what costs, in both directions. The
 * capacity rises linearly from 0 at step 0 to {@code maximum} at step {@code steps}, and stays. See: Burgess, Higgins,
 * Pal, Matthey, Watters, Desjardins, Lerchner. Understanding disentangling in beta-VAE. 2018, equation 8.
 *
 * @param maximum nats, finite and above 0
 * @param steps at least 1
 */
public record Capacity(double maximum, long steps) {
    public Capacity {
        Check.positive("capacity", maximum);
        Check.argument(steps >= 1, "steps of the capacity", "be at least 1", steps);
    }

    /** The capacity at {@code step}, counted from 0, in nats. */
    public double at(long step) {
        return maximum * Math.min(1, (double) step / steps);
    }
}
