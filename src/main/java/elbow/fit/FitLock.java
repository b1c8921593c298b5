package elbow.fit;

import elbow.base.Message;
import elbow.files.MarkerFiles;
import elbow.files.OutputDirectory;
import elbow.files.Owner;
import elbow.files.Place;
import elbow.files.RunLock;
import elbow.train.checkpoint.CheckpointDirectory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** The right to write a model and its checkpoints, of one fit at a time; a fit that writes neither needs none. */
final class FitLock implements AutoCloseable {
    // A heartbeat older than this no longer counts. Of a process of this machine it is known whether it has ended.
    private static final Duration EXPIRY = Duration.ofMinutes(2);

    private final List<RunLock> locks = new ArrayList<>();
    private final FitListener listener;

    private FitLock(FitListener listener) {
        this.listener = listener;
    }

    /**
     * Takes the lock.
     *
     * @param listener hears if it cannot be given back
     * @throws elbow.base.ElbowException of category LOCKED if another fit has it, in this process or another
     */
    static FitLock acquire(
            Optional<OutputDirectory> output, Optional<CheckpointDirectory> checkpoints, FitListener listener) {
        Map<Path, Place> places = new LinkedHashMap<>();
        output.map(model -> model.beside("lock")).ifPresent(place -> places.put(place.path(), place));
        checkpoints.map(CheckpointDirectory::lock).ifPresent(place -> places.put(place.path(), place));
        FitLock lock = new FitLock(listener);
        try {
            for (Place place : places.values()) {
                lock.locks.add(RunLock.acquire(
                        RunLock.Purpose.TRAINING,
                        new MarkerFiles(place),
                        Owner.ofProcess(),
                        EXPIRY,
                        Clock.systemUTC()));
            }
            return lock;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Requires that the last sign of life has not found the lock with another.
     *
     * @throws elbow.base.ElbowException of category LOCKED if it has
     */
    void requireNotLost() {
        locks.forEach(RunLock::requireNotLost);
    }

    // The fit's result is kept even if releasing the lock fails.
    @Override
    public void close() {
        for (RunLock lock : locks) {
            try {
                lock.close();
            } catch (RuntimeException e) {
                listener.warned("the lock of the training could not be given back: " + Message.firstLine(e));
            }
        }
    }
}
