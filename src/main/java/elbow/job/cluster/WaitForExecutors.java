package elbow.job.cluster;

import elbow.failure.NoExecutor;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** What is said and done while work waits for an executor: what {@link ExecutorWatch} looks at, by its own clock. */
final class WaitForExecutors {
    /** What there is to look at. */
    interface Cluster {
        boolean hasExecutor();

        /** Whether something is to be computed. */
        boolean hasWork();

        /** Lets all that is to be computed fail. */
        void cancel(String reason);
    }

    private final Cluster cluster;
    private final Optional<Duration> most;
    private final long toldAfter;
    private final Consumer<String> notes;
    private OptionalLong since = OptionalLong.empty();
    private boolean told;
    private boolean givenUp;

    /**
     * Nothing waits yet.
     *
     * @param toldAfter how long a wait is that is told; half of {@code most} if that is less
     * @param most how long a wait may be; empty: as long as it takes
     * @param notes take a line each
     */
    WaitForExecutors(Cluster cluster, Duration toldAfter, Optional<Duration> most, Consumer<String> notes) {
        this.cluster = cluster;
        this.most = most;
        this.toldAfter = most.map(limit -> Math.min(limit.toNanos() / 2, toldAfter.toNanos()))
                .orElse(toldAfter.toNanos());
        this.notes = notes;
    }

    /** Looks, says and does what is to be said and done now. */
    void look(long nanoTime) {
        if (cluster.hasExecutor()) {
            if (told && since.isPresent()) {
                notes.accept("the cluster has given an executor, after " + seconds(nanoTime) + " s: the run goes on");
            }
            end();
            return;
        }
        // Between two jobs there is no work for a moment, and no executor all the same.
        if (!cluster.hasWork()) {
            if (!givenUp) {
                end();
            }
            return;
        }
        if (since.isEmpty()) {
            since = OptionalLong.of(nanoTime);
        }
        long waited = nanoTime - since.getAsLong();
        if (most.isPresent() && waited >= most.get().toNanos()) {
            givenUp = true;
            cluster.cancel(NoExecutor.reason(Duration.ofSeconds(seconds(nanoTime))));
        } else if (!told && waited >= toldAfter) {
            told = true;
            notes.accept(waiting(seconds(nanoTime)));
        }
    }

    private void end() {
        since = OptionalLong.empty();
        told = false;
        givenUp = false;
    }

    private String waiting(long seconds) {
        return "the run has waited " + seconds + " s for the cluster, which has no executor for it: its queue is full,"
                + " its workers are gone, or none has room for what an executor asks for; it waits "
                + most.map(limit -> limit.toSeconds() + " s at the most, as " + NoExecutor.SETTING + " says")
                        .orElse("for as long as it takes (" + NoExecutor.SETTING + " would end it)");
    }

    private long seconds(long nanoTime) {
        return Duration.ofNanos(nanoTime - since.orElse(nanoTime)).toSeconds();
    }
}
