package elbow.ml;

import elbow.spark.TextParams;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * How a model scores rows. Set on an estimator, its models have them.
 *
 * @param <T> what has the params, and setters return
 */
public interface ScoreParams<T> extends Params {
    /** Posterior samples per row; 0 scores at the posterior mean, the fastest. */
    default IntParam scoringSamples() {
        return SettingParams.integer(this, "scoringSamples");
    }

    /** Sets {@link #scoringSamples}. */
    default T setScoringSamples(int value) {
        return SettingParams.set(this, scoringSamples(), value);
    }

    /** The value of {@link #scoringSamples}; empty: what the model was trained with, or auto. */
    default OptionalInt getScoringSamples() {
        return SettingParams.optionalInt(this, scoringSamples());
    }

    /** Anomaly score in nats above which a row is an anomaly. */
    default DoubleParam threshold() {
        return new DoubleParam(
                this,
                "threshold",
                "Anomaly score in nats above which is_anomaly is true. Not set: the model's, from the rows held out.");
    }

    /** Sets {@link #threshold}. */
    default T setThreshold(double value) {
        return SettingParams.set(this, threshold(), value);
    }

    /** The value of {@link #threshold}; empty: the model's. */
    default OptionalDouble getThreshold() {
        return SettingParams.optionalDouble(this, threshold());
    }

    /** How many columns contributions names of each row. */
    default IntParam explained() {
        return new IntParam(
                this,
                "explained",
                "How many columns contributions names of each row, those that make it strange. 0: contributions is null,"
                        + " which is faster.");
    }

    /** Sets {@link #explained}. */
    default T setExplained(int value) {
        return SettingParams.set(this, explained(), value);
    }

    /** The value of {@link #explained}. */
    default int getExplained() {
        return SettingParams.intOf(this, explained());
    }

    /** Name of a further column with the means of the latents. */
    default Param<String> latentCol() {
        return TextParams.of(
                this,
                "latentCol",
                "Name of a further column, a vector of the means of each row's latents, for stages that come after. Not"
                        + " set: none, which is faster.");
    }

    /** Sets {@link #latentCol}. */
    default T setLatentCol(String value) {
        return SettingParams.set(this, latentCol(), value);
    }

    /** The value of {@link #latentCol}; empty: none. */
    default Optional<String> getLatentCol() {
        return SettingParams.optionalText(this, latentCol());
    }
}
