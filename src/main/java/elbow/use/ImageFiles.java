package elbow.use;

import elbow.data.image.ImageShape;
import elbow.data.image.PngImages;
import elbow.data.table.Columns;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/** Images of a table as files, written by the tasks that make them. */
public final class ImageFiles {
    private ImageFiles() {}

    /**
     * Writes the images of a model's first image column as PNG files {@code PART-NUMBER.png}, by the number of the
     * partition and that of the row in it: a task that is run again writes the same files.
     *
     * @param directory on any Hadoop file system
     * @return how many
     */
    public static long write(Dataset<Row> made, UsedModel model, Path directory) {
        ImageShape shape = Pictures.shape(model);
        String place = directory.toString();
        SerializableConfiguration hadoop =
                new SerializableConfiguration(made.sparkSession().sparkContext().hadoopConfiguration());
        List<Long> counts = made.select(Columns.column(Pictures.columnOf(model)))
                .toJavaRDD()
                .mapPartitionsWithIndex((part, rows) -> write(part, rows, shape, place, hadoop), true)
                .collect();
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    private static Iterator<Long> write(
            int part, Iterator<Row> rows, ImageShape shape, String place, SerializableConfiguration hadoop)
            throws IOException {
        Path directory = new Path(place);
        FileSystem files = directory.getFileSystem(hadoop.value());
        long count = 0;
        while (rows.hasNext()) {
            byte[] file = PngImages.file(rows.next().getAs(0), shape);
            Path path = new Path(directory, String.format(Locale.ROOT, "%05d-%09d.png", part, count++));
            try (OutputStream out = files.create(path, true)) {
                out.write(file);
            }
        }
        return new ArrayList<>(List.of(count)).iterator();
    }
}
