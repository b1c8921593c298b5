package elbow.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.DocumentException;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.JsonReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to one place, of one process at a time and for a limited time. Every holder has a number, the
 * fencing token, above that of every holder before it (Kleppmann, "How to do distributed locking", 2016): what it
 * writes carries the number, and a holder that finds a higher one has lost the lock, however long it slept.
 *
 * <p>In files that are only ever created: {@code N.json} says who took the lock as number N, {@code N.until-T} that it
 * holds until T (milliseconds since 1970), {@code N.released} that it is done. The highest N is never deleted, so that
 * numbers do not come again. A holder on this machine whose process has ended holds nothing.
 */
public final class RunLock implements AutoCloseable {
    /** What clocks of two machines may differ by. */
    public static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(1);

    private static final Logger LOGGER = LoggerFactory.getLogger(RunLock.class);
    private static final Pattern NAME = Pattern.compile("(\\d{1,18})\\.(?:json|(released)|until-(\\d{1,18}))");

    /**
     * What a lock is for, in the words of messages.
     *
     * @param run what holds it: "batch"
     * @param target what the holder alone may write to: "an output"
     */
    public record Purpose(String run, String target) {
        /** Batches that write to one output. */
        public static final Purpose BATCH = new Purpose("batch", "an output");

        /** Trainings of one model. */
        public static final Purpose TRAINING = new Purpose("training", "the place of a model");
    }

    private final Purpose purpose;
    private final MarkerFiles files;
    private final Clock clock;
    private final Duration expiry;
    private final long token;
    private final ScheduledExecutorService heart;
    private volatile @Nullable ElbowException lost;

