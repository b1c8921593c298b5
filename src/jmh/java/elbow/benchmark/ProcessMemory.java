package elbow.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** What this process takes of the machine's memory, looked at twice a second, in megabytes; on Linux. */
final class ProcessMemory implements AutoCloseable {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long MEGABYTE = 1 << 20;
    private static final long MILLISECONDS = 500;

    /**
     * One look.
     *
     * @param resident all of it that is in memory (RSS)
     * @param direct buffers outside the heap that the JVM counts
     * @param live what the last collection left on the heap
     */
    record Look(long resident, long direct, long live) {}

    private final List<Look> looks = new ArrayList<>();
    private final Thread thread = new Thread(this::look, "process memory");

    ProcessMemory() {
        thread.setDaemon(true);
        thread.start();
    }

    /** The largest that was seen; of the resident memory what the system itself knows. */
    synchronized Look most() {
        return new Look(status("VmHWM:"), largest(Look::direct), largest(Look::live));
    }

    /** What is now. */
    static Look now() {
        return new Look(status("VmRSS:"), direct(), live());
    }

    /** The median of a stretch of the time so far, such as from 0.2 to 0.3 of it. */
    synchronized Look between(double from, double to) {
        List<Look> some =
                looks.subList((int) (from * looks.size()), Math.min(looks.size(), 1 + (int) (to * looks.size())));
        return new Look(median(some, Look::resident), median(some, Look::direct), median(some, Look::live));
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void look() {
        try {
            while (true) {
                synchronized (this) {
                    looks.add(now());
                }
                // From one look at the process to the next.
                Thread.sleep(MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long largest(ToLongFunction<Look> what) {
        return looks.stream().mapToLong(what).max().orElse(0);
    }

    private static long median(List<Look> some, ToLongFunction<Look> what) {
        List<Look> sorted = new ArrayList<>(some);
        sorted.sort(Comparator.comparingLong(what));
        return sorted.isEmpty() ? 0 : what.applyAsLong(sorted.get(sorted.size() / 2));
    }

    private static long status(String line) {
        try {
            for (String text : Files.readAllLines(STATUS)) {
                if (text.startsWith(line)) {
                    return Long.parseLong(text.replaceAll("\\D", "")) * 1024 / MEGABYTE;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException(STATUS + " must have a line " + line);
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum()
                / MEGABYTE;
    }

    private static long live() {
        long bytes = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getCollectionUsage();
            bytes += usage == null ? 0 : usage.getUsed();
        }
        return bytes / MEGABYTE;
    }
}
