/**
 * The self-contained HTML reports of training runs, batches and searches, and the charts, grids and tables they are
 * made of.
 *
 * <p>A new kind of report is its page beside these, from the same parts, so that all reports look alike. Reports read
 * nothing: what they show is handed to them.
 */
@NullMarked
package elbow.report;

import org.jspecify.annotations.NullMarked;
