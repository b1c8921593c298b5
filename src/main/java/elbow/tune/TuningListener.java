package elbow.tune;

import java.util.List;

/** Hears of a search's progress, one call at a time. */
public interface TuningListener {
    /** Hears nothing. */
    TuningListener SILENT = new TuningListener() {};

    /** The rows have been read, and everything is decided. */
    default void planned(TuningPlan plan) {}

    /** The rows asked for something out of the ordinary: a sentence. */
    default void noted(String remark) {}

    /** A warning for the user: a sentence. */
    default void warned(String message) {}

    /**
     * A rung begins.
     *
     * @param epochs of each of its trials
     * @param trials that are in it
     */
    default void rungStarted(int epochs, List<Trial> trials) {}

    /** A trial of this rung has been trained, and is in the ledger. */
    default void trained(Trial trial, TrialRun run) {}

    /** A trial of this rung had been trained before. */
    default void found(Trial trial, TrialRun run) {}
}
