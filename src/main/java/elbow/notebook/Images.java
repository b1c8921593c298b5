package elbow.notebook;

import elbow.base.Check;
import elbow.data.image.ImageShape;
import elbow.data.source.DataReader;
import elbow.data.source.ReadRequest;
import elbow.ml.VariationalAutoencoderModel;
import elbow.report.Html;
import elbow.use.GenerationPlan;
import elbow.use.Interpolation;
import elbow.use.LatentArithmetic;
import elbow.use.Pictures;
import elbow.use.Take;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Images that a model has made, ten in a line, at most 100 of them. */
public final class Images {
    private static final int MOST = 100;
    private static final String INDEX = "index";

    /** Pixels of a line of ten at least. */
    private static final int LINE = 560;

    // Of a PNG file: 8 bytes of signature, 8 of the first chunk's head, then width and height.
    private static final int WIDTH_AT = 16;

    private Images() {}

    /**
     * The images of files in the format that MNIST has, as the command {@code train} reads them: columns {@code index},
     * the place among all images from 0, and {@code image}.
     *
     * @param inputs files, directories or patterns on any Hadoop file system
     * @throws elbow.base.ElbowException of category INPUT if there are none, or they are damaged
     */
    public static Dataset<Row> read(SparkSession spark, String... inputs) {
        return DataReader.read(spark, ReadRequest.of(inputs));
    }

    /**
     * Mean pixels of images that the model makes of latents drawn from its prior.
     *
     * @param count how many, at most 100
     */
    public static Picture generated(VariationalAutoencoderModel model, int count, long seed) {
        Check.argument(count >= 1 && count <= MOST, "count", "lie in 1.." + MOST, count);
        GenerationPlan drawn = new GenerationPlan(count, seed);
        GenerationPlan expected = new GenerationPlan(
                count, seed, Take.EXPECTED, drawn.gaps(), drawn.where(), drawn.candidates(), drawn.partitions());
        return picture(Pictures.of(model.generate(expected), model.used()), model, "Images of latents drawn at random");
    }

    /**
     * Images on the straight way between two others through the latent space.
     *
     * @param from condition in SQL that one of the rows fulfils: the start
     * @param to condition in SQL that one of the rows fulfils: the end
     * @param steps images of the result, both ends among them, from 2 to 100
     */
    public static Picture way(Dataset<Row> rows, VariationalAutoencoderModel model, String from, String to, int steps) {
        Check.argument(steps >= 2 && steps <= MOST, "steps", "lie in 2.." + MOST, steps);
        Dataset<Row> made = model.interpolate(rows, from, to, steps).orderBy(Interpolation.STEP);
        return picture(Pictures.of(made, model.used()), model, "From one image to another");
    }

    /**
     * Images above what becomes of them when they are moved by the difference of two groups: a - b + c.
     *
     * @param rows with a column {@code index}, which tells the images apart
     * @param from condition in SQL on the rows where the direction begins, b
     * @param to condition in SQL on the rows where it ends, a
     * @param apply condition in SQL on the rows that are moved, c; at most 100
     * @param strength how far: 1 is the difference of the groups' means
     */
    public static Picture moved(
            Dataset<Row> rows,
            VariationalAutoencoderModel model,
            String from,
            String to,
            String apply,
            double strength) {
        Dataset<Row> originals = few(rows.where(apply)).orderBy(INDEX);
        LatentArithmetic.Plan plan = new LatentArithmetic.Plan(
                from,
                to,
                apply,
                strength,
                List.of(INDEX),
                Take.EXPECTED,
                model.used().seed());
        Dataset<Row> made = model.arithmetic(rows, plan).orderBy(INDEX);
        return picture(Pictures.of(originals, made, model.used()), model, "Lines of images above what became of them");
    }

    /**
     * These rows.
     *
     * @throws IllegalArgumentException if they are more than can be shown, or none
     */
    static Dataset<Row> few(Dataset<Row> moved) {
        long count = moved.limit(MOST + 1).count();
        Check.argument(
                count >= 1 && count <= MOST,
                "apply",
                "be true of 1.." + MOST + " rows",
                count > MOST ? "true of more" : "true of none");
        return moved;
    }

    private static Picture picture(byte[] png, VariationalAutoencoderModel model, String alternative) {
        ImageShape shape = Pictures.shape(model.used());
        int factor = Math.max(1, LINE / (10 * shape.width()));
        ByteBuffer header = ByteBuffer.wrap(png);
        return Picture.of(List.of(Html.of(
                "<img src=\"data:image/png;base64,{}\" width=\"{}\" height=\"{}\" style=\"image-rendering:pixelated\""
                        + " alt=\"{}\">",
                Base64.getEncoder().encodeToString(png),
                factor * header.getInt(WIDTH_AT),
                factor * header.getInt(WIDTH_AT + Integer.BYTES),
                alternative)));
    }
}
