package elbow.use;

import elbow.data.encoding.RowDecoder;
import elbow.density.LatentMixture;
import elbow.math.noise.KeyedNoise;
import elbow.math.noise.NoiseStream;
import elbow.score.ModelInTask;
import elbow.vae.VaeGenerator;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** How rows are made from their numbers. Goes to executors. */
final class Maker implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The draw of rows. */
    private static final int ROWS = 0;

    /** The draw of candidates, whose numbers are as those of rows. */
    static final int CANDIDATES = 1;

    private final RowDecoder decoder;
    private final @Nullable LatentMixture latentDensity;
    private final long seed;
    private final Take take;
    private final double[] gapShares;
    private final @Nullable Candidates candidates;
    private final @Nullable GivenConditions conditions;
    private final int[] conditionPlaces;
    private final int width;
    private final int sample;

    private Maker(
            UsedModel model,
            StructType schema,
            GenerationPlan plan,
            @Nullable GivenConditions conditions,
            double[] gapShares,
            @Nullable Candidates candidates,
            int sample) {
        decoder = model.generatingDecoder(schema);
        latentDensity = model.latentDensity();
        seed = plan.seed();
        take = plan.take();
        this.gapShares = gapShares.clone();
        this.candidates = candidates;
        this.conditions = conditions;
        conditionPlaces =
                model.conditions().stream().mapToInt(schema::fieldIndex).toArray();
        width = schema.size();
        this.sample = sample;
    }

    /**
     * One of rows.
     *
     * @param conditions that numbers have; null: the model has none
     * @param gapShares how often the value of each cell is missing; empty: never
     * @param candidates where latents are from; null: the prior
     */
    static Maker ofRows(
            UsedModel model,
            StructType schema,
            GenerationPlan plan,
            @Nullable GivenConditions conditions,
            double[] gapShares,
            @Nullable Candidates candidates) {
        return new Maker(model, schema, plan, conditions, gapShares, candidates, ROWS);
    }

    /** One of candidates, complete, with their numbers at the end. */
    static Maker ofCandidates(
            UsedModel model, StructType schema, GenerationPlan plan, @Nullable GivenConditions conditions) {
        return new Maker(model, schema, plan, conditions, new double[0], null, CANDIDATES);
    }

    /** What makes rows in one task. */
    Blocks blocks(ModelInTask used) {
        return new Blocks(used);
    }

    /** Makes rows a block at a time. */
    final class Blocks {
        private final VaeGenerator generator;
        private final int columns;
        private final RowWriter writer = new RowWriter(decoder, take, seed);
        private final PriorDraws draws;
        private final long[] numbers;
        private final long[] latents;
        private final float[] encoded;
        private final float[] ofCandidates;
        private final int[] gapWords = new int[decoder.cells() + KeyedNoise.WORDS - 1];
        private final int[] choice = new int[KeyedNoise.WORDS];

        private Blocks(ModelInTask used) {
            generator = used.generator();
            columns = used.columns();
            draws = new PriorDraws(used, latentDensity, conditions, seed);
            numbers = new long[used.generator().blockRows()];
            latents = new long[used.generator().blockRows()];
            encoded = new float[used.generator().blockRows() * columns];
            ofCandidates = new float[candidates == null ? 0 : encoded.length];
        }

        int most() {
            return numbers.length;
        }

        /** Adds rows {@code first .. first + count}. */
        void add(long first, int count, List<InternalRow> made) {
            for (int row = 0; row < count; row++) {
                numbers[row] = first + row;
                latents[row] = candidates == null ? numbers[row] : chosen(numbers[row], candidates);
            }
            draws.draw(latents, count);
            values(numbers, sample, encoded);
            if (candidates != null && candidates.repeatsValues()) {
                values(latents, CANDIDATES, ofCandidates);
            }
            for (int row = 0; row < count; row++) {
                made.add(row(row));
            }
        }

        private void values(long[] keys, int draw, float[] target) {
            if (take == Take.DRAWN) {
                generator.draw(seed, keys, draw, target);
            } else {
                generator.expected(target);
            }
        }

        private long chosen(long number, Candidates from) {
            KeyedNoise.bits(NoiseStream.CHOICES.key(seed, 0), number, -1, 2, choice);
            return from.at((KeyedNoise.uniform(choice[0]) * 0x1p32 + KeyedNoise.uniform(choice[1])) * 0x1p-32);
        }

        private InternalRow row(int row) {
            // A candidate says its number, too.
            boolean numbered = sample == CANDIDATES;
            @Nullable Object[] values = new @Nullable Object[width + (numbered ? 1 : 0)];
            if (numbered) {
                values[width] = numbers[row];
            }
            draws.put(row, conditionPlaces, values);
            writer.begin(numbers[row], sample);
            for (int cell = 0; cell < decoder.cells(); cell++) {
                writer.write(cell, encoded, row * columns, values);
            }
            if (candidates != null) {
                candidates.put(writer, ofCandidates, row * columns, latents[row], values);
            }
            if (gapShares.length > 0) {
                KeyedNoise.bits(NoiseStream.GAPS.key(seed, 0), numbers[row], 0, gapShares.length, gapWords);
                for (int cell = 0; cell < gapShares.length; cell++) {
                    if (KeyedNoise.uniform(gapWords[cell]) < gapShares[cell]) {
                        values[decoder.place(cell)] = null;
                    }
                }
            }
            return new GenericInternalRow(values);
        }
    }
}
