package elbow.data.feature;

import java.util.Comparator;

/**
 * The order in which features are encoded: by type, within a type so that columns of one likelihood stand together,
 * else (a stable sort) as in the table. Initial values and noise go by it: another order is another model from the same
 * rows.
 */
public final class FeatureOrder {
    /** Says nothing of columns of one type and likelihood. */
    public static final Comparator<Feature> COMPARATOR = Comparator.comparing(Feature::type)
            .thenComparingInt(FeatureOrder::placeOfLikelihood)
            .thenComparing(FeatureOrder::categories);

    private FeatureOrder() {}

    /** Among the likelihoods of one type. */
    private static int placeOfLikelihood(Feature feature) {
        if (feature instanceof RealFeature real) {
            return real.heavyTails() ? 1 : 0;
        }
        if (feature instanceof CountFeature count) {
            return count.overdispersed() ? 0 : 1;
        }
        return 0;
    }

    /**
     * Numbers of categories go by their digits, as texts do, 12 before 3; and 12 before 1, because what follows the
     * number comes after any digit. Models have been trained so.
     */
    private static String categories(Feature feature) {
        boolean categories = feature instanceof OrdinalFeature || feature instanceof CategoricalFeature;
        return categories ? feature.width() + "]" : "";
    }
}
