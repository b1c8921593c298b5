package elbow.files;

/** Names of files and directories that readers of a directory pass over, Spark's own and Elbow's. */
public final class HiddenNames {
    private HiddenNames() {}

    /** Whether such a reader passes over the name: {@code _NAME=VALUE} is a column, and no hidden directory. */
    public static boolean isHidden(String name) {
        return (name.startsWith("_") && !name.contains("=")) || name.startsWith(".") || name.endsWith("._COPYING_");
    }
}
