package elbow.job.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A second host for tests: a network namespace of Linux, joined to this one by a link that can be cut. It goes with
 * {@link #close()}, or with the JVM.
 */
final class LinkedNamespace implements AutoCloseable {
    private static final int SECONDS = 20;

    private final String name;
    private final String here;
    private final String there;
    private final String subnet;
    private final Thread atExit = new Thread(this::remove);

    private LinkedNamespace(long number) {
        // Names of links have 15 characters at most.
        name = "elbow" + number % 1_000_000;
        here = "el" + number % 1_000_000 + "h";
        there = "el" + number % 1_000_000 + "t";
        // Set aside for tests of networks (RFC 2544), in blocks of four addresses.
        long block = number % 16_384;
        subnet = "198.18." + block / 64 + "." + block % 64 * 4;
    }

    /**
     * Makes one, named after this process.
     *
     * @return nothing if this machine or user may not
     */
    static Optional<LinkedNamespace> open() throws IOException {
        LinkedNamespace made = new LinkedNamespace(ProcessHandle.current().pid());
        Runtime.getRuntime().addShutdownHook(made.atExit);
        try {
            made.ip("netns", "add", made.name);
            made.ip("link", "add", made.here, "type", "veth", "peer", "name", made.there, "netns", made.name);
            made.ip("addr", "add", made.address() + "/30", "dev", made.here);
            made.ip("link", "set", made.here, "up");
            made.within("addr", "add", made.addressWithin() + "/30", "dev", made.there);
            made.within("link", "set", "lo", "up");
            made.mend();
            return Optional.of(made);
        } catch (IOException e) {
            made.close();
            return Optional.empty();
        }
    }

    /** The address of this side of the link. */
    String address() {
        return last(1);
    }

    /** The address of the other host. */
    String addressWithin() {
        return last(2);
    }

    /** The words before a command that run it on the other host. */
    List<String> command() {
        return List.of("ip", "netns", "exec", name);
    }

    /** Nothing passes from now on; neither side is told. */
    void cut() throws IOException {
        within("link", "set", there, "down");
    }

    void mend() throws IOException {
        within("link", "set", there, "up");
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    // Whatever there is of it; deleting an end of the link deletes the other one.
    private void remove() {
        for (List<String> words : List.of(List.of("link", "del", here), List.of("netns", "del", name))) {
            try {
                ip(words.toArray(String[]::new));
            } catch (IOException gone) {
                // Not made, or removed before.
            }
        }
    }

    private String last(int host) {
        int dot = subnet.lastIndexOf('.') + 1;
        return subnet.substring(0, dot) + (Integer.parseInt(subnet.substring(dot)) + host);
    }

    private void within(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of("-n", name));
        all.addAll(List.of(words));
        ip(all.toArray(String[]::new));
    }

    private void ip(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + ": "
                        + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
