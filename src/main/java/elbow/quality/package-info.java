/**
 * How good a synthetic table is, held against the real one that it stands for: shapes of columns, trends of pairs, what
 * can be learned from it, and whether it leaks real rows. Knows tables alone, whatever made them.
 *
 * <p>{@link elbow.quality.TableComparison} is where a comparison begins, {@link elbow.quality.TableQuality} what comes
 * of it. Columns are compared as numbers or as categories, {@code ComparedColumns}; another measure is a class beside
 * {@code PairTally} and a part of {@code TableQuality}.
 */
@NullMarked
package elbow.quality;

import org.jspecify.annotations.NullMarked;
