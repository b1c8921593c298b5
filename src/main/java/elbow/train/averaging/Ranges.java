package elbow.train.averaging;

import java.util.stream.IntStream;

/** Element-wise work on long vectors, shared out between the driver's cores. */
final class Ranges {
    private static final int LENGTH = 8192;

    private Ranges() {}

    /** The elements {@code from .. to}. */
    interface Work {
        void on(int from, int to);
    }

    /**
     * Does the work on all ranges that make up {@code 0 .. length}. Of work in which every element has its own result,
     * how it is shared out cannot change anything.
     */
    static void forEach(int length, Work work) {
        IntStream.range(0, (length + LENGTH - 1) / LENGTH).parallel().forEach(range -> {
            int from = range * LENGTH;
            work.on(from, Math.min(length, from + LENGTH));
        });
    }
}
