package elbow.data.infer;

import elbow.data.feature.Feature;
import java.util.Optional;

/**
 * What a column's values say that it is.
 *
 * @param feature how it is encoded; empty: it is left out
 * @param why the rule that decided, in words
 */
record Verdict(Optional<Feature> feature, String why) {
    static Verdict use(Feature feature, String why) {
        return new Verdict(Optional.of(feature), why);
    }

    static Verdict leave(String reason) {
        return new Verdict(Optional.empty(), reason);
    }

    /** The same, with further words on the rule. */
    Verdict with(String words) {
        return new Verdict(feature, why + words);
    }
}
