package elbow.ml;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * What of a table is modelled, and as what: the section {@code data} of {@code reference.conf}. A setter checks nothing
 * by itself: values are checked together, before any row is read.
 *
 * @param <T> what has the params, and setters return
 */
public interface DataParams<T> extends Params {
    /** Share of the rows that are held out to measure the ELBO and the normal scores, in [0, 1). */
    default DoubleParam validationFraction() {
        return SettingParams.number(this, "validationFraction");
    }

    /** Sets {@link #validationFraction}. */
    default T setValidationFraction(double value) {
        return SettingParams.set(this, validationFraction(), value);
    }

    /** The value of {@link #validationFraction}. */
    default double getValidationFraction() {
        return SettingParams.doubleOf(this, validationFraction());
    }

    /**
     * Texts that stand for no value, with or without blanks around them, in upper or lower case; numbers too, such as
     * -999. null and NaN always do.
     */
    default StringArrayParam missing() {
        return SettingParams.texts(this, "missing");
    }

    /** Sets {@link #missing}. */
    default T setMissing(String... values) {
        return SettingParams.set(this, missing(), values.clone());
    }

    /** The value of {@link #missing}. */
    default List<String> getMissing() {
        return SettingParams.textsOf(this, missing());
    }

    /**
     * Share of a text column's values that must read as numbers for it to be one of numbers, in (0, 1]; the rest are
     * bad values then.
     */
    default DoubleParam numericShare() {
        return SettingParams.number(this, "numericShare");
    }

    /** Sets {@link #numericShare}. */
    default T setNumericShare(double value) {
        return SettingParams.set(this, numericShare(), value);
    }

    /** The value of {@link #numericShare}. */
    default double getNumericShare() {
        return SettingParams.doubleOf(this, numericShare());
    }

    /** Categories of a column that get a place of their own, the most frequent ones; the rarer ones share one. */
    default IntParam maximumCategories() {
        return SettingParams.integer(this, "maximumCategories");
    }

    /** Sets {@link #maximumCategories}. */
    default T setMaximumCategories(int value) {
        return SettingParams.set(this, maximumCategories(), value);
    }

    /** The value of {@link #maximumCategories}. */
    default int getMaximumCategories() {
        return SettingParams.intOf(this, maximumCategories());
    }

    /** Whole numbers close together are an ordered category if they span at most this many levels, from 2 to 256. */
    default IntParam maximumLevels() {
        return SettingParams.integer(this, "maximumLevels");
    }

    /** Sets {@link #maximumLevels}. */
    default T setMaximumLevels(int value) {
        return SettingParams.set(this, maximumLevels(), value);
    }

    /** The value of {@link #maximumLevels}. */
    default int getMaximumLevels() {
        return SettingParams.intOf(this, maximumLevels());
    }

    /** Whole numbers from 0 are a count if they are at most this; larger ones are numbers like others. */
    default IntParam largestCount() {
        return SettingParams.integer(this, "largestCount");
    }

    /** Sets {@link #largestCount}. */
    default T setLargestCount(int value) {
        return SettingParams.set(this, largestCount(), value);
    }

    /** The value of {@link #largestCount}. */
    default int getLargestCount() {
        return SettingParams.intOf(this, largestCount());
    }

    /**
     * What happens to columns that cannot be used (constant, all missing, identifiers, free text): leave-out or refuse.
     */
    default Param<String> unusable() {
        return SettingParams.text(this, "unusable");
    }

    /** Sets {@link #unusable}. */
    default T setUnusable(String value) {
        return SettingParams.set(this, unusable(), value);
    }

    /** The value of {@link #unusable}. */
    default String getUnusable() {
        return SettingParams.textOf(this, unusable());
    }

    /** Columns that are given and not modelled, such as [shop, hour]. */
    default StringArrayParam conditions() {
        return SettingParams.texts(this, "conditions");
    }

    /** Sets {@link #conditions}. */
    default T setConditions(String... values) {
        return SettingParams.set(this, conditions(), values.clone());
    }

    /** The value of {@link #conditions}. */
    default List<String> getConditions() {
        return SettingParams.textsOf(this, conditions());
    }

    /** Columns by whose values rows fall into groups, such as [site]. */
    default StringArrayParam groupBy() {
        return SettingParams.texts(this, "groupBy");
    }

    /** Sets {@link #groupBy}. */
    default T setGroupBy(String... values) {
        return SettingParams.set(this, groupBy(), values.clone());
    }

    /** The value of {@link #groupBy}. */
    default List<String> getGroupBy() {
        return SettingParams.textsOf(this, groupBy());
    }

    /** How many rows a group must have for a network of its own. */
    default IntParam groupLeastRows() {
        return SettingParams.integer(this, "groupLeastRows");
    }

    /** Sets {@link #groupLeastRows}. */
    default T setGroupLeastRows(int value) {
        return SettingParams.set(this, groupLeastRows(), value);
    }

    /** The value of {@link #groupLeastRows}. */
    default int getGroupLeastRows() {
        return SettingParams.intOf(this, groupLeastRows());
    }

    /** Any numbers: standardised; long tails are drawn in by asinh. */
    default StringArrayParam realCols() {
        return SettingParams.texts(this, "realCols");
    }

    /** Sets {@link #realCols}. */
    default T setRealCols(String... values) {
        return SettingParams.set(this, realCols(), values.clone());
    }

    /** The value of {@link #realCols}. */
    default List<String> getRealCols() {
        return SettingParams.textsOf(this, realCols());
    }

    /** Numbers above 0, with a log-normal likelihood. */
    default StringArrayParam positiveCols() {
        return SettingParams.texts(this, "positiveCols");
    }

    /** Sets {@link #positiveCols}. */
    default T setPositiveCols(String... values) {
        return SettingParams.set(this, positiveCols(), values.clone());
    }

