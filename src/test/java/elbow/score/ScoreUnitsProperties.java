package elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.data.encoding.NumberScale;
import elbow.data.feature.CountFeature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.NumberLikelihood;
import elbow.data.feature.PositiveFeature;
import elbow.data.feature.RealFeature;
import elbow.data.table.Markers;
import elbow.score.AnomalyScoring.Formula;
import elbow.vae.RowScores;
import elbow.vae.RowScores.Detail;
import elbow.vae.VaeSpec;
import elbow.vae.input.InputTransform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;

/**
 * What a column is measured in makes no row stranger: a table with gaps in columns of every kind of number, and the
 * same with its measured columns times powers of two. Counts have no unit. Powers of two change no digit, so that the
 * fitted statistics of the other table are those of the first times the power.
 *
 * <p>Scores are the same to the bit but for the positive column: exp(mean of logarithms) rounds otherwise when the mean
 * has moved by a multiple of log 2, and so a number that is encoded between two floats may go to the other one.
 */
class ScoreUnitsProperties {
    private static final double ROUNDING = 1e-4;
    private static final int ROWS = 60;
    private static final StructType SCHEMA = new StructType()
            .add("plain", DataTypes.DoubleType)
            .add("tailed", DataTypes.DoubleType)
            .add("heavy", DataTypes.DoubleType)
            .add("price", DataTypes.DoubleType)
            .add("visits", DataTypes.DoubleType)
            .add("clicks", DataTypes.DoubleType);
    private static final int COLUMNS = SCHEMA.size();

