package elbow.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.fault.Fault;
import elbow.files.MarkerFiles;
import elbow.files.Owner;
import elbow.files.Place;
import elbow.files.RunLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchLockTest {
    private static final Duration EXPIRY = Duration.ofMinutes(30);
    private static final Owner HERE = Owner.ofProcess();
    private static final Owner ELSEWHERE = new Owner("another machine", 17, 5);

    private final SettableClock clock = new SettableClock("2026-11-24T02:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void tokensGrowFromHolderToHolder() {
        for (long token = 1; token <= 3; token++) {
            try (RunLock lock = acquire(HERE)) {
                assertThat(lock.token()).isEqualTo(token);
                lock.requireHeld();
            }
        }
        assertThat(names()).containsExactlyInAnyOrder("3.json", "3.released");
    }

    @Test
    void secondHolderIsRefusedByTheNameOfTheFirst() {
        try (RunLock lock = acquire(HERE)) {
            assertThatThrownBy(() -> acquire(ELSEWHERE))
                    .isInstanceOfSatisfying(
                            ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.LOCKED))
                    .hasMessageContaining("is held by process " + HERE.process())
                    .hasMessageContaining("until 2026-11-24T02:30:00Z");
            lock.requireHeld();
        }
    }

    @Test
    @Fault(
            section = Fault.Section.BATCHES,
            fault = "the clocks of two machines differ by a minute",
            where = "clocks that the test sets",
            promised = "a lock runs out a minute later for others than for its holder (6)")
    void aSilentHolderLosesTheLockAndFindsOut() {
        RunLock silent = acquire(ELSEWHERE);
        silent.abandon();
        clock.advance(EXPIRY.plus(RunLock.CLOCK_DIFFERENCE));
        assertThatThrownBy(() -> acquire(HERE)).hasMessageContaining("is held by process 17 on another");

        clock.advance(Duration.ofSeconds(1));
        try (RunLock next = acquire(HERE)) {
            assertThat(next.token()).isEqualTo(2);
            assertThatThrownBy(silent::requireHeld)
                    .isInstanceOfSatisfying(
                            ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.LOCKED))
                    .hasMessageContaining("was lost to another batch, with number 2 after 1");
            next.requireHeld();
        }
    }

    @Test
    @Fault(
            section = Fault.Section.BATCHES,
            fault = "the clock runs past the lock, and nobody else has taken it",
            where = "clocks that the test sets",
            promised = "the holder publishes nothing more (6)")
    void expiredHolderStopsThoughTheLockIsFree() {
        RunLock lock = acquire(HERE);
        lock.abandon();
        clock.advance(EXPIRY.plusSeconds(1));

        assertThatThrownBy(lock::requireHeld).hasMessageContaining("ran out at 2026-11-24T02:30:00Z");
    }

    @Test
    void aSignOfLifeHoldsTheLockForItsFullTimeAgain() {
        try (RunLock lock = acquire(HERE)) {
            for (int i = 0; i < 5; i++) {
                clock.advance(Duration.ofMinutes(20));
                lock.requireHeld();
            }
            assertThatThrownBy(() -> acquire(ELSEWHERE)).hasMessageContaining("until 2026-11-24T04:10:00Z");
            assertThat(names()).hasSize(2);
        }
    }

    @Test
    @Fault(
            section = Fault.Section.BATCHES,
            fault = "the owner of a lock was killed on this machine",
            promised = "its lock is free at once")
    void theLockOfAnEndedProcessOfThisMachineIsFreeAtOnce() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        long start =
                ended.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
        ended.waitFor();
        acquire(new Owner(HERE.machine(), ended.pid(), start)).abandon();

        try (RunLock lock = acquire(HERE)) {
            assertThat(lock.token()).isEqualTo(2);
        }
    }

    @Test
    void theNumberOfAnEndedProcessMayBeAnothersByNow() {
        acquire(new Owner(HERE.machine(), HERE.process(), HERE.startedAt() - 1000))
                .abandon();

        try (RunLock lock = acquire(HERE)) {
            assertThat(lock.token()).isEqualTo(2);
        }
    }

    @Test
    void anOwnerOfAnotherMachineIsNeverTakenForEnded() {
        assertThat(ELSEWHERE.hasEnded(HERE)).isFalse();
        assertThat(HERE.hasEnded(HERE)).isFalse();
    }

    @Test
    @Fault(
            section = Fault.Section.BATCHES,
            fault = "eight batches ask for a lock at once",
            promised = "one of them gets it, the others are refused (6)")
    void ofManyAtOnceOneGetsTheLock() throws Exception {
        int contenders = 8;
        ExecutorService threads = Executors.newFixedThreadPool(contenders);
        try {
            for (int round = 1; round <= 20; round++) {
                List<Callable<RunLock>> tasks = IntStream.range(0, contenders)
                        .<Callable<RunLock>>mapToObj(i -> () -> acquire(HERE))
                        .toList();
                List<RunLock> winners = new ArrayList<>();
                for (Future<RunLock> task : threads.invokeAll(tasks)) {
                    try {
                        winners.add(task.get());
                    } catch (java.util.concurrent.ExecutionException e) {
                        assertThat(e.getCause()).isInstanceOf(ElbowException.class);
                    }
                }
                assertThat(winners).hasSize(1);
                assertThat(winners.get(0).token()).isEqualTo(round);
                winners.get(0).close();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aDamagedLockFileIsNamed() throws IOException {
        Files.createDirectories(directory.resolve("lock"));
        Files.writeString(directory.resolve("lock/4.json"), "{");

        assertThatThrownBy(() -> acquire(HERE))
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining("lock/4.json must say who holds the lock");
    }

    private RunLock acquire(Owner owner) {
        return RunLock.acquire(RunLock.Purpose.BATCH, files(), owner, EXPIRY, clock);
    }

    private MarkerFiles files() {
        String lock = directory.resolve("lock").toString();
        return new MarkerFiles(Place.of("output", lock, ErrorCategory.USAGE, new Configuration()));
    }

    private List<String> names() {
        return files().names();
    }
}