    /** The value of {@link #positiveCols}. */
    default List<String> getPositiveCols() {
        return SettingParams.textsOf(this, positiveCols());
    }

    /** Whole numbers from 0 that count something. */
    default StringArrayParam countCols() {
        return SettingParams.texts(this, "countCols");
    }

    /** Sets {@link #countCols}. */
    default T setCountCols(String... values) {
        return SettingParams.set(this, countCols(), values.clone());
    }

    /** The value of {@link #countCols}. */
    default List<String> getCountCols() {
        return SettingParams.textsOf(this, countCols());
    }

    /** 0 and 1. */
    default StringArrayParam binaryCols() {
        return SettingParams.texts(this, "binaryCols");
    }

    /** Sets {@link #binaryCols}. */
    default T setBinaryCols(String... values) {
        return SettingParams.set(this, binaryCols(), values.clone());
    }

    /** The value of {@link #binaryCols}. */
    default List<String> getBinaryCols() {
        return SettingParams.textsOf(this, binaryCols());
    }

    /** Whole numbers in a short range, or texts of data.levels. */
    default StringArrayParam ordinalCols() {
        return SettingParams.texts(this, "ordinalCols");
    }

    /** Sets {@link #ordinalCols}. */
    default T setOrdinalCols(String... values) {
        return SettingParams.set(this, ordinalCols(), values.clone());
    }

    /** The value of {@link #ordinalCols}. */
    default List<String> getOrdinalCols() {
        return SettingParams.textsOf(this, ordinalCols());
    }

    /** Values without an order. */
    default StringArrayParam categoricalCols() {
        return SettingParams.texts(this, "categoricalCols");
    }

    /** Sets {@link #categoricalCols}. */
    default T setCategoricalCols(String... values) {
        return SettingParams.set(this, categoricalCols(), values.clone());
    }

    /** The value of {@link #categoricalCols}. */
    default List<String> getCategoricalCols() {
        return SettingParams.textsOf(this, categoricalCols());
    }

    /** Points in time. */
    default Param<String> timeCols() {
        return SettingParams.text(this, "timeCols");
    }

    /** Sets {@link #timeCols}, of columns that need no pattern. */
    default T setTimeCols(String... columns) {
        return SettingParams.set(this, timeCols(), SettingParams.list(columns));
    }

    /** Sets {@link #timeCols}: of each column the pattern of its texts. */
    default T setTimeCols(Map<String, String> patterns) {
        return SettingParams.set(this, timeCols(), SettingParams.pairs(patterns));
    }

    /** The value of {@link #timeCols} as HOCON. */
    default String getTimeCols() {
        return SettingParams.textOf(this, timeCols());
    }

    /** Standardised, whatever their tails. */
    default StringArrayParam gaussianCols() {
        return SettingParams.texts(this, "gaussianCols");
    }

    /** Sets {@link #gaussianCols}. */
    default T setGaussianCols(String... values) {
        return SettingParams.set(this, gaussianCols(), values.clone());
    }

    /** The value of {@link #gaussianCols}. */
    default List<String> getGaussianCols() {
        return SettingParams.textsOf(this, gaussianCols());
    }

    /** Standardised, with tails that the network learns. */
    default StringArrayParam studentTCols() {
        return SettingParams.texts(this, "studentTCols");
    }

    /** Sets {@link #studentTCols}. */
    default T setStudentTCols(String... values) {
        return SettingParams.set(this, studentTCols(), values.clone());
    }

    /** The value of {@link #studentTCols}. */
    default List<String> getStudentTCols() {
        return SettingParams.textsOf(this, studentTCols());
    }

    /** With probabilities of the numbers that stand out. */
    default StringArrayParam pointMassesCols() {
        return SettingParams.texts(this, "pointMassesCols");
    }

    /** Sets {@link #pointMassesCols}. */
    default T setPointMassesCols(String... values) {
        return SettingParams.set(this, pointMassesCols(), values.clone());
    }

    /** The value of {@link #pointMassesCols}. */
    default List<String> getPointMassesCols() {
        return SettingParams.textsOf(this, pointMassesCols());
    }

    /** Counts whose variance is their mean. */
    default StringArrayParam poissonCols() {
        return SettingParams.texts(this, "poissonCols");
    }

    /** Sets {@link #poissonCols}. */
    default T setPoissonCols(String... values) {
        return SettingParams.set(this, poissonCols(), values.clone());
    }

    /** The value of {@link #poissonCols}. */
    default List<String> getPoissonCols() {
        return SettingParams.textsOf(this, poissonCols());
    }

    /** Counts whose variance is above their mean. */
    default StringArrayParam negativeBinomialCols() {
        return SettingParams.texts(this, "negativeBinomialCols");
    }

    /** Sets {@link #negativeBinomialCols}. */
    default T setNegativeBinomialCols(String... values) {
        return SettingParams.set(this, negativeBinomialCols(), values.clone());
    }

    /** The value of {@link #negativeBinomialCols}. */
    default List<String> getNegativeBinomialCols() {
        return SettingParams.textsOf(this, negativeBinomialCols());
    }

    /**
     * Ordered categories that are texts: a list for each column of its name and its levels from the lowest to the
     * highest, such as [[size, small, medium, large]].
     */
    default Param<String> levels() {
        return SettingParams.text(this, "levels");
    }

    /** Sets {@link #levels}: of each column its levels, from the lowest to the highest. */
    default T setLevels(Map<String, List<String>> levels) {
        return SettingParams.set(this, levels(), SettingParams.lists(levels));
    }

    /** The value of {@link #levels} as HOCON. */
    default String getLevels() {
        return SettingParams.textOf(this, levels());
    }
}
