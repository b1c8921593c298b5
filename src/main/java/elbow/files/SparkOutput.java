package elbow.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/**
 * Directories that Spark's writer fills. Its own mark that it is through is in those of every Spark job, so that Elbow
 * leaves one of its own, whose name readers of tables pass over.
 */
final class SparkOutput {
    /** What Spark's writer leaves when it is through. */
    static final String SUCCESS = "_SUCCESS";

    /** Elbow's mark. */
    static final String MARK = "_elbow";

    static final byte[] MARK_CONTENT = "Written by Elbow, which may replace it.\n".getBytes(StandardCharsets.UTF_8);

    /** Names of the pictures that stand in place of a table's files. */
    private static final Pattern PICTURE = Pattern.compile("\\d{5}-\\d{9}\\.png");

    private static final int LOOKED_AT = 1 << 16;

    /** Columns of scores, and of bad rows: earlier builds left no mark. */
    private static final List<List<String>> COLUMNS =
            List.of(List.of("anomaly_score", "model_id"), List.of("reason", "source_file"));

    private SparkOutput() {}

    /** Whether Elbow has written this directory, and nothing else is in it. */
    static boolean isOfElbow(Place directory) throws IOException {
        boolean marked = false;
        boolean pictures = false;
        @Nullable Place part = null;
        for (FileStatus status : directory.list()) {
            String name = status.getPath().getName();
            marked |= name.equals(MARK);
            boolean isPart = name.startsWith("part-");
            boolean isPicture = PICTURE.matcher(name).matches();
            pictures |= isPicture;
            if (status.isDirectory() || !(isPart || isPicture || name.startsWith("_") || name.endsWith(".crc"))) {
                return false;
            }
            part = isPart ? directory.child(name) : part;
        }
        return marked || (!pictures && directory.child(SUCCESS).exists() && (part == null || namesColumns(part)));
    }

    /** Whether a file has our columns: a table's names stand in its first bytes, or in its last. */
    private static boolean namesColumns(Place part) throws IOException {
        long length = part.files().getFileStatus(part.path()).getLen();
        try (FSDataInputStream input = part.files().open(part.path())) {
            String first = new String(input.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1);
            input.seek(Math.max(0, length - LOOKED_AT));
            String ends = first + new String(input.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1);
            return COLUMNS.stream().anyMatch(names -> names.stream().allMatch(ends::contains));
        }
    }
}
