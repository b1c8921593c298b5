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
     * What latents of rows that a model makes are drawn from: prior, mixture (of Gaussians, fitted to what the
     * posteriors of training rows add up to) or auto (a mixture where the prior leaves a gap).
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
     * (moved, in their order, to the distribution that the training rows have) or auto (training in columns where the
     * two differ).
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
