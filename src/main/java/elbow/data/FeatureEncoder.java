package elbow.data;

import elbow.base.Check;
import elbow.base.ElbowException;
import elbow.vae.InputTransform;
import elbow.vae.Likelihood;
import elbow.vae.LikelihoodGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Turns rows of a table into the network's inputs and back, as fitted on the training rows. Immutable and part of the
 * model. Encoded columns stand in the order of {@link #features}: images, then real numbers, then binary ones, so that
 * columns of one likelihood are neighbours. Executors get a {@link RowEncoder}, or rebuild the encoder by
 * {@link FeatureEncoderJson}.
 */
public final class FeatureEncoder {
    private final List<Feature> features;
    private final InputTransform inputTransform;
    private final List<LeftOut> leftOut;
    private final int width;

    FeatureEncoder(List<Feature> features, InputTransform inputTransform, List<LeftOut> leftOut) {
        this.features = List.copyOf(features);
        this.inputTransform = inputTransform;
        this.leftOut = List.copyOf(leftOut);
        Check.argument(!features.isEmpty(), "features", "have at least one entry", features);
        Set<String> columns = new HashSet<>();
        boolean imagesOver = false;
        for (Feature feature : features) {
            Check.argument(columns.add(feature.column()), "features", "name a column once", feature.column());
            boolean image = feature instanceof ImageFeature;
            Check.argument(!(image && imagesOver), "features", "start with the images", feature.column());
            imagesOver |= !image;
        }
        this.width = features.stream().mapToInt(Feature::width).reduce(0, Math::addExact);
        Check.argument(
                inputTransform == InputTransform.NONE || features.get(0) instanceof ImageFeature,
                "inputTransform",
                "be NONE without an image",
                inputTransform);
    }

    /**
     * Fits an encoder by one pass over the training rows. The result depends on how the rows are partitioned and
     * ordered only in the last digits.
     *
     * @throws ElbowException of category INPUT if no column can be used, or a used one has a missing, NaN or infinite
     *     value; of category USAGE if an ignored column is not there
     */
    public static FeatureEncoder fit(Dataset<Row> training, FeatureOptions options) {
        return FeatureFitting.fit(training, options);
    }

    /** Encoded columns. */
    public int width() {
        return width;
    }

    /** Bytes that an encoded row takes in a {@link Block}: its key, a byte for each pixel, four for any other value. */
    public long rowBytes() {
        long bytes = Long.BYTES;
        for (Feature feature : features) {
            bytes += (long) feature.width() * (feature instanceof ImageFeature ? Byte.BYTES : Float.BYTES);
        }
        return bytes;
    }

    /** The columns that are used, in encoded order. */
    public List<Feature> features() {
        return features;
    }

    /** The columns that are not used, in the order of the table. */
    public List<LeftOut> leftOut() {
        return leftOut;
    }

    /**
     * Distributions of the encoded columns in order. Gaussian ones have a learned variance for each column without a
     * floor; the model's configuration may choose another.
     */
    public List<LikelihoodGroup> likelihoods() {
        List<LikelihoodGroup> groups = new ArrayList<>();
        for (Feature feature : features) {
            Likelihood likelihood = feature.likelihood(inputTransform);
            int last = groups.size() - 1;
            if (last >= 0 && groups.get(last).likelihood().equals(likelihood)) {
                groups.set(
                        last, new LikelihoodGroup(likelihood, groups.get(last).columns() + feature.width()));
            } else {
                groups.add(new LikelihoodGroup(likelihood, feature.width()));
            }
        }
        return groups;
    }

    /** How pixels become inputs; NONE without an image. */
    public InputTransform inputTransform() {
        return inputTransform;
    }

    /** Training means in encoded units: {@link #width} values. */
    public float[] columnMeans() {
        float[] means = new float[width];
        int offset = 0;
        for (Feature feature : features) {
            feature.writeMeans(means, offset);
            offset += feature.width();
        }
        return means;
    }

    /** Shape of the image if there is exactly one image column and nothing else. */
    public Optional<ImageShape> image() {
        return features.size() == 1 && features.get(0) instanceof ImageFeature image
                ? Optional.of(image.shape())
                : Optional.empty();
    }

    /**
     * log |d encoded / d original| in nats, the same for every row: the log-density of a row in its own units is that
     * of the encoded row plus this.
     */
    public double logJacobian() {
        return features.stream().mapToDouble(Feature::logJacobian).sum();
    }

    /**
     * The values that the encoded row {@code encoded[offset .. offset + width)} stands for, in the columns' own units;
     * pixels from 0 to 255. {@link #width} values.
     */
    public double[] decode(float[] encoded, int offset) {
        float[] row = Arrays.copyOfRange(encoded, offset, offset + width);
        double[] values = new double[width];
        int place = 0;
        for (Feature feature : features) {
            feature.decode(row, values, place);
            place += feature.width();
        }
        return values;
    }

    /**
     * Requires that rows of {@code schema} can be encoded.
     *
     * @throws ElbowException of category INPUT that names a column, the type expected and the one found
     */
    public void check(StructType schema) {
        List<String> names = Arrays.asList(schema.fieldNames());
        for (Feature feature : features) {
            int index = names.indexOf(feature.column());
            if (index < 0 || index != names.lastIndexOf(feature.column())) {
                throw InputErrors.input(
                        "column " + feature.column() + " must be " + feature.expectedType() + ", but is "
                                + (index < 0 ? "missing" : "there more than once") + " among " + Columns.listed(names));
            }
            check(feature, schema.fields()[index]);
        }
    }

    /**
     * The encoder for rows of {@code schema}, to be sent to executors.
     *
     * @throws ElbowException as {@link #check} does
     */
    public RowEncoder bind(StructType schema) {
        check(schema);
        return new RowEncoder(features, schema);
    }

    private static void check(Feature feature, StructField field) {
        String found = null;
        if (!feature.accepts(field.dataType())) {
            found = "of type " + field.dataType().simpleString();
        } else if (feature instanceof ImageFeature image) {
            // Images without a marked shape are held to their number of bytes, row by row.
            found = ImageShape.of(field.metadata())
                    .filter(shape -> !shape.equals(image.shape()))
                    .map(shape -> "an image of " + shape)
                    .orElse(null);
        }
        if (found != null) {
            throw InputErrors.input("column " + feature.column() + " must be " + feature.expectedType()
                    + " as in training, but is " + found);
        }
    }
}
