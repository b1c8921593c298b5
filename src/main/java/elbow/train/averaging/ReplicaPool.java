package elbow.train.averaging;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Memory that a process keeps from one round to the next, because allocating it costs more than a small round. It holds
 * one entry per concurrent task; idle ones are freed after a minute.
 */
final class ReplicaPool {
    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final ReplicaPool OF_PROCESS = new ReplicaPool();

    private final Deque<ReplicaMemory> idle = new ArrayDeque<>();
    private long lastUsed = System.nanoTime();

    @SuppressWarnings("unused") // Keeps the timer reachable for the life of the process.
    private final Future<?> freeing;

    private ReplicaPool() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "elbow-replica-pool");
            thread.setDaemon(true);
            return thread;
        });
        freeing = timer.scheduleWithFixedDelay(this::freeIdle, IDLE_NANOS, IDLE_NANOS, TimeUnit.NANOSECONDS);
    }

    static ReplicaPool ofProcess() {
        return OF_PROCESS;
    }

    /** Memory of the right shape, whatever its content; to be given back by {@link #giveBack}. */
    synchronized ReplicaMemory take(ReplicaPlan plan) {
        while (!idle.isEmpty()) {
            ReplicaMemory memory = idle.pop();
            if (memory.fits(plan)) {
                return memory;
            }
            // Left over from a run that has ended.
            memory.close();
        }
        return new ReplicaMemory(plan);
    }

    synchronized void giveBack(ReplicaMemory memory) {
        idle.push(memory);
        lastUsed = System.nanoTime();
    }

    private synchronized void freeIdle() {
        if (System.nanoTime() - lastUsed >= IDLE_NANOS) {
            idle.forEach(ReplicaMemory::close);
            idle.clear();
        }
    }
}
