package elbow.data.feature;

import java.util.Comparator;

/**
 * The order in which features are encoded: by type, within a type so that columns of one likelihood stand together,
 * else (a stable sort) as in the table. Initial values and noise go by it: another order is another model from the same
 * rows.
 */
public final class FeatureOrder {
    /** Leaves columns of one type and likelihood in their order. */
    public static final Comparator<Feature> COMPARATOR = Comparator.comparing(Feature::type)
            .thenComparingInt(FeatureOrder::placeOfLikelihood)
            .thenComparing(FeatureOrder::categories);

    private FeatureOrder() {}

    /** Among the likelihoods of one type. */
    private static int placeOfLikelihood(Feature feature) {
        if (feature instanceof RealFeature real) {
            return real.numberLikelihood().place();
        }
        if (feature instanceof CountFeature count) {
            return count.numberLikelihood().place();
        }
        return 0;
    }

    /**
     * Numbers of categories compare as texts, 12 before 3, and 12 before 1 as well because of the bracket: the order in
     * which models are trained, for their columns must keep it.
     */
    private static String categories(Feature feature) {
        boolean categories = feature instanceof OrdinalFeature || feature instanceof CategoricalFeature;
        return categories ? feature.width() + "]" : "";
    }
}
