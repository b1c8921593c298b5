package elbow.data.feature;

/**
 * A column that the network does not model.
 *
 * @param column name
 * @param reason in words that end a sentence which starts with the name
 */
public record LeftOut(String column, String reason) {}
