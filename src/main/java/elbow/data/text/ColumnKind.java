package elbow.data.text;

/**
 * What holds all values of a column of text.
 *
 * @param kind of all values
 * @param padded whether they are numbers, and some have zeros before them
 */
public record ColumnKind(TextKind kind, boolean padded) {}
