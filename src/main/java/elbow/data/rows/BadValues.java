package elbow.data.rows;

/**
 * Values that a column cannot have.
 *
 * @param column name
 * @param rule what its values must be, in words
 * @param rows how many rows have one
 * @param values how many rows have a value at all
 * @param example one of them
 */
public record BadValues(String column, String rule, long rows, long values, String example) {}
