package elbow.train.plan;

import elbow.base.Configuration;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.FeatureType;
import java.util.List;
import java.util.OptionalDouble;

/** How often training hides a value that is there: what {@value #KEY} says, or what "auto" comes to. */
public final class MaskShare {
    /** The setting. */
    public static final String KEY = "objective.mask-share";

    /**
     * What "auto" hides where training rows have gaps: the one share whose errors have been measured, on tables with
     * 10, 30 and 50 % of the values missing. It was chosen at 30 %, and there is none by how much is missing.
     */
    static final double WITH_GAPS = 0.3;

    private MaskShare() {}

    /**
     * The share, in [0, 1): under "auto" 0 unless training rows had gaps in a column that values can be hidden of.
     *
     * @throws elbow.base.ElbowException of category USAGE if the setting is neither auto nor such a number
     */
    static double of(Configuration configuration, FeatureEncoder encoder) {
        OptionalDouble given = configuration.fractionOrAuto(KEY);
        return given.isPresent()
                ? given.getAsDouble()
                : hideable(encoder).stream().anyMatch(Feature::hasGaps) ? WITH_GAPS : 0;
    }

    /** Whether the share is left to the rows. */
    public static boolean isAuto(Configuration configuration) {
        return configuration.fractionOrAuto(KEY).isEmpty();
    }

    /** The columns that values are hidden of: those modelled, but for images, which are there as a whole. */
    public static List<Feature> hideable(FeatureEncoder encoder) {
        return encoder.modelled().stream()
                .filter(feature -> feature.type() != FeatureType.IMAGE)
                .toList();
    }

    /** The configuration with the share that a plan has resolved in the place of "auto". */
    public static Configuration settled(Configuration configuration, TrainingPlan plan) {
        double share = plan.maskShare();
        return isAuto(configuration)
                ? configuration.withOverrides(List.of(KEY + "=" + (share == 0 ? "0" : share)))
                : configuration;
    }
}
