package elbow;

import elbow.data.image.Images;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.NullMarked;

/** Rows of an image, a number and a category that go together: a bright bar, where it stands, and how bright it is. */
@NullMarked
public final class PictureRows {
    /** Pixels of a side. */
    public static final int SIZE = 8;

    private static final StructType SCHEMA = new StructType()
            .add("a", DataTypes.LongType)
            .add("b", DataTypes.DoubleType)
            .add("tone", DataTypes.StringType)
            .add("picture", DataTypes.BinaryType);

    private PictureRows() {}

    /** Rows that fit together; {@code a} numbers them, {@code b} is near the place of the bar. */
    public static Dataset<Row> fitting(int count, long seed) {
        return rows(count, seed, 0);
    }

    /** Rows whose image stands far from the number: each is usual in itself. */
    public static Dataset<Row> misfitting(int count, long seed) {
        return rows(count, seed, SIZE / 2);
    }

    private static Dataset<Row> rows(int count, long seed, int shift) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            int bar = random.nextInt(SIZE);
            boolean bright = random.nextBoolean();
            double place = (bar + shift) % SIZE + 0.3 * random.nextGaussian();
            rows.add(RowFactory.create(i, place, bright ? "bright" : "dim", picture(bar, bright, random)));
        }
        return SharedSpark.session().createDataFrame(rows, SCHEMA).repartition(2);
    }

    private static byte[] picture(int bar, boolean bright, Random random) {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                int value = x == bar ? (bright ? 230 : 150) : 20;
                image.getRaster().setSample(x, y, 0, Math.max(0, value + (int) (10 * random.nextGaussian())));
            }
        }
        return Images.encoded(image, "png");
    }
}
