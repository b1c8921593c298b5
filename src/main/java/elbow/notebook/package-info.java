/**
 * What notebooks show of a model and of rows that it has worked on. Each method gives a {@link elbow.notebook.Picture},
 * HTML that looks as the reports do: Zeppelin shows it by {@code println(picture)}, Jupyter through the Python package.
 *
 * <p>What can be said by a table is a DataFrame, and the notebook's own display draws it. A new picture is a method
 * beside its like; the parts are those of {@link elbow.report}. Pictures of single rows collect a bounded number of
 * them.
 */
@NullMarked
package elbow.notebook;

import org.jspecify.annotations.NullMarked;
