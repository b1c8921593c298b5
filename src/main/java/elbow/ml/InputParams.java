package elbow.ml;

import elbow.spark.TextParams;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * Which columns and rows of a DataFrame are trained on.
 *
 * @param <T> what has the params, and setters return
 */
public interface InputParams<T> extends Params {
    /** Columns that are modelled. */
    default StringArrayParam inputCols() {
        return new StringArrayParam(
                this,
                "inputCols",
                "Columns that are modelled: numbers, texts, truth values, dates, times, images, vectors of Spark ML (a"
                        + " column for each element). Not set: all but those of ignoredCols, conditions, labelCol,"
                        + " anomalyIndicatorCol and validationIndicatorCol.");
    }

    /** Sets {@link #inputCols}. */
    default T setInputCols(String... values) {
        return SettingParams.set(this, inputCols(), values.clone());
    }

    /** The value of {@link #inputCols}; empty: all. */
    default Optional<List<String>> getInputCols() {
        return isDefined(inputCols()) ? Optional.of(SettingParams.textsOf(this, inputCols())) : Optional.empty();
    }

    /** Columns that are not modelled. */
    default StringArrayParam ignoredCols() {
        return new StringArrayParam(this, "ignoredCols", "Columns that are not modelled, such as identifiers.");
    }

    /** Sets {@link #ignoredCols}. */
    default T setIgnoredCols(String... values) {
        return SettingParams.set(this, ignoredCols(), values.clone());
    }

    /** The value of {@link #ignoredCols}. */
    default List<String> getIgnoredCols() {
        return SettingParams.textsOf(this, ignoredCols());
    }

    /** Column that says which rows are anomalies. */
    default Param<String> labelCol() {
        return TextParams.of(
                this,
                "labelCol",
                "Column that says which rows are anomalies: these are not trained on, and the column is not modelled."
                        + " It has 1 and 0, true and false, or yes and no, unless anomalyLabel is set. Not set: all rows"
                        + " are trained on.");
    }

    /** Sets {@link #labelCol}. */
    default T setLabelCol(String value) {
        return SettingParams.set(this, labelCol(), value);
    }

    /** The value of {@link #labelCol}; empty: none. */
    default Optional<String> getLabelCol() {
        return SettingParams.optionalText(this, labelCol());
    }

    /** Value of labelCol that anomalies have. */
    default Param<String> anomalyLabel() {
        return TextParams.of(
                this, "anomalyLabel", "Value of labelCol that anomalies have; rows with others are normal.");
    }

    /** Sets {@link #anomalyLabel}. */
    default T setAnomalyLabel(String value) {
        return SettingParams.set(this, anomalyLabel(), value);
    }

    /** The value of {@link #anomalyLabel}; empty: not set. */
    default Optional<String> getAnomalyLabel() {
        return SettingParams.optionalText(this, anomalyLabel());
    }

    /** Column of truth values that says which rows are known to be anomalies. */
    default Param<String> anomalyIndicatorCol() {
        return TextParams.of(
                this,
                "anomalyIndicatorCol",
                "Column of truth values: rows where it is true, at least 3, are known to be anomalies. They are not"
                        + " trained on; they choose, by cross validation against held-out rows, marginalWeight and"
                        + " neighbourWeight where these are not set. It is not modelled. Not set: none are known.");
    }

    /** Sets {@link #anomalyIndicatorCol}. */
    default T setAnomalyIndicatorCol(String value) {
        return SettingParams.set(this, anomalyIndicatorCol(), value);
    }

    /** The value of {@link #anomalyIndicatorCol}; empty: none. */
    default Optional<String> getAnomalyIndicatorCol() {
        return SettingParams.optionalText(this, anomalyIndicatorCol());
    }

    /** Column of truth values that says which rows are held out. */
    default Param<String> validationIndicatorCol() {
        return TextParams.of(
                this,
                "validationIndicatorCol",
                "Column of truth values: rows where it is true are held out to measure the ELBO and the normal scores,"
                        + " and validationFraction means nothing. It is not modelled. Not set: a share of the rows is"
                        + " held out.");
    }

    /** Sets {@link #validationIndicatorCol}. */
    default T setValidationIndicatorCol(String value) {
        return SettingParams.set(this, validationIndicatorCol(), value);
    }

    /** The value of {@link #validationIndicatorCol}; empty: none. */
    default Optional<String> getValidationIndicatorCol() {
        return SettingParams.optionalText(this, validationIndicatorCol());
    }
}
