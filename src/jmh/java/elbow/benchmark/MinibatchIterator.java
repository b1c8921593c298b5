package elbow.benchmark;

import java.util.Iterator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Rows in minibatches, each its own label. */
final class MinibatchIterator implements Iterator<DataSet> {
    private final Iterator<float[]> rows;
    private final int batch;

    MinibatchIterator(Iterator<float[]> rows, int batch) {
        this.rows = rows;
        this.batch = batch;
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public DataSet next() {
        float[] first = rows.next();
        float[] values = new float[batch * first.length];
        System.arraycopy(first, 0, values, 0, first.length);
        int count = 1;
        for (; count < batch && rows.hasNext(); count++) {
            System.arraycopy(rows.next(), 0, values, count * first.length, first.length);
        }
        INDArray features = Nd4j.createFromArray(java.util.Arrays.copyOf(values, count * first.length))
                .reshape(count, first.length);
        return new DataSet(features, features);
    }
}
