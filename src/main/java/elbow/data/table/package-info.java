/**
 * What every room of data stands on: column names, the fields of a row and how they are read, numbers in text, images
 * in bytes, and errors about input.
 *
 * <p>Nothing here knows of features or files. A new way in which a row can hold its values is another
 * {@link elbow.data.table.RowFields}; a message about bad input is worded here once.
 */
@NullMarked
package elbow.data.table;

import org.jspecify.annotations.NullMarked;
