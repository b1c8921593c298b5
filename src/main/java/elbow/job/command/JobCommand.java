package elbow.job.command;

import elbow.job.run.Session;

/** A command of the command line, its options parsed. */
public interface JobCommand {
    /**
     * Does what the options say.
     *
     * @return the exit code, 0 when done
     */
    int run(Session session);

    /** What a run leaves that was stopped, in words that follow "stopped". */
    default String leftWhenStopped() {
        return ": nothing was written";
    }
}
