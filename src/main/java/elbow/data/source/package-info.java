/**
 * Rows from files: a reader for each format, and the detection of formats.
 *
 * <p>A new format is its reader beside these, its constant in {@link elbow.data.source.DataFormat} with the endings of
 * its files' names, its first bytes in {@link elbow.data.source.FormatDetector}, and its line in
 * {@link elbow.data.source.DataReader}. Readers mark rows that they cannot read; they leave none out.
 */
@NullMarked
package elbow.data.source;

import org.jspecify.annotations.NullMarked;
