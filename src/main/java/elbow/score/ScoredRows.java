package elbow.score;

import elbow.data.encoding.RowEncoder;
import elbow.data.feature.FeatureLayout;
import elbow.data.reference.ColumnTallies;
import elbow.model.NormalParts;
import elbow.vae.RowScores;
import elbow.vae.RowScores.Detail;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Scores the rows of one partition in their order as they are asked for, a chunk at a time. */
final class ScoredRows implements Iterator<ScoredRow> {
    private final Iterator<Row> input;
    private final RowEncoder encoder;
    private final AnomalyScoring scoring;
    private final ModelInTask used;
    private final Row[] block;
    private final EncodedRows encoded;
    private final @Nullable ColumnParts parts;
    private final boolean hasExpectations;
    private final RowScores scores;
    private final float[] parameters;
    private @Nullable GroupedRows groups;
    private @Nullable ColumnTallies tallies;
    private int count;
    private int next;

    private ScoredRows(
            Iterator<Row> input,
            RowEncoder encoder,
            ScoringModel model,
            AnomalyScoring scoring,
            @Nullable ColumnParts parts,
            Set<Detail> details) {
        this.input = input;
        this.encoder = encoder;
        this.scoring = scoring;
        used = ModelInTask.ofTask(model);
        parameters = model.parameters();
        encoded = used.newChunk();
        block = new Row[encoded.capacity()];
        scores = used.newScores(details);
        this.parts = parts;
        hasExpectations = details.contains(Detail.EXPECTATIONS);
    }

    /** The scores alone. */
    static ScoredRows plain(Iterator<Row> input, RowEncoder encoder, ScoringModel model, AnomalyScoring scoring) {
        return new ScoredRows(input, encoder, model, scoring, null, Set.of());
    }

    /** With the squared error of the expected values. */
    static ScoredRows withSquaredError(
            Iterator<Row> input, RowEncoder encoder, ScoringModel model, AnomalyScoring scoring) {
        return new ScoredRows(input, encoder, model, scoring, null, Set.of(Detail.EXPECTATIONS));
    }

    /** With what each column adds. */
    static ScoredRows withParts(
            Iterator<Row> input, RowEncoder encoder, ScoringModel model, AnomalyScoring scoring, FeatureLayout layout) {
        return withParts(input, encoder, model, scoring, new ColumnParts(layout, scoring));
    }

    /** With parts that need not be those of the anomaly score. */
    static ScoredRows withParts(
            Iterator<Row> input, RowEncoder encoder, ScoringModel model, AnomalyScoring scoring, ColumnParts parts) {
        return new ScoredRows(input, encoder, model, scoring, parts, Set.of(Detail.COLUMNS));
    }

    /** With all that an explanation needs. */
    static ScoredRows explained(
            Iterator<Row> input,
            RowEncoder encoder,
            ScoringModel model,
            AnomalyScoring scoring,
            Explanation explanation) {
        return new ScoredRows(
                input,
                encoder,
                model,
                scoring,
                new ColumnParts(explanation.layout(), scoring),
                Set.of(Detail.COLUMNS, Detail.EXPECTATIONS));
    }

    /** From now on counts the rows' columns. */
    void countInto(ColumnTallies columns) {
        tallies = columns;
    }

    /**
     * Scores each row by the network of its group; null: by the only one. To be said before the first row is asked for.
     */
    ScoredRows byGroup(@Nullable GroupScoring networks) {
        if (networks != null) {
            groups = networks.open(input, used, parameters);
        }
        return this;
    }

    /** From now on counts the rows by the network that scores them. */
    void countInto(GroupCounts counts) {
        if (groups != null) {
            groups.countInto(counts);
        }
    }

    /** Whether the next row, if there is one, is scored by the same network as the one before. */
    boolean stays() {
        return groups == null || next < count || groups.stays();
    }

    /**
     * What is normal for the rows that the network at hand scores; null for those of the pooled one, or the only one.
     */
    @Nullable
    NormalParts normal() {
        GroupScoring.Own group = group();
        return group == null ? null : group.normal();
    }

    private GroupScoring.@Nullable Own group() {
        return groups == null ? null : groups.current();
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
        double anomalyScore = finiteOrHighest(scoring.score(scores.elbo(row), encoded, row));
        GroupScoring.Own group = group();
        return new ScoredRow(
                block[row],
                scores.elbo(row) + logJacobian,
                scores.reconstruction(row) + logJacobian,
                scores.kl(row),
                scores.importanceWeightedBound(row) + logJacobian,
                anomalyScore,
                scores.observed(row),
                squaredError(row),
                group,
                group == null ? anomalyScore : group.moved(anomalyScore));
    }

    // NaN compares false with every threshold: such a row would pass for normal.
    private static double finiteOrHighest(double score) {
        return Double.isFinite(score) ? score : Double.POSITIVE_INFINITY;
    }

    /** Adds to {@code sums} what each column adds to the row that {@link #next} returned last. */
    void addParts(double[] sums) {
        ColumnParts found = required(parts);
        double[] parts = found.of(encoded, scores, next - 1);
        for (int column = 0; column < parts.length; column++) {
            sums[column] += parts[column];
        }
    }

    /** Adds the encoded row that {@link #next} returned last. */
    void copyTo(EncodedRows target) {
        target.add(encoded, next - 1);
    }

    ModelInTask used() {
        return used;
    }

    /** The explanation of the row that {@link #next} returned last. */
    Row[] explain(Explanation explanation) {
        int row = next - 1;
        return explanation.explain(block[row], encoded, row, required(parts), scores, normal());
    }

    private static <T> T required(@Nullable T asked) {
        if (asked == null) {
            throw new IllegalStateException("not asked for at construction");
        }
        return asked;
    }

    private void fill() {
        next = 0;
        count = 0;
        encoded.clear();
        if (groups == null) {
            while (count < block.length && input.hasNext()) {
                block[count++] = input.next();
                encoded.add(block[count - 1], encoder);
            }
        } else {
            count = groups.take(block);
            for (int row = 0; row < count; row++) {
                encoded.add(block[row], encoder);
            }
        }
        if (count == 0) {
            Arrays.fill(block, null);
            return;
        }
        if (tallies != null) {
            tallies.add(encoded.values(), encoded.observed(), count, used.columns());
        }
        used.score(encoded, scores);
    }

    /** Over the columns that are observed; NaN where no expected values are there. */
    private double squaredError(int row) {
        if (!hasExpectations) {
            return Double.NaN;
        }
        float[] expected = scores.expected();
        int columns = used.columns();
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
