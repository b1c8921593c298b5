package elbow.tune;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** What the values of one key are drawn from, as texts of a configuration. */
sealed interface Domain {
    /** A value by lot. */
    String draw(Random random);

    /** The values that tell whether a key may have them: all of a list, the ends of a range. */
    List<String> ends();

    /** As the configuration writes it. */
    @Override
    String toString();

    /** Values by name, each as likely. */
    record Values(List<String> values) implements Domain {
        public Values {
            values = List.copyOf(values);
        }

        @Override
        public String draw(Random random) {
            return values.get(random.nextInt(values.size()));
        }

        @Override
        public List<String> ends() {
            return values;
        }

        @Override
        public String toString() {
            return values.toString();
        }
    }

    /**
     * Numbers of a range, to three digits.
     *
     * @param low the least, below {@code high}
     * @param high the largest
     * @param scale how they are spread
     */
    record Range(double low, double high, Scale scale) implements Domain {
        private static final MathContext DIGITS = new MathContext(3);

        @Override
        public String draw(Random random) {
            double share = random.nextDouble();
            if (scale == Scale.WHOLE) {
                return text(Math.min(high, Math.floor(low + share * (high - low + 1))));
            }
            double value = scale == Scale.UNIFORM
                    ? low + share * (high - low)
                    : Math.exp(Math.log(low) + share * (Math.log(high) - Math.log(low)));
            double rounded = new BigDecimal(value).round(DIGITS).doubleValue();
            return text(Math.max(low, Math.min(high, rounded)));
        }

        @Override
        public List<String> ends() {
            return List.of(text(low), text(high));
        }

        private static String text(double value) {
            return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
        }

        @Override
        public String toString() {
            return "{ " + scale.word + " = [" + text(low) + ", " + text(high) + "] }";
        }
    }

    /** How the numbers of a range are spread. */
    enum Scale {
        UNIFORM("uniform"),
        LOG_UNIFORM("log-uniform"),
        WHOLE("whole");

        private final String word;

        Scale(String word) {
            this.word = word;
        }
    }

    /**
     * What a configuration says of a key.
     *
     * @throws ElbowException of category USAGE if it is neither a list of values nor a range
     */
    static Domain of(String key, Object said) {
        if (said instanceof List<?> values && !values.isEmpty()) {
            return new Values(values.stream().map(Domain::text).distinct().toList());
        }
        if (said instanceof Map<?, ?> map && map.size() == 1) {
            Map.Entry<?, ?> only = map.entrySet().iterator().next();
            for (Scale scale : Scale.values()) {
                if (scale.word.equals(only.getKey())) {
                    return range(key, scale, only.getValue());
                }
            }
        }
        throw invalid(
                key,
                "be a list of values, such as [2, 4, 8], or one of "
                        + String.join(
                                ", ",
                                Stream.of(Scale.values())
                                        .map(scale -> "{ " + scale.word + " = [LOW, HIGH] }")
                                        .toList()),
                said);
    }

    private static Domain range(String key, Scale scale, Object said) {
        String rule = "have two numbers, the lower one first"
                + switch (scale) {
                    case UNIFORM -> "";
                    case LOG_UNIFORM -> " and above 0";
                    case WHOLE -> ", both whole";
                };
        if (said instanceof List<?> ends
                && ends.size() == 2
                && ends.get(0) instanceof Number first
                && ends.get(1) instanceof Number second) {
            double low = first.doubleValue();
            double high = second.doubleValue();
            boolean holds = switch (scale) {
                case UNIFORM -> true;
                case LOG_UNIFORM -> low > 0;
                case WHOLE -> low == Math.rint(low) && high == Math.rint(high);
            };
            if (holds && low < high && Double.isFinite(high - low)) {
                return new Range(low, high, scale);
            }
        }
        throw invalid(key, rule, said);
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(Domain::text).toList().toString()
                : String.valueOf(value);
    }

    private static ElbowException invalid(String key, String rule, Object said) {
        return new ElbowException(ErrorCategory.USAGE, "tune.space of " + key + " must " + rule + ", but is " + said);
    }
}
