package elbow.data.encoding;

/** Which numbers a feature can have. */
public enum NumberDomain {
    REAL("a finite number") {
        @Override
        boolean holds(double value) {
            return Double.isFinite(value);
        }
    },
    POSITIVE("a finite number above 0") {
        @Override
        boolean holds(double value) {
            return value > 0 && Double.isFinite(value);
        }

        @Override
        boolean holdsEncoded(float value) {
            return value > 0;
        }
    },
    COUNT("a whole number from 0") {
        @Override
        boolean holds(double value) {
            return value >= 0 && value <= LARGEST_COUNT && value == Math.rint(value);
        }
    },
    BINARY("0 or 1, as in training,") {
        @Override
        boolean holds(double value) {
            return value == 0 || value == 1;
        }
    };

    /** From here on a float no longer holds every whole number. */
    public static final double LARGEST_COUNT = 1 << 24;

    private final String rule;

    NumberDomain(String rule) {
        this.rule = rule;
    }

    /** In words: "a finite number". */
    String rule() {
        return rule;
    }

    abstract boolean holds(double value);

    /** Whether the likelihood takes the encoded value of a number that the feature can have. */
    boolean holdsEncoded(float value) {
        return true;
    }
}
