package elbow.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * What is fitted once the network is trained, for rows that the model makes: the section {@code generation} of
 * {@code reference.conf}. A setter checks nothing by itself: values are checked together, before any row is read.
 *
 * @param <T> what has the params, and setters return
 */
public interface GenerationParams<T> extends Params {
    /**
     * What latents of rows that a model makes are drawn from: prior, mixture or auto. The mixture, of at most 64
     * Gaussians with covariances of their own, is fitted once training is over to what the posteriors of training rows
     * add up to.
     */
    default Param<String> latentDensity() {
        return SettingParams.text(this, "latentDensity");
    }

    /** Sets {@link #latentDensity}. */
    default T setLatentDensity(String value) {
        return SettingParams.set(this, latentDensity(), value);
    }

    /** The value of {@link #latentDensity}. */
    default String getLatentDensity() {
        return SettingParams.textOf(this, latentDensity());
    }

    /**
     * How the numbers of a column are spread in rows that a model makes: model (as the likelihood draws them), training
     * (moved, in their order, to the distribution that the training rows have, with its steps where many rows have one
     * number) or auto (training in columns where the largest difference of the two distribution functions is more than
     * 0.01 and what chance makes of so many rows).
     */
    default Param<String> margins() {
        return SettingParams.text(this, "margins");
    }

    /** Sets {@link #margins}. */
    default T setMargins(String value) {
        return SettingParams.set(this, margins(), value);
    }

    /** The value of {@link #margins}. */
    default String getMargins() {
        return SettingParams.textOf(this, margins());
    }
}
