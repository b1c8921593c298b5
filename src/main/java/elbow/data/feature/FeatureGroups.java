package elbow.data.feature;

import elbow.vae.input.InputTransform;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.LikelihoodGroup;
import java.util.ArrayList;
import java.util.List;

/** The groups of encoded columns that share a likelihood. */
final class FeatureGroups {
    private FeatureGroups() {}

    /** Those of features in order: neighbours of one likelihood are a group. */
    static List<LikelihoodGroup> of(List<Feature> features, InputTransform inputTransform) {
        List<LikelihoodGroup> groups = new ArrayList<>();
        for (Feature feature : features) {
            LikelihoodGroup next =
                    new LikelihoodGroup(feature.likelihood(inputTransform), feature.width(), feature.inputScale());
            int last = groups.size() - 1;
            if (last >= 0 && groups.get(last).likelihood().equals(next.likelihood())) {
                groups.set(last, joined(groups.get(last), next));
            } else {
                groups.add(next);
            }
        }
        return groups;
    }

    // Columns of one likelihood are scaled all or none.
    private static LikelihoodGroup joined(LikelihoodGroup first, LikelihoodGroup second) {
        List<Double> centres = new ArrayList<>(first.inputScale().centres());
        centres.addAll(second.inputScale().centres());
        List<Double> factors = new ArrayList<>(first.inputScale().factors());
        factors.addAll(second.inputScale().factors());
        return new LikelihoodGroup(
                first.likelihood(), first.columns() + second.columns(), new InputScale(centres, factors));
    }
}
