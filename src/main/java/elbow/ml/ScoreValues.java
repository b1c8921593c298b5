package elbow.ml;

import elbow.base.Check;
import elbow.dl4j.VaeLayer;

/** What the params of scoring may be. */
final class ScoreValues {
    private ScoreValues() {}

    /**
     * Requires that rows can be scored so.
     *
     * @throws elbow.base.ElbowException of category USAGE that names the param that is wrong
     */
    static void require(ScoreParams<?> params) {
        params.getScoringSamples().ifPresent(samples -> VaeLayer.requireSamples("scoringSamples", samples));
        params.getThreshold()
                .ifPresent(threshold -> Check.usage(!Double.isNaN(threshold), "threshold", "be a number", threshold));
        Check.usage(params.getExplained() >= 0, "explained", "be at least 0", params.getExplained());
    }
}
