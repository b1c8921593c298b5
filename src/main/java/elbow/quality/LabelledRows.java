package elbow.quality;

import java.io.Serializable;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows as the trees of Spark ML take them: a label and a vector of the other columns. Goes to executors. */
final class LabelledRows implements Serializable {
    private static final long serialVersionUID = 1L;

    static final String LABEL = "label";

    private static final String FEATURES = "features";
    private static final int USUAL_BINS = 32;

    private final RowCodes codes;
    private final int target;
    private final Usefulness.Labels labels;

    LabelledRows(RowCodes codes, int target, Usefulness.Labels labels) {
        this.codes = codes;
        this.target = target;
        this.labels = labels;
    }

    /** 0: labels are numbers. */
    int classes() {
        return labels.classes();
    }

    /** Bins that trees need: one for each code of a category. */
    int bins() {
        int most = USUAL_BINS;
        for (int i = 0; i < codes.columns(); i++) {
            most = Math.max(most, codes.isNumber(i) ? 0 : codes.size(i));
        }
        return most;
    }

    /** Label and features; the label -1 if it is none of the classes. */
    Row row(Row row) {
        double[] features = new double[codes.columns() - 1];
        for (int i = 0; i < codes.columns(); i++) {
            if (i != target) {
                features[i < target ? i : i - 1] = feature(row, i);
            }
        }
        return RowFactory.create(label(row), Vectors.dense(features));
    }

    // What is missing is below all that is there, for a tree to tell it apart.
    private double feature(Row row, int column) {
        if (!codes.isNumber(column)) {
            return codes.code(row, column);
        }
        ColumnValues values = codes.column(column);
        return row.isNullAt(column) ? values.lowest() - values.deviation() : row.getDouble(column);
    }

    private double label(Row row) {
        if (classes() == 0) {
            return row.getDouble(target);
        }
        if (codes.isNumber(target)) {
            return labels.numbers().indexOf(row.getDouble(target));
        }
        int code = codes.code(row, target);
        return code < classes() ? code : -1;
    }

    StructType schema() {
        Attribute[] attributes = new Attribute[codes.columns() - 1];
        for (int i = 0; i < codes.columns(); i++) {
            if (i != target) {
                attributes[i < target ? i : i - 1] = codes.isNumber(i)
                        ? NumericAttribute.defaultAttr()
                        : NominalAttribute.defaultAttr().withNumValues(codes.size(i));
            }
        }
        Metadata label = classes() == 0
                ? Metadata.empty()
                : NominalAttribute.defaultAttr()
                        .withName(LABEL)
                        .withNumValues(classes())
                        .toMetadata();
        return new StructType(new StructField[] {
            new StructField(LABEL, DataTypes.DoubleType, false, label),
            new StructField(
                    FEATURES, SQLDataTypes.VectorType(), false, new AttributeGroup(FEATURES, attributes).toMetadata())
        });
    }
}