    private RunLock(Purpose purpose, MarkerFiles files, Clock clock, Duration expiry, long token) {
        this.purpose = purpose;
        this.files = files;
        this.clock = clock;
        this.expiry = expiry;
        this.token = token;
        heart = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, purpose.run + " lock");
            thread.setDaemon(true);
            return thread;
        });
        long third = expiry.toMillis() / 3;
        // A beat never throws.
        var unused = heart.scheduleAtFixedRate(this::beat, third, third, TimeUnit.MILLISECONDS);
    }

    /**
     * Takes the lock.
     *
     * @param purpose what it is for
     * @param files the lock's own directory
     * @param expiry how long it is held without a sign of life
     * @throws ElbowException of category LOCKED if another holds it
     */
    public static RunLock acquire(Purpose purpose, MarkerFiles files, Owner owner, Duration expiry, Clock clock) {
        State found = State.of(files);
        if (found.token > 0 && !found.released) {
            Holder holder = Holder.of(purpose, files, found.token);
            Instant until = found.until.isAfter(holder.until) ? found.until : holder.until;
            boolean expired = clock.instant().isAfter(until.plus(CLOCK_DIFFERENCE));
            if (!expired && !holder.owner.hasEnded(owner)) {
                throw locked(
                        purpose,
                        files,
                        "is held by " + holder.owner + " until " + until
                                + " at least: wait for its end; if it is gone, for that time");
            }
        }
        long token = found.token + 1;
        Holder holder = new Holder(owner, clock.instant().plus(expiry));
        if (!files.create(token + ".json", holder.write()) || State.of(files).token != token) {
            throw locked(
                    purpose, files, "was taken by another " + purpose.run + " at the same moment: it will do the work");
        }
        for (String name : files.names()) {
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches() && Long.parseLong(matcher.group(1)) < token) {
                files.delete(name);
            }
        }
        return new RunLock(purpose, files, clock, expiry, token);
    }

    /** The number of this holder, from 1. */
    public long token() {
        return token;
    }

    /**
     * Requires that this is still the holder, and holds on to the lock for its full time again.
     *
     * @throws ElbowException of category LOCKED if the time has run out or another has taken it
     */
    public synchronized void requireHeld() {
        State found = State.of(files);
        if (found.token != token) {
            throw locked(
                    purpose,
                    files,
                    "was lost to another " + purpose.run + ", with number " + found.token + " after " + token
                            + ": this one was silent for too long, and leaves the rest to that one");
        }
        Holder self = Holder.of(purpose, files, token);
        Instant until = found.until.isAfter(self.until) ? found.until : self.until;
        if (clock.instant().isAfter(until)) {
            throw locked(
                    purpose,
                    files,
                    "ran out at " + until + " while this " + purpose.run + " was silent: start it again");
        }
        renew();
    }

    /**
     * Requires that the last sign of life has not found this lock with another, without a look of its own: for those
     * who ask often.
     *
     * @throws ElbowException of category LOCKED if it has
     */
    public void requireNotLost() {
        ElbowException found = lost;
        if (found != null) {
            throw found;
        }
    }

    private synchronized void renew() {
        String name = token + ".until-" + clock.instant().plus(expiry).toEpochMilli();
        files.create(name, "");
        for (String other : files.names()) {
            if (other.startsWith(token + ".until-") && !other.equals(name)) {
                files.delete(other);
            }
        }
    }

    private void beat() {
        try {
            requireHeld();
        } catch (RuntimeException e) {
            // The run learns of it before its next commit, which requires the lock.
            if (e instanceof ElbowException ours && ours.category() == ErrorCategory.LOCKED) {
                lost = ours;
            }
            LOGGER.warn("the {} lock could not be renewed", purpose.run, e);
        }
    }

    /** Gives the lock back, if this still has it. */
    @Override
    public void close() {
        abandon();
        if (State.of(files).token != token) {
            return;
        }
        files.create(token + ".released", "");
        for (String name : files.names()) {
            if (name.startsWith(token + ".until-")) {
                files.delete(name);
            }
        }
    }

    /** Stops all signs of life without giving the lock back, as the end of the process does. */
    public void abandon() {
        heart.shutdownNow();
        try {
            heart.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ElbowException locked(Purpose purpose, MarkerFiles files, String found) {
        return new ElbowException(
                ErrorCategory.LOCKED,
                "one " + purpose.run + " at a time may write to " + purpose.target + ", but the lock "
                        + files.directory() + " " + found);
    }

    /** What the names of the lock's files say of the newest holder. */
    private record State(long token, boolean released, Instant until) {
        static State of(MarkerFiles files) {
            State newest = new State(0, false, Instant.EPOCH);
            for (String name : files.names()) {
                Matcher matcher = NAME.matcher(name);
                if (matcher.matches()) {
                    long token = Long.parseLong(matcher.group(1));
                    boolean released = matcher.group(2) != null;
                    Instant until = Instant.ofEpochMilli(Optional.ofNullable(matcher.group(3))
                            .map(Long::parseLong)
                            .orElse(0L));
                    newest = newest.with(new State(token, released, until));
                }
            }
            return newest;
        }

        private State with(State other) {
            if (other.token != token) {
                return other.token > token ? other : this;
            }
            return new State(token, released || other.released, until.isAfter(other.until) ? until : other.until);
        }
    }

    /** Who took the lock, and until when at first. */
    private record Holder(Owner owner, Instant until) {
        static Holder of(Purpose purpose, MarkerFiles files, long token) {
            String name = token + ".json";
            try {
                String text = files.read(name).orElseThrow(() -> new DocumentException(name + " is gone"));
                return JsonReader.read(
                        name,
                        text,
                        json -> new Holder(
                                new Owner(
                                        json.text("machine"),
                                        json.longInteger("process"),
                                        json.longInteger("startedAt")),
                                Instant.ofEpochMilli(json.longInteger("until"))));
            } catch (DocumentException e) {
                throw new ElbowException(
                        ErrorCategory.LOCKED,
                        "the lock file " + files.place(name) + " must say who holds the lock, but does not: delete it"
                                + " if no " + purpose.run + " is running",
                        e);
            }
        }

        String write() {
            ObjectNode json = JsonReader.newObject();
            json.put("machine", owner.machine());
            json.put("process", owner.process());
            json.put("startedAt", owner.startedAt());
            json.put("until", until.toEpochMilli());
            return json.toString() + "\n";
        }
    }
}
