package elbow.fit;

import elbow.base.Configuration;
import elbow.data.encoding.Margin;
import elbow.data.encoding.RowDecoder;
import elbow.data.encoding.ShareCurve;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TableColumns;
import elbow.data.reference.SampledRow;
import elbow.density.LatentMixture;
import elbow.score.ModelInTask;
import elbow.score.ScoringModel;
import elbow.vae.VaeGenerator;
import elbow.vae.input.RowBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * What moves the draws of columns of numbers to where the training rows are. A column's draws are moved if their
 * distribution function differs from that of the training rows by more than {@value #LEAST_DISTANCE}, and by what
 * chance makes of so many rows and draws.
 *
 * @param byColumn the margins of the columns whose draws are moved
 * @param words what is moved and why, in a sentence
 */
record FitMargins(Map<String, Margin> byColumn, String words) {
    static final String KEY = "generation.margins";

    /** Largest difference of two distribution functions that is left as it is. */
    static final double LEAST_DISTANCE = 0.01;

    /**
     * Of the difference of two samples of one distribution, which one in twenty exceeds, times the root of their size.
     */
    private static final double CHANCE = 1.36;

    /** Training rows that have a value, at least. */
    private static final int LEAST_ROWS = 50;

    // Draws that are looked at: twice as many as rows.
    private static final int LEAST_DRAWS = 1 << 12;
    private static final int MOST_DRAWS = 1 << 15;

    /** Of the numbers of rows whose draws are looked at: no one makes so many. */
    private static final long FIRST_NUMBER = 1L << 56;

    /** How the margins are by the word of the configuration. */
    enum Kind {
        MODEL,
        TRAINING
    }

    /**
     * What the configuration says; for {@value Configuration#AUTO} those of columns whose own is far from it.
     *
     * @param mixture that latents are drawn from; empty: the prior
     */
    static FitMargins of(
            Configuration settings,
            ScoringModel model,
            FeatureEncoder encoder,
            TableColumns table,
            Optional<LatentMixture> mixture,
            List<SampledRow> rows) {
        Optional<Kind> asked = settings.choiceOrAuto(KEY, Kind.class);
        List<String> numbers = encoder.layout().columnsOfNumbers();
        if (numbers.isEmpty() || rows.size() < LEAST_ROWS || asked.equals(Optional.of(Kind.MODEL))) {
            return new FitMargins(Map.of(), "");
        }
        RowDecoder decoder = table.decoder(encoder, table.schema(encoder), UnaryOperator.identity());
        int[] cells =
                numbers.stream().mapToInt(encoder.layout().columns()::indexOf).toArray();
        Numbers[] drawn = drawn(model, rows, mixture, decoder, cells);
        Map<String, Margin> margins = new TreeMap<>();
        double farthest = 0;
        for (int i = 0; i < cells.length; i++) {
            int cell = cells[i];
            Numbers seen = new Numbers();
            for (SampledRow row : rows) {
                if (row.has(decoder.offset(cell))) {
                    seen.add(row.encoded()[decoder.offset(cell)]);
                }
            }
            if (seen.count >= LEAST_ROWS && drawn[i].count >= LEAST_ROWS) {
                Margin margin = new Margin(
                        ShareCurve.of(drawn[i].all()),
                        ShareCurve.of(seen.all()).with(encoded -> decoder.shortestNumber(cell, (float) encoded)));
                double distance = margin.drawn().distance(margin.training());
                double chance = CHANCE * Math.sqrt(1.0 / seen.count + 1.0 / drawn[i].count);
                if (asked.isPresent() || distance > LEAST_DISTANCE + chance) {
                    margins.put(numbers.get(i), margin);
                    farthest = Math.max(farthest, distance);
                }
            }
        }
        return new FitMargins(margins, words(margins.size(), numbers.size(), farthest));
    }

    /** For the report; empty: there are no columns of numbers. */
    Optional<String> fact() {
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    private static String words(int moved, int all, double farthest) {
        return moved == 0
                ? "Numbers of rows that are made are spread as those of training"
                : String.format(
                        Locale.ROOT,
                        "Numbers of rows that are made are moved to the distributions of training in %,d of %,d columns of"
                                + " numbers, from which they differ by up to %.0f %%; %s=model leaves them",
                        moved,
                        all,
                        100 * farthest,
                        KEY);
    }

    // Of each of those cells.
    private static Numbers[] drawn(
            ScoringModel model,
            List<SampledRow> rows,
            Optional<LatentMixture> mixture,
            RowDecoder decoder,
            int[] cells) {
        Numbers[] drawn = new Numbers[cells.length];
        Arrays.setAll(drawn, i -> new Numbers());
        int count = Math.min(MOST_DRAWS, Math.max(LEAST_DRAWS, 2 * rows.size()));
        try (ModelInTask used = new ModelInTask(model)) {
            VaeGenerator generator = used.generator();
            LatentSetter latents = new LatentSetter(used, model.seed(), mixture, rows);
            float[] encoded = new float[generator.blockRows() * used.columns()];
            for (int first = 0; first < count; first += generator.blockRows()) {
                int block = Math.min(generator.blockRows(), count - first);
                long[] numbers = LongStream.range(FIRST_NUMBER + first, FIRST_NUMBER + first + block)
                        .toArray();
                latents.set(numbers, first);
                generator.draw(model.seed(), numbers, 0, encoded);
                for (int row = 0; row < block; row++) {
                    for (int i = 0; i < cells.length; i++) {
                        double number = decoder.number(cells[i], encoded, row * used.columns());
                        if (Double.isFinite(number)) {
                            drawn[i].add(number);
                        }
                    }
                }
            }
        }
        return drawn;
    }

    /** Sets latents to draws by number, under the conditions of training rows in turn. */
    private static final class LatentSetter {
        private final ModelInTask used;
        private final long seed;
        private final Optional<LatentMixture.Draws> draws;
        private final List<SampledRow> rows;
        private final boolean conditional;

        LatentSetter(ModelInTask used, long seed, Optional<LatentMixture> mixture, List<SampledRow> rows) {
            this.used = used;
            this.seed = seed;
            draws = mixture.map(density -> density.draws(seed));
            this.rows = rows;
            conditional = used.generator().spec().isConditional();
        }

        void set(long[] numbers, int first) {
            VaeGenerator generator = used.generator();
            if (draws.isEmpty() && !conditional) {
                generator.drawPrior(seed, numbers, numbers.length);
            } else if (draws.isEmpty()) {
                generator.drawPrior(seed, numbers, conditions(numbers.length, first));
            } else {
                float[] latents = new float[numbers.length * used.latentSize()];
                for (int row = 0; row < numbers.length; row++) {
                    draws.get().draw(numbers[row], latents, row * used.latentSize());
                }
                if (conditional) {
                    generator.put(latents, conditions(numbers.length, first));
                } else {
                    generator.put(latents, numbers.length);
                }
            }
        }

        private RowBatch conditions(int count, int first) {
            RowBatch batch = new RowBatch(used.columns(), count);
            for (int row = 0; row < count; row++) {
                rows.get((first + row) % rows.size()).copy(batch.values(), batch.mask(), row * batch.columns());
            }
            batch.holdWithGaps(count);
            return batch;
        }
    }

    /** Some numbers. */
    private static final class Numbers {
        private double[] values = new double[1 << 10];
        private int count;

        void add(double value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }

        double[] all() {
            return Arrays.copyOf(values, count);
        }
    }
}
