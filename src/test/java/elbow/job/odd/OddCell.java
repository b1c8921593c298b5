package elbow.job.odd;

/**
 * What Elbow does with an oddity in a format, or in a command, and the trial that shows it.
 *
 * @param oddity what is odd about the input
 * @param column of the table: a format, or a command
 * @param says what Elbow does, as the page says it
 * @param trial fails unless Elbow does so
 */
record OddCell(String oddity, String column, String says, Trial trial) {
    /** Something that is tried out. */
    interface Trial {
        void run(OddWorld world) throws Exception;
    }

    @Override
    public String toString() {
        return oddity + ", " + column + ": " + says;
    }
}
