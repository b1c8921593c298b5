package elbow.data.image;

import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;

/** What the bytes of an image column are. */
public enum ImageContent {
    /** Pixels of the shape that the column is marked with. */
    PIXELS,
    /** Files, whatever they hold: what is no image is a fault, even if it has as many bytes as an image has pixels. */
    FILES,
    /** Files or pixels: a column of bytes from anywhere. */
    ANY;

    private static final String KEY = "elbow.image.files";

    /** Marks a binary Spark column as one of whole files. */
    public static Metadata files() {
        return new MetadataBuilder().putBoolean(KEY, true).build();
    }

    /** What a column is marked as. */
    public static ImageContent of(Metadata metadata) {
        if (ImageShape.of(metadata).isPresent()) {
            return PIXELS;
        }
        return metadata.contains(KEY) && metadata.getBoolean(KEY) ? FILES : ANY;
    }
}
