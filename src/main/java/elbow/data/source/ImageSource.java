package elbow.data.source;

import elbow.data.image.ImageContent;
import elbow.data.listing.InputFiles;
import elbow.data.table.Columns;
import elbow.data.table.InputErrors;
import elbow.data.table.Keys;
import elbow.data.text.InputPartitions;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/** Files of images as rows: the path, a key; the file; and a column for each directory named NAME=VALUE. */
final class ImageSource {
    static final String PATH = "path";
    static final String IMAGE = "image";

    /** What Spark's source says of a file beside its content. */
    private static final List<String> ABOUT_THE_FILE = List.of("modificationTime", "length");

    private ImageSource() {}

    /** @param asTheyStand which columns of directories NAME=VALUE are to be text, as they have it */
    static Dataset<Row> read(SparkSession spark, InputFiles input, Predicate<String> asTheyStand) {
        input.requireVisible();
        requireFull(input);
        InputPartitions.requireApart(input, List.of(PATH, IMAGE));
        Dataset<Row> files = SparkFormats.loaded(() -> reader(spark, input), input, asTheyStand, input.paths());
        Column[] columns = Arrays.stream(files.schema().fields())
                .filter(field -> !ABOUT_THE_FILE.contains(field.name()))
                .map(ImageSource::column)
                .toArray(Column[]::new);
        return files.select(columns);
    }

    private static DataFrameReader reader(SparkSession spark, InputFiles input) {
        return spark.read()
                .format("binaryFile")
                .options(SparkFormats.strict())
                .option("recursiveFileLookup", !input.partitioned())
                .option("__globPaths__", false);
    }

    // An empty file would be no row, and no bad one.
    private static void requireFull(InputFiles input) {
        for (Path file : input.empty()) {
            if (FormatDetector.isNamed(file, DataFormat.IMAGE)) {
                throw InputErrors.input("file " + file + " must be an image, but is empty");
            }
        }
    }

    private static Column column(StructField field) {
        Column column = Columns.column(field.name());
        return switch (field.name()) {
            case PATH -> column.as(PATH, Keys.metadata());
            case "content" -> column.as(IMAGE, ImageContent.files());
            default -> column;
        };
    }
}
