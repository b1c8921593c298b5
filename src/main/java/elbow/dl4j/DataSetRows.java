package elbow.dl4j;

import elbow.base.Check;
import elbow.vae.VaeSpecJson;
import elbow.vae.input.MissingColumns;
import elbow.vae.input.RowSpec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** The encoded rows in the features of data sets, read as a {@link VaeLayer} reads them. */
public final class DataSetRows {
    private final int columns;
    private final MissingColumns missing;
    private final byte[] observed;

    private DataSetRows(RowSpec spec) {
        columns = spec.columns();
        missing = new MissingColumns(spec);
        observed = new byte[columns];
    }

    /**
     * The rows, with NaN in all columns of a variable that is missing.
     *
     * @param spec of the network, as JSON
     * @throws IllegalArgumentException if a data set has rows of another width, or a row has NaN where its network
     *     takes no missing value
     */
    public static Iterator<float[]> of(Iterator<DataSet> batches, String spec) {
        DataSetRows rows =
                new DataSetRows(VaeSpecJson.read("spec of the network", spec).row());
        Iterable<DataSet> all = () -> batches;
        return StreamSupport.stream(all.spliterator(), false)
                .flatMap(batch -> rows.of(batch).stream())
                .iterator();
    }

    private List<float[]> of(DataSet batch) {
        INDArray features = batch.getFeatures();
        Check.argument(
                features.rank() == 2 && features.size(1) == columns,
                "features",
                "have shape [rows, " + columns + "]",
                features.shapeInfoToString());
        List<float[]> rows = new ArrayList<>();
        for (long row = 0; row < features.size(0); row++) {
            float[] values = features.getRow(row).toFloatVector();
            markGaps(values, row);
            rows.add(values);
        }
        return rows;
    }

    private void markGaps(float[] values, long row) {
        missing.mark(values, 1, observed);
        for (int column = 0; column < columns; column++) {
            if (observed[column] == 0) {
                values[column] = Float.NaN;
            } else if (Float.isNaN(values[column])) {
                Check.argument(false, "features[" + row + "][" + column + "]", "be finite", values[column]);
            }
        }
    }
}
