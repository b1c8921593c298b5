package elbow.train.checkpoint;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Saves a checkpoint every given number of rounds, or once a minute, and when training is to stop. */
public final class PeriodicCheckpoints implements Checkpoints {
    private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

    private final CheckpointDirectory directory;
    private final RunIdentity run;
    private final OptionalInt every;
    private final @Nullable Checkpoint start;
    private final BooleanSupplier stops;
    private final LongSupplier nanoTime;
    private long last;

    /**
     * @param run what later runs are compared with
     * @param every rounds between two checkpoints; empty: the first round to end a minute after the last one
     * @param start where the run begins; empty: at its start
     * @param stops whether training is to stop; asked after every round
     */
    public PeriodicCheckpoints(
            CheckpointDirectory directory,
            RunIdentity run,
            OptionalInt every,
            Optional<Checkpoint> start,
            BooleanSupplier stops) {
        this(directory, run, every, start, stops, System::nanoTime);
    }

    PeriodicCheckpoints(
            CheckpointDirectory directory,
            RunIdentity run,
            OptionalInt every,
            Optional<Checkpoint> start,
            BooleanSupplier stops,
            LongSupplier nanoTime) {
        this.directory = directory;
        this.run = run;
        this.every = every;
        this.start = start.orElse(null);
        this.stops = stops;
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    @Override
    public Optional<Checkpoint> start() {
        return Optional.ofNullable(start);
    }

    @Override
    public void diverged(Checkpoint checkpoint) {
        directory.save(checkpoint, run);
    }

    @Override
    public void roundFinished(int round, Supplier<Checkpoint> checkpoint) {
        boolean due = every.isPresent() ? round % every.getAsInt() == 0 : nanoTime.getAsLong() - last >= PAUSE;
        boolean stop = stops.getAsBoolean();
        if (due || stop) {
            directory.save(checkpoint.get(), run);
            last = nanoTime.getAsLong();
        }
        if (stop) {
            throw new TrainingStoppedException(round);
        }
    }
}
