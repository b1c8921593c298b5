package elbow.score.alarm;

/** What an {@link Alarm} does. */
public enum AlarmAction {
    /** A warning. */
    WARN,
    /** A warning, and the run ends as failed, with all that it has scored. */
    FAIL
}
