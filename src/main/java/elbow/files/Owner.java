package elbow.files;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that runs something that only one may.
 *
 * @param machine host name, and where Linux says so which boot of it and which process namespace: process numbers mean
 *     something within one of these only
 * @param process number of the process
 * @param startedAt when the process started, in milliseconds since 1970; 0 where that is not known
 */
public record Owner(String machine, long process, long startedAt) {
    /** This process. */
    public static Owner ofProcess() {
        ProcessHandle self = ProcessHandle.current();
        return new Owner(machineName(), self.pid(), startOf(self));
    }

    /**
     * Whether this process has ended for sure: only a process of the same machine can know that of another. The number
     * of one that has ended may be another's by now, hence the start.
     */
    public boolean hasEnded(Owner observer) {
        if (!machine.equals(observer.machine)) {
            return false;
        }
        Optional<ProcessHandle> found = ProcessHandle.of(process);
        return found.isEmpty() || !found.get().isAlive() || startOf(found.get()) != startedAt;
    }

    private static long startOf(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(java.time.Instant::toEpochMilli)
                .orElse(0L);
    }

    private static String machineName() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown";
        }
        try {
            String boot =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            String namespace =
                    Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return host + " " + boot + " " + namespace;
        } catch (IOException | RuntimeException e) {
            // Not Linux, or a container that hides it.
            return host;
        }
    }

    /** For messages. */
    @Override
    public String toString() {
        return "process " + process + " on " + machine.split(" ", 2)[0];
    }
}
