package elbow.benchmark;

/** One training step of something that is compared, or of a part of it. */
interface Step extends AutoCloseable {
    void run();

    @Override
    void close();
}
