package elbow.fit;

import elbow.base.Configuration;
import elbow.score.AnomalyScoring;
import elbow.train.plan.RobustResolver;
import java.util.List;

/** What follows where somebody says that all rows to train on are normal. */
public final class NormalRows {
    private NormalRows() {}

    /** A configuration for such rows: auto does not make training robust, and measures to the nearest rows alone. */
    public static Configuration settings(Configuration configuration) {
        Configuration trained = RobustResolver.ofNormalRows(configuration);
        return trained.text(AnomalyScoring.NEIGHBOURHOOD_KEY).equals(Configuration.AUTO)
                ? trained.withOverrides(List.of(AnomalyScoring.NEIGHBOURHOOD_KEY + "=local"))
                : trained;
    }
}
