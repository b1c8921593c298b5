package elbow.data.feature;

/**
 * Which values of a column training has shown.
 *
 * @param beyond what the others are called
 * @param lowest the smallest encoded value, or code of a category, that is not beyond training
 * @param highest the largest one
 */
public record TrainingRange(Beyond beyond, float lowest, float highest) {
    /** Values that training has not shown. */
    public enum Beyond {
        /** Categories that did not occur. */
        UNSEEN,
        /** Numbers below the smallest or above the largest one. */
        OUTSIDE,
        /** All values that there can be occurred, or it is not known. */
        NOTHING
    }

    /** That of a column of which no value is beyond training. */
    public static final TrainingRange WHOLE =
            new TrainingRange(Beyond.NOTHING, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    // Rounded as a row's values are, so that the extreme ones of training are within.
    static TrainingRange numbers(double lowest, double highest) {
        return new TrainingRange(Beyond.OUTSIDE, (float) lowest, (float) highest);
    }
}
