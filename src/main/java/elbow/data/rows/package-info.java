/**
 * What happens to rows as a whole, before they are encoded: which ones are bad, and which ones are held out.
 *
 * <p>Which rows are held out goes by their content alone; another rule would split the data of old seeds anew.
 */
@NullMarked
package elbow.data.rows;

import org.jspecify.annotations.NullMarked;
