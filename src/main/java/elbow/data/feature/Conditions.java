package elbow.data.feature;

import elbow.base.Check;
import elbow.vae.input.InputTransform;
import elbow.vae.likelihood.InputFunction;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.Likelihood;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LikelihoodGroup.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * How the network sees columns that are conditions. All are centred on the training rows, so that 0 is the average:
 * this is what it sees where a row has no value, or a category or level that training has not seen, of which the
 * network has learned nothing.
 */
final class Conditions {
    private Conditions() {}

    /**
     * Requires that a feature can be a condition.
     *
     * @throws IllegalArgumentException if it is an image
     */
    static void requirePossible(Feature feature) {
        Check.argument(!(feature instanceof ImageFeature), "condition", "be no image", feature.column());
    }

    /** The group of the feature's encoded columns. */
    static LikelihoodGroup group(Feature feature) {
        Likelihood likelihood = feature.likelihood(InputTransform.NONE);
        boolean plain = feature.inputScale().isNone() && likelihood.inputFunction() == InputFunction.IDENTITY;
        return new LikelihoodGroup(
                likelihood, feature.width(), plain ? centred(feature) : feature.inputScale(), Role.CONDITION);
    }

    private static InputScale centred(Feature feature) {
        float[] means = new float[feature.width()];
        feature.writeMeans(means, 0);
        TrainingRange seen = feature.trainingRange();
        List<Double> centres = new ArrayList<>();
        List<Double> factors = new ArrayList<>();
        for (int column = 0; column < means.length; column++) {
            boolean category = feature instanceof CategoryFeature;
            centres.add((double) means[column]);
            factors.add(category && (column < seen.lowest() || column > seen.highest()) ? 0.0 : 1.0);
        }
        return new InputScale(centres, factors);
    }
}
