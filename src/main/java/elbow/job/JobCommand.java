package elbow.job;

/** A command of the command line, its options parsed. */
interface JobCommand {
    /**
     * Does what the options say.
     *
     * @return the exit code, 0 when done
     */
    int run(Session session);
}
