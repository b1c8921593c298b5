/**
 * Two models on the same rows: which one describes them better, how far their scores agree, which columns each of them
 * explains better, and which rows only one of them flags. What the command {@code report --compare} calls.
 *
 * <pre>
 * Comparison       where to begin: one pass of the rows through both models
 * ModelComparison  what comes of it
 * Comparability    whether the ELBOs of the two measure the same
 * ComparisonHtml   the report
 * ComparisonJson   all figures as JSON
 * </pre>
 *
 * <p>The first model is called A and the second B wherever people read; differences are B less A. A new measure is a
 * part of {@code RowTally}, which is exact and the same for any partitioning, and of {@code ModelComparison}.
 */
@NullMarked
package elbow.compare;

import org.jspecify.annotations.NullMarked;
