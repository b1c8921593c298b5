package elbow.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Which numbers have probabilities of their own: of the section {@code data} of {@code reference.conf}. A setter checks
 * nothing by itself: values are checked together, before any row is read.
 *
 * @param <T> what has the params, and setters return
 */
public interface CommonValueParams<T> extends Params {
    /**
     * Numbers that far more rows have than the numbers beside them, such as 0 for no income, have probabilities of
     * their own if at least this share of a column's rows have the most frequent of them.
     */
    default DoubleParam commonShare() {
        return SettingParams.number(this, "commonShare");
    }

    /** Sets {@link #commonShare}. */
    default T setCommonShare(double value) {
        return SettingParams.set(this, commonShare(), value);
    }

    /** The value of {@link #commonShare}. */
    default double getCommonShare() {
        return SettingParams.doubleOf(this, commonShare());
    }

    /**
     * Which numbers of a column have probabilities of their own: outstanding (as data.common-share says) or all (of
     * columns with at most 256 different numbers each that at least 20 rows have, whatever data.common-share; of other
     * columns those that stand out).
     */
    default Param<String> commonValues() {
        return SettingParams.text(this, "commonValues");
    }

    /** Sets {@link #commonValues}. */
    default T setCommonValues(String value) {
        return SettingParams.set(this, commonValues(), value);
    }

    /** The value of {@link #commonValues}. */
    default String getCommonValues() {
        return SettingParams.textOf(this, commonValues());
    }
}
