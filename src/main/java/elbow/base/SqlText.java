package elbow.base;

/** Names and values as Spark SQL reads them, whatever letters they have. */
public final class SqlText {
    private SqlText() {}

    /** The name of a column or table, in backticks. */
    public static String name(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** A string, in quotes. Spark takes two quotes for the end of a string and the start of another, which it joins. */
    public static String literal(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
