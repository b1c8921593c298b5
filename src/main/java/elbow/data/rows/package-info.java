/**
 * What happens to rows as a whole, before they are encoded: which ones are bad, and which ones are held out.
 *
 * <p>Which rows are held out goes by their content, measured numbers without their powers of two, and for copies of one
 * row by their number among them. Another rule would split the data of old seeds anew: a run that goes on from a
 * checkpoint keeps the rule that it began with, see {@link elbow.data.rows.Split.Rule}.
 */
@NullMarked
package elbow.data.rows;

import org.jspecify.annotations.NullMarked;
