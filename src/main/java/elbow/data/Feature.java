package elbow.data;

import elbow.vae.InputTransform;
import elbow.vae.Likelihood;
import java.io.Serializable;
import org.apache.spark.sql.types.DataType;

/** A column that the network models, and how it is encoded. */
public sealed interface Feature extends Serializable permits RealFeature, BinaryFeature, ImageFeature {
    /** Name of the column. */
    String column();

    /** The kind of column, in one word. */
    String type();

    /** Encoded values of a row, at least 1. */
    int width();

    /** Distribution of each encoded value. */
    Likelihood likelihood(InputTransform transform);

    /** log |d encoded / d original| of a row, in nats. */
    double logJacobian();

    /** Writes the training means of the encoded values. */
    void writeMeans(float[] target, int offset);

    /** Writes the values that the encoded ones stand for, in the column's own unit. */
    void decode(float[] encoded, double[] values, int offset);

    /** What a column must be to be encoded by this feature, for messages. */
    String expectedType();

    /** Whether columns of this type can be encoded. */
    boolean accepts(DataType type);
}
