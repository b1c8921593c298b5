package elbow.score;

import elbow.data.RowEncoder;
import elbow.vae.RowScores;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/** Scores the rows of one partition in their order as they are asked for, a chunk at a time. */
final class ScoredRows implements Iterator<ScoredRow> {
    /** What is computed beside the scores. */
    enum Detail {
        SCORES_ONLY,
        SQUARED_ERROR
    }

    private final Iterator<Row> input;
    private final RowEncoder encoder;
    private final ScoringReplica replica;
    private final Detail detail;
    private final Row[] block = new Row[ScoringReplica.CHUNK_ROWS];
    private final float[] encoded;
    private final float[] expected;
    private final RowScores scores = new RowScores(ScoringReplica.CHUNK_ROWS);
    private int count;
    private int next;

    /** Frees its memory when the running task ends. */
    ScoredRows(Iterator<Row> input, RowEncoder encoder, ScoringModel model, Detail detail) {
        this.input = input;
        this.encoder = encoder;
        this.detail = detail;
        replica = new ScoringReplica(model);
        encoded = new float[ScoringReplica.CHUNK_ROWS * replica.columns()];
        expected = new float[detail == Detail.SQUARED_ERROR ? encoded.length : 0];
        TaskCompletionListener freeing = context -> replica.close();
        TaskContext.get().addTaskCompletionListener(freeing);
    }

    @Override
    public boolean hasNext() {
        if (next == count) {
            fill();
        }
        return next < count;
    }

    @Override
    public ScoredRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int row = next++;
        double logJacobian = encoder.logJacobian();
        return new ScoredRow(
                block[row],
                scores.elbo(row) + logJacobian,
                scores.reconstruction(row) + logJacobian,
                scores.kl(row),
                scores.importanceWeightedBound(row) + logJacobian,
                detail == Detail.SQUARED_ERROR ? squaredError(row) : Double.NaN);
    }

    private void fill() {
        int columns = replica.columns();
        next = 0;
        count = 0;
        while (count < block.length && input.hasNext()) {
            Row row = input.next();
            encoder.encode(row, encoded, count * columns);
            block[count++] = row;
        }
        if (count > 0) {
            replica.score(encoded, count, scores);
            if (detail == Detail.SQUARED_ERROR) {
                replica.reconstruct(encoded, count, expected);
            }
        } else {
            Arrays.fill(block, null);
        }
    }

    private double squaredError(int row) {
        int columns = replica.columns();
        double sum = 0;
        for (int i = row * columns; i < (row + 1) * columns; i++) {
            double difference = (double) encoded[i] - expected[i];
            sum += difference * difference;
        }
        return sum;
    }
}
