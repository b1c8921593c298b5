package elbow.use;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.image.ImageShape;
import elbow.data.image.PngImages;
import elbow.data.table.Columns;
import elbow.failure.StorageFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/** Images of a table as files, written by the tasks that make them. */
public final class ImageFiles {
    private static final String SUFFIX = ".png";

    private ImageFiles() {}

    /**
     * Writes the images of a model's first image column as PNG files {@code PART-NUMBER.png}, by the number of the
     * partition and that of the row in it: a task that is run again writes the same files. There is none for an image
     * that the network could not compute.
     *
     * @param directory without PNG files yet, on any Hadoop file system
     * @return how many
     * @throws ElbowException of category INTERNAL if there are others in the end
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
        long written = counts.stream().mapToLong(Long::longValue).sum();
        long found = count(directory, hadoop);
        if (found != written) {
            throw new ElbowException(
                    ErrorCategory.INTERNAL,
                    "the output must have every image that was written, but of " + written + " in " + directory
                            + " there are " + found + "; nothing is published");
        }
        return written;
    }

    private static long count(Path directory, SerializableConfiguration hadoop) {
        try {
            long count = 0;
            RemoteIterator<FileStatus> files =
                    directory.getFileSystem(hadoop.value()).listStatusIterator(directory);
            while (files.hasNext()) {
                count += files.next().getPath().getName().endsWith(SUFFIX) ? 1 : 0;
            }
            return count;
        } catch (IOException e) {
            throw StorageFailure.of("list " + directory, e);
        }
    }

    private static Iterator<Long> write(
            int part, Iterator<Row> rows, ImageShape shape, String place, SerializableConfiguration hadoop)
            throws IOException {
        Path directory = new Path(place);
        FileSystem files = directory.getFileSystem(hadoop.value());
        long count = 0;
        for (long number = 0; rows.hasNext(); number++) {
            Row row = rows.next();
            if (row.isNullAt(0)) {
                continue;
            }
            Path path = new Path(directory, String.format(Locale.ROOT, "%05d-%09d%s", part, number, SUFFIX));
            try (OutputStream out = files.create(path, true)) {
                out.write(PngImages.file(row.getAs(0), shape));
            }
            count++;
        }
        return new ArrayList<>(List.of(count)).iterator();
    }
}
