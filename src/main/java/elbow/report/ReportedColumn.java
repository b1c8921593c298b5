package elbow.report;

import elbow.base.Check;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One column of the input and what became of it.
 *
 * @param name the column's name in the input; any text
 * @param type feature type, as the encoder calls it
 * @param likelihood the column's likelihood; empty for a column that is left out
 * @param mean subtracted before training, in the column's unit; empty when the column is not standardised
 * @param scale divided by before training, in the column's unit; empty when the column is not standardised
 * @param commonValues in words the values that have probabilities of their own, with these; the mean and the scale are
 *     then those of the others; empty if there are none
 * @param leftOutBecause why the model does not use the column; empty for a column that is used
 */
public record ReportedColumn(
        String name,
        String type,
        Optional<String> likelihood,
        OptionalDouble mean,
        OptionalDouble scale,
        String commonValues,
        Optional<String> leftOutBecause) {
    public ReportedColumn {
        Check.argument(
                likelihood.isPresent() != leftOutBecause.isPresent(),
                "column " + name,
                "have either a likelihood or a reason for being left out",
                likelihood + " and " + leftOutBecause);
    }

    /** A column that the model is trained on and that is standardised by {@code mean} and {@code scale}. */
    public static ReportedColumn standardised(String name, String type, String likelihood, double mean, double scale) {
        return new ReportedColumn(
                name,
                type,
                Optional.of(likelihood),
                OptionalDouble.of(mean),
                OptionalDouble.of(scale),
                "",
                Optional.empty());
    }

    /** The same column with common values beside those that are standardised. */
    public ReportedColumn withCommonValues(String words) {
        return new ReportedColumn(name, type, likelihood, mean, scale, words, leftOutBecause);
    }

    /** A column that the model is trained on as it stands. */
    public static ReportedColumn used(String name, String type, String likelihood) {
        return new ReportedColumn(
                name,
                type,
                Optional.of(likelihood),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                Optional.empty());
    }

    /** A column that the model does not use, and why. */
    public static ReportedColumn leftOut(String name, String type, String reason) {
        return new ReportedColumn(
                name, type, Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty(), "", Optional.of(reason));
    }

    boolean isUsed() {
        return likelihood.isPresent();
    }
}
