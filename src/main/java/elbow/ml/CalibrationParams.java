package elbow.ml;

import java.util.OptionalDouble;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * What anomaly scores are, where their threshold lies, and what the report shows: the sections {@code scoring} and
 * {@code report} of {@code reference.conf}. A setter checks nothing by itself: values are checked together, before any
 * row is read.
 *
 * @param <T> what has the params, and setters return
 */
public interface CalibrationParams<T> extends Params {
    /**
     * What the anomaly score of a row is, in nats: elbo (minus its ELBO in the columns' own units, by which a gap is
     * worth the logarithm of a unit), encoded (minus its ELBO on the scales of its columns, where numbers are
     * standardised, positive ones count by their logarithm and long tails are drawn in: no unit is left) or
     * likelihood-ratio (the same, less what an image costs by its texture alone, so that a simple image is not usual
     * for that; for binary pixels).
     */
    default Param<String> anomalyScore() {
        return SettingParams.text(this, "anomalyScore");
    }

    /** Sets {@link #anomalyScore}. */
    default T setAnomalyScore(String value) {
        return SettingParams.set(this, anomalyScore(), value);
    }

    /** The value of {@link #anomalyScore}. */
    default String getAnomalyScore() {
        return SettingParams.textOf(this, anomalyScore());
    }

    /**
     * Weight, at least 0, of a second part of the anomaly score: the sum over columns of minus the logarithm of the
     * share of training rows whose value lies as far out in the column's own distribution.
     */
    default DoubleParam marginalWeight() {
        return SettingParams.number(this, "marginalWeight");
    }

    /** Sets {@link #marginalWeight}. */
    default T setMarginalWeight(double value) {
        return SettingParams.set(this, marginalWeight(), value);
    }

    /** The value of {@link #marginalWeight}; empty: auto. */
    default OptionalDouble getMarginalWeight() {
        return SettingParams.optionalDouble(this, marginalWeight());
    }

    /**
     * Weight, at least 0, of a third part of the anomaly score: for each column that a row has so many nats for each
     * e-fold of its distance from training rows, some of which the model keeps for this.
     */
    default DoubleParam neighbourWeight() {
        return SettingParams.number(this, "neighbourWeight");
    }

    /** Sets {@link #neighbourWeight}. */
    default T setNeighbourWeight(double value) {
        return SettingParams.set(this, neighbourWeight(), value);
    }

    /** The value of {@link #neighbourWeight}; empty: auto. */
    default OptionalDouble getNeighbourWeight() {
        return SettingParams.optionalDouble(this, neighbourWeight());
    }

    /**
     * Which training rows the distance is one to: local (the five nearest of 1,024, each on its own scale, for training
     * rows that are normal) or broad (the nearest tenth of 256, for rows among which are anomalies that lie close
     * together).
     */
    default Param<String> neighbourhood() {
        return SettingParams.text(this, "neighbourhood");
    }

    /** Sets {@link #neighbourhood}: local, broad or auto. */
    default T setNeighbourhood(String value) {
        return SettingParams.set(this, neighbourhood(), value);
    }

    /** The value of {@link #neighbourhood}. */
    default String getNeighbourhood() {
        return SettingParams.textOf(this, neighbourhood());
    }

    /**
     * How the threshold follows from the held-out rows' scores, without labels: quantile, contamination (a share of the
     * rows is taken to be anomalous, and lies above) or tail (a generalized Pareto distribution is fitted to the
     * highest scores).
     */
    default Param<String> thresholdRule() {
        return SettingParams.text(this, "thresholdRule");
    }

    /** Sets {@link #thresholdRule}. */
    default T setThresholdRule(String value) {
        return SettingParams.set(this, thresholdRule(), value);
    }

    /** The value of {@link #thresholdRule}. */
    default String getThresholdRule() {
        return SettingParams.textOf(this, thresholdRule());
    }

    /** Quantile of the held-out rows' scores above which a row counts as an anomaly, in [0, 1); for quantile. */
    default DoubleParam thresholdQuantile() {
        return SettingParams.number(this, "thresholdQuantile");
    }

    /** Sets {@link #thresholdQuantile}. */
    default T setThresholdQuantile(double value) {
        return SettingParams.set(this, thresholdQuantile(), value);
    }

    /** The value of {@link #thresholdQuantile}. */
    default double getThresholdQuantile() {
        return SettingParams.doubleOf(this, thresholdQuantile());
    }

    /** Share of the held-out rows that is taken to be anomalous, in [0, 1); for contamination. */
    default DoubleParam contamination() {
        return SettingParams.number(this, "contamination");
    }

    /** Sets {@link #contamination}. */
    default T setContamination(double value) {
        return SettingParams.set(this, contamination(), value);
    }

    /** The value of {@link #contamination}. */
    default double getContamination() {
        return SettingParams.doubleOf(this, contamination());
    }

    /** Share of normal rows that may score above the threshold, above 0 and below 1 - tail-quantile; for tail. */
    default DoubleParam tailRisk() {
        return SettingParams.number(this, "tailRisk");
    }

    /** Sets {@link #tailRisk}. */
    default T setTailRisk(double value) {
        return SettingParams.set(this, tailRisk(), value);
    }

    /** The value of {@link #tailRisk}. */
    default double getTailRisk() {
        return SettingParams.doubleOf(this, tailRisk());
    }

    /** Quantile of the held-out rows' scores where the tail begins that is fitted, in [0, 1); for tail. */
    default DoubleParam tailQuantile() {
        return SettingParams.number(this, "tailQuantile");
    }

    /** Sets {@link #tailQuantile}. */
    default T setTailQuantile(double value) {
        return SettingParams.set(this, tailQuantile(), value);
    }

    /** The value of {@link #tailQuantile}. */
    default double getTailQuantile() {
        return SettingParams.doubleOf(this, tailQuantile());
    }

    /**
     * How that distribution is fitted: likelihood (the likeliest for all of these scores) or robust (the highest tenth
     * of them, at least three, may be of any size: a few broken values do not move the threshold); for tail.
     */
    default Param<String> tailFit() {
        return SettingParams.text(this, "tailFit");
    }

    /** Sets {@link #tailFit}. */
    default T setTailFit(String value) {
        return SettingParams.set(this, tailFit(), value);
    }

    /** The value of {@link #tailFit}. */
    default String getTailFit() {
        return SettingParams.textOf(this, tailFit());
    }

    /** Images in each grid of the report: originals with their reconstructions, and samples. */
    default IntParam reportImages() {
        return SettingParams.integer(this, "reportImages");
    }

    /** Sets {@link #reportImages}. */
    default T setReportImages(int value) {
        return SettingParams.set(this, reportImages(), value);
    }

    /** The value of {@link #reportImages}. */
    default int getReportImages() {
        return SettingParams.intOf(this, reportImages());
    }
}
