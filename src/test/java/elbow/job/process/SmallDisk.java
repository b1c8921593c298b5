package elbow.job.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A disk of its own for tests, of few megabytes, in memory; it goes with {@link #close()}, or with the JVM. */
final class SmallDisk implements AutoCloseable {
    private static final int SECONDS = 20;
    private static final int BLOCK = 4096;
    private static final String FILLER = "filler";

    private final Path directory;
    private final Thread atExit = new Thread(this::remove);

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /**
     * Mounts one.
     *
     * @return nothing if this machine or user may not
     */
    static Optional<SmallDisk> open(Path directory, int megabytes) throws IOException {
        SmallDisk disk = new SmallDisk(Files.createDirectories(directory));
        if (!done("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "elbow", directory.toString())) {
            return Optional.empty();
        }
        Runtime.getRuntime().addShutdownHook(disk.atExit);
        return Optional.of(disk);
    }

    /** Leaves no more than so many bytes, to a block. */
    void fill(int left) throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace() - left;
        Files.write(directory.resolve(FILLER), new byte[(int) (free / BLOCK * BLOCK)]);
    }

    /** Takes what fills it away. */
    void empty() throws IOException {
        Files.delete(directory.resolve(FILLER));
    }

    /** Lets nobody write from now on. */
    void lock() throws IOException {
        if (!done("mount", "-o", "remount,ro", directory.toString())) {
            throw new IOException("a disk in memory must let itself be made read-only");
        }
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void remove() {
        try {
            // Though a task may not have closed its file yet.
            done("umount", "--lazy", directory.toString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean done(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
