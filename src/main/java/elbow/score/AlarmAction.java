package elbow.score;

/** What an {@link Alarm} does. */
public enum AlarmAction {
    /** It is told. */
    WARN,
    /** It is told, and the run ends as failed, with all that it has scored. */
    FAIL
}