    @Property(tries = 100)
    void rowsAreAsStrangeInOtherUnits(
            @ForAll @IntRange(min = -60, max = 60) int plain,
            @ForAll @IntRange(min = -60, max = 60) int tailed,
            @ForAll @IntRange(min = -60, max = 60) int heavy,
            @ForAll @IntRange(min = -60, max = 60) int price,
            @ForAll @IntRange(min = 0, max = 2) int samples,
            @ForAll long seed) {
        Scored first = new Scored(new int[COLUMNS], samples, seed);
        Scored other = new Scored(new int[] {plain, tailed, heavy, price, 0, 0}, samples, seed);

        for (int row = 0; row < ROWS; row++) {
            assertThat(other.score(row)).isCloseTo(first.score(row), rounding(first.score(row)));
            double sum = other.latent(row);
            for (int column = 0; column < COLUMNS; column++) {
                double part = other.part(row, column);
                assertThat(part).isCloseTo(first.part(row, column), rounding(first.part(row, column)));
                sum += part;
            }
            assertThat(sum).isCloseTo(other.score(row), within(1e-9 * Math.max(1, Math.abs(sum))));
        }
        int[] order = IntStream.range(0, ROWS)
                .boxed()
                .sorted(Comparator.comparingDouble(first::score))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 1; i < ROWS; i++) {
            double below = other.score(order[i - 1]);
            assertThat(other.score(order[i])).isGreaterThanOrEqualTo(below - ROUNDING * Math.abs(below));
        }
    }

    @Property(tries = 50)
    void scoresAreTheSameToTheBitWhereNoLogarithmIsRounded(
            @ForAll @IntRange(min = -300, max = 300) int plain,
            @ForAll @IntRange(min = -300, max = 300) int tailed,
            @ForAll @IntRange(min = -300, max = 300) int heavy,
            @ForAll long seed) {
        Scored first = new Scored(new int[COLUMNS], 1, seed);
        Scored other = new Scored(new int[] {plain, tailed, heavy, 0, 0, 0}, 1, seed);

        for (int row = 0; row < ROWS; row++) {
            assertThat(other.score(row)).isEqualTo(first.score(row));
        }
    }

    @Property(tries = 20)
    void inTheirOwnUnitsRowsWithAndWithoutAGapAreCompared(
            @ForAll @IntRange(min = 1, max = 60) int plain, @ForAll long seed) {
        Scored first = new Scored(new int[COLUMNS], 0, seed);
        Scored other = new Scored(new int[] {plain, 0, 0, 0, 0, 0}, 0, seed);

        for (int row = 0; row < ROWS; row++) {
            double unit = first.lacks(row, 0) ? 0 : plain * Math.log(2);
            double found = other.scoreInOwnUnits(row) - first.scoreInOwnUnits(row);
            assertThat(found).isCloseTo(unit, within(1e-9 * Math.max(1, Math.abs(first.scoreInOwnUnits(row)))));
        }
    }

    private static org.assertj.core.data.Offset<Double> rounding(double value) {
        return within(ROUNDING * Math.max(1, Math.abs(value)));
    }

    /** The rows of a seed, by a model whose parameters do not depend on units. */
    private static final class Scored {
        private final AnomalyScoring scoring;
        private final AnomalyScoring ownUnits;
        private final ColumnParts parts;
        private final EncodedRows rows;
        private final RowScores scores;
        private final List<Row> table;

        Scored(int[] powers, int samples, long seed) {
            FeatureEncoder encoder = encoder(powers);
            scoring = AnomalyScoring.of(Formula.ENCODED, encoder);
            ownUnits = AnomalyScoring.of(Formula.ELBO, encoder);
            parts = new ColumnParts(encoder.layout(), scoring);
            table = rows(powers, seed);
            rows = SmallModels.encoded(encoder, SCHEMA, table);
            try (ModelInTask used = new ModelInTask(SmallModels.scoring(network(encoder), samples))) {
                scores = used.newScores(Set.of(Detail.COLUMNS));
                used.score(rows, scores);
            }
        }

        double score(int row) {
            return scoring.score(scores.elbo(row), rows, row);
        }

        double scoreInOwnUnits(int row) {
            return ownUnits.score(scores.elbo(row), rows, row);
        }

        double part(int row, int column) {
            return parts.of(rows, scores, row)[column];
        }

        double latent(int row) {
            return scores.kl(row);
        }

        boolean lacks(int row, int column) {
            return table.get(row).isNullAt(column);
        }
    }

    private static FeatureEncoder encoder(int[] powers) {
        double plain = unit(powers[0]);
        double tailed = unit(powers[1]);
        double heavy = unit(powers[2]);
        double price = unit(powers[3]);
        return new FeatureEncoder(
                List.of(
                        real("plain", new NumberScale(false, 0, 1, plain, 2 * plain), NumberLikelihood.GAUSSIAN),
                        real(
                                "tailed",
                                new NumberScale(true, 3 * tailed, 0.5 * tailed, 0.25, 2),
                                NumberLikelihood.GAUSSIAN),
                        real("heavy", new NumberScale(false, 0, 1, 0, 3 * heavy), NumberLikelihood.STUDENT_T),
                        new PositiveFeature(
                                "price", 2 + powers[3] * Math.log(2), 0.5, 0.01 * price, 1000 * price, true),
                        new CountFeature("visits", 3, 1, 0.5, 100, NumberLikelihood.POISSON, true),
                        new CountFeature("clicks", 5, 1.5, 0.7, 100, NumberLikelihood.NEGATIVE_BINOMIAL, true)),
                InputTransform.NONE,
                new Markers(List.of()),
                Set.of(),
                List.of());
    }

    private static RealFeature real(String column, NumberScale scale, NumberLikelihood likelihood) {
        double reach = 1000 * scale.unit() * scale.deviation();
        return new RealFeature(column, scale, -reach, reach, likelihood, true);
    }

    private static MultiLayerNetwork network(FeatureEncoder encoder) {
        VaeSpec spec = SmallModels.spec(encoder, 2);
        Random random = new Random(3);
        float[] parameters = new float[(int) SmallModels.network(spec).numParams()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) (0.2 * random.nextGaussian());
        }
        return SmallModels.network(spec, parameters, 7);
    }

    private static List<Row> rows(int[] powers, long seed) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            double[] values = {
                1 + 2 * random.nextGaussian(),
                3 + 0.5 * Math.sinh(0.25 + 2 * random.nextGaussian()),
                3 * random.nextGaussian(),
                Math.exp(2 + 0.5 * random.nextGaussian()),
                random.nextInt(8),
                random.nextInt(30)
            };
            @Nullable Object[] row = new @Nullable Object[COLUMNS];
            for (int column = 0; column < COLUMNS; column++) {
                row[column] = random.nextInt(4) == 0 ? null : values[column] * unit(powers[column]);
            }
            rows.add(RowFactory.create(row));
        }
        return rows;
    }

    private static double unit(int power) {
        return Math.scalb(1.0, power);
    }
}
