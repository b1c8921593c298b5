package elbow.train.averaging;

import java.util.stream.IntStream;

/** Element-wise work on long vectors, divided among the driver's cores. */
final class Ranges {
    private static final int LENGTH = 8192;

    private Ranges() {}

    /** The elements {@code from .. to}. */
    interface Work {
        void on(int from, int to);
    }

    /**
     * Runs the work on all ranges that make up {@code 0 .. length}. As every element is computed on its own, the
     * division cannot change the result.
     */
    static void forEach(int length, Work work) {
        IntStream.range(0, (length + LENGTH - 1) / LENGTH).parallel().forEach(range -> {
            int from = range * LENGTH;
            work.on(from, Math.min(length, from + LENGTH));
        });
    }
}
