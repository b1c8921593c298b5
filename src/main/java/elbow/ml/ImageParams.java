package elbow.ml;

import java.util.OptionalInt;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * How images are modelled: the section {@code data.image} of {@code reference.conf}. A setter checks nothing by itself:
 * values are checked together, before any row is read.
 *
 * @param <T> what has the params, and setters return
 */
public interface ImageParams<T> extends Params {
    /** Pixels of an image from top to bottom and from left to right, to which image files are resized. */
    default IntParam imageHeight() {
        return SettingParams.integer(this, "imageHeight");
    }

    /** Sets {@link #imageHeight}. */
    default T setImageHeight(int value) {
        return SettingParams.set(this, imageHeight(), value);
    }

    /** The value of {@link #imageHeight}; empty: auto. */
    default OptionalInt getImageHeight() {
        return SettingParams.optionalInt(this, imageHeight());
    }

    /** Pixels of an image from top to bottom and from left to right, to which image files are resized. */
    default IntParam imageWidth() {
        return SettingParams.integer(this, "imageWidth");
    }

    /** Sets {@link #imageWidth}. */
    default T setImageWidth(int value) {
        return SettingParams.set(this, imageWidth(), value);
    }

    /** The value of {@link #imageWidth}; empty: auto. */
    default OptionalInt getImageWidth() {
        return SettingParams.optionalInt(this, imageWidth());
    }

    /** Values of a pixel: 1 (grey) or 3 (red, green, blue). */
    default IntParam imageChannels() {
        return SettingParams.integer(this, "imageChannels");
    }

    /** Sets {@link #imageChannels}. */
    default T setImageChannels(int value) {
        return SettingParams.set(this, imageChannels(), value);
    }

    /** The value of {@link #imageChannels}; empty: auto. */
    default OptionalInt getImageChannels() {
        return SettingParams.optionalInt(this, imageChannels());
    }

    /**
     * How an 8-bit pixel becomes an input: sample (1 with probability value/255, drawn anew at every pass), threshold
     * (1 from 128 on) or none (value/255).
     */
    default Param<String> imageBinarise() {
        return SettingParams.text(this, "imageBinarise");
    }

    /** Sets {@link #imageBinarise}. */
    default T setImageBinarise(String value) {
        return SettingParams.set(this, imageBinarise(), value);
    }

    /** The value of {@link #imageBinarise}. */
    default String getImageBinarise() {
        return SettingParams.textOf(this, imageBinarise());
    }

    /** Distribution of a pixel given the latents. bernoulli: of binarised ones. */
    default Param<String> imageLikelihood() {
        return SettingParams.text(this, "imageLikelihood");
    }

    /** Sets {@link #imageLikelihood}. */
    default T setImageLikelihood(String value) {
        return SettingParams.set(this, imageLikelihood(), value);
    }

    /** The value of {@link #imageLikelihood}. */
    default String getImageLikelihood() {
        return SettingParams.textOf(this, imageLikelihood());
    }
}
