package elbow.score;

import elbow.data.RowEncoder;
import elbow.vae.RowScores;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** Scores the rows of one partition in their order as they are asked for, a chunk at a time. */
final class ScoredRows implements Iterator<ScoredRow> {
    /** What is computed beside the scores. */
    enum Detail {
        SCORES_ONLY,
        SQUARED_ERROR
    }

    private final Iterator<Row> input;
    private final RowEncoder encoder;
    private final AnomalyScoring scoring;
    private final ScoringReplica replica;
    private final Detail detail;
    private final Row[] block = new Row[ScoringReplica.CHUNK_ROWS];
    private final EncodedRows encoded;
    private final float[] expected;
    private final RowScores scores = new RowScores(ScoringReplica.CHUNK_ROWS);
    private int count;
    private int next;

    /** Frees its memory when the running task ends. */
    ScoredRows(Iterator<Row> input, RowEncoder encoder, ScoringModel model, AnomalyScoring scoring, Detail detail) {
        this.input = input;
        this.encoder = encoder;
        this.scoring = scoring;
        this.detail = detail;
        replica = new ScoringReplica(model);
        encoded = new EncodedRows(replica.columns());
        expected = new float[detail == Detail.SQUARED_ERROR ? ScoringReplica.CHUNK_ROWS * replica.columns() : 0];
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
        double logJacobian = encoder.logJacobian() + encoded.logJacobian(row);
        double elbo = scores.elbo(row) + logJacobian;
        return new ScoredRow(
                block[row],
                elbo,
                scores.reconstruction(row) + logJacobian,
                scores.kl(row),
                scores.importanceWeightedBound(row) + logJacobian,
                scoring.score(elbo, encoded, row),
                scores.observed(row),
                detail == Detail.SQUARED_ERROR ? squaredError(row) : Double.NaN);
    }

    private void fill() {
        next = 0;
        count = 0;
        encoded.clear();
        while (count < block.length && input.hasNext()) {
            Row row = input.next();
            encoded.add(row, encoder);
            block[count++] = row;
        }
        if (count > 0) {
            replica.score(encoded, scores);
            if (detail == Detail.SQUARED_ERROR) {
                replica.reconstruct(encoded, expected);
            }
        } else {
            Arrays.fill(block, null);
        }
    }

    /** Over the columns that are observed. */
    private double squaredError(int row) {
        int columns = replica.columns();
        float[] values = encoded.values();
        byte @Nullable [] observed = encoded.observed();
        double sum = 0;
        for (int i = row * columns; i < (row + 1) * columns; i++) {
            double difference = (double) values[i] - expected[i];
            sum += observed == null || observed[i] != 0 ? difference * difference : 0;
        }
        return sum;
    }
}
