package elbow.benchmark;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows, images and partitions by number, for cases of load. */
final class LoadTables {
    static final LocalDate FIRST_DAY = LocalDate.of(2025, 1, 1);

    private static final int FACTORS = 10;
    private static final int VALUES_OF_A_FILE = 10_000_000;
    private static final int ROWS_OF_A_DAY = 200;
    private static final int DAY_COLUMNS = 10;

    private LoadTables() {}

    /** Writes Parquet files of numbers, of each of which a half is what every tenth one is, too. */
    static void rows(SparkSession spark, Path directory, int columns, long rows) {
        int files = (int) Math.max(8, columns * rows / VALUES_OF_A_FILE);
        StructField[] fields = IntStream.range(0, columns)
                .mapToObj(column -> new StructField("x" + column, DataTypes.FloatType, false, Metadata.empty()))
                .toArray(StructField[]::new);
        JavaRDD<Row> made = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(IntStream.range(0, files).boxed().toList(), files)
                .flatMap(file -> LongStream.range(rows * file / files, rows * (file + 1) / files)
                        .mapToObj(row -> row(columns, row))
                        .iterator());
        spark.createDataFrame(made, new StructType(fields)).write().parquet(directory.toString());
    }

    private static Row row(int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] factors = new float[FACTORS];
        for (int factor = 0; factor < FACTORS; factor++) {
            factors[factor] = 2 * random.nextFloat() - 1;
        }
        Object[] values = new Object[columns];
        for (int column = 0; column < columns; column++) {
            values[column] = (factors[column % FACTORS] + 2 * random.nextFloat() - 1) * (column % 7 + 1);
        }
        return RowFactory.create(values);
    }

    /** Writes coloured PNG files of discs on a ground. */
    static void images(Path directory, int side, int count) throws IOException {
        Files.createDirectories(directory);
        Random random = new Random(1);
        for (int image = 0; image < count; image++) {
            BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = picture.createGraphics();
            graphics.setColor(new Color(random.nextInt(60), random.nextInt(60), 60 + random.nextInt(60)));
            graphics.fillRect(0, 0, side, side);
            int size = side / 8 + random.nextInt(side / 2);
            graphics.setColor(new Color(160 + random.nextInt(90), random.nextInt(200), random.nextInt(90)));
            graphics.fillOval(random.nextInt(side - size), random.nextInt(side - size), size, size);
            graphics.dispose();
            ImageIO.write(picture, "png", directory.resolve(image + ".png").toFile());
        }
    }

    /** Writes directories {@code dt=DATE} of one CSV file each, and returns the last day. */
    static LocalDate days(Path directory, int count) throws IOException {
        for (int day = 0; day < count; day++) {
            csv(directory.resolve("dt=" + FIRST_DAY.plusDays(day)).resolve("rows.csv"), ROWS_OF_A_DAY, day);
        }
        return FIRST_DAY.plusDays(count - 1L);
    }

    /** Writes a CSV file of the columns that days have. */
    static void csv(Path file, int rows, long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < DAY_COLUMNS; column++) {
            text.append(column == 0 ? "" : ",").append('x').append(column);
        }
        for (int row = 0; row < rows; row++) {
            text.append('\n');
            double common = random.nextGaussian();
            for (int column = 0; column < DAY_COLUMNS; column++) {
                text.append(column == 0 ? "" : ",").append((float) (common * column + random.nextGaussian()));
            }
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text.append('\n').toString());
    }
}
