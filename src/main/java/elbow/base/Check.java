package elbow.base;

/**
 * Preconditions whose messages name the argument, the rule and the value found. An argument that breaks its rule is a
 * defect of the program that gives it, unless it is checked as {@link #usage} or {@link #document}.
 */
public final class Check {
    private Check() {}

    /** Throws unless {@code holds}: "NAME must RULE, but is VALUE". */
    public static void argument(boolean holds, String name, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must " + rule + ", but is " + value);
        }
    }

    /**
     * Throws unless {@code holds}: "NAME must RULE, but is VALUE". For what comes from a user as it stands, such as a
     * setting.
     *
     * @param name a {@link Parameter}, or the key of a setting
     * @throws ElbowException of category USAGE
     */
    public static void usage(boolean holds, Object name, String rule, Object value) {
        if (!holds) {
            throw new ElbowException(ErrorCategory.USAGE, Message.of(name, " must " + rule + ", but is " + value));
        }
    }

    /**
     * Throws unless {@code holds}: "NAME must RULE, but is VALUE". For what a file says.
     *
     * @throws DocumentException which names it
     */
    public static void document(boolean holds, String name, String rule, Object value) {
        if (!holds) {
            throw new DocumentException(name + " must " + rule + ", but is " + value);
        }
    }

    /** Returns {@code value} if it is at least 1. */
    public static int positive(String name, int value) {
        argument(value >= 1, name, "be at least 1", value);
        return value;
    }

    /** Returns {@code value} if it is finite and above 0. */
    public static double positive(String name, double value) {
        argument(value > 0 && Double.isFinite(value), name, "be finite and above 0", value);
        return value;
    }

    /** Returns {@code value} if it is finite and at least 0. */
    public static double notNegative(String name, double value) {
        argument(value >= 0 && Double.isFinite(value), name, "be finite and at least 0", value);
        return value;
    }

    /** Returns {@code value} if it lies in [0, 1). */
    public static double fraction(String name, double value) {
        argument(value >= 0 && value < 1, name, "lie in [0, 1)", value);
        return value;
    }
}
