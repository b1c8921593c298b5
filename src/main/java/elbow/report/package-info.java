/** The self-contained HTML report of a training run, and the charts, grids and tables it is made of. */
@NullMarked
package elbow.report;

import org.jspecify.annotations.NullMarked;
