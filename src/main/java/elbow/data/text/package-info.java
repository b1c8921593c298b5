/**
 * Lines of text read as they stand: CSV and JSON lines from bytes, cut into chunks for tasks, with their dialect, and
 * what is wrong with a row, its file and its line.
 *
 * <p>What a text means, a number, a time or a category, is decided by {@link elbow.data.infer} and by the encoder of a
 * model; here only the values of a column's kind are parsed, so that each file is read once.
 */
@NullMarked
package elbow.data.text;

import org.jspecify.annotations.NullMarked;
