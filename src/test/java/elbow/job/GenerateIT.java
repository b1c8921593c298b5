package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.SharedSpark;
import elbow.data.encoding.Margin;
import elbow.data.encoding.ShareCurve;
import elbow.density.FittedDensities;
import elbow.density.LatentMixture;
import elbow.model.ModelDirectory;
import elbow.use.Generation;
import elbow.use.GenerationPlan;
import elbow.use.GenerationPlan.GapPolicy;
import elbow.use.Take;
import elbow.use.UsedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

/** Rows that a model makes, of a small table of all types. */
class GenerateIT extends UsedTable {
    @Test
    void generatedRowsHaveTypesAndValuesOfTraining() {
        done("generate --model model --rows 1000 --output made --seed 5");

        Dataset<Row> made = read("made");
        assertThat(made.count()).isEqualTo(1000);
        assertThat(made.columns()).containsExactly("size", "weight", "calls", "member", "town", "day", "level");
        assertThat(made.schema().apply("size").dataType()).isEqualTo(DataTypes.DoubleType);
        assertThat(made.schema().apply("calls").dataType()).isIn(DataTypes.IntegerType, DataTypes.LongType);
        assertThat(made.schema().apply("member").dataType()).isEqualTo(DataTypes.BooleanType);
        assertThat(made.filter("town not in ('York', 'Leeds', 'Bath')").count()).isZero();
        assertThat(made.filter("level not between 1 and 5").count()).isZero();
        assertThat(made.filter("day < '2023-01-02' or day > '2024-08-24'").count())
                .isZero();
        assertThat(made.na().drop().count()).isEqualTo(1000);
        Row means = made.selectExpr("avg(size)", "stddev(size)", "corr(size, weight)", "avg(int(member))")
                .head();
        assertThat(means.getDouble(0)).isCloseTo(10, within(1.0));
        assertThat(means.getDouble(1)).isBetween(1.5, 4.5);
        assertThat(means.getDouble(2)).isGreaterThan(0.3);
        assertThat(means.getDouble(3)).isBetween(0.15, 0.55);
        assertThat(elbow.output()).contains("rows     1000");
    }

    @Test
    void theSameSeedMakesTheSameRowsAndAnotherOneOthers() {
        done("generate --model model --rows 50 --output first --seed 1");
        done("generate --model model --rows 50 --output again --seed 1");
        done("generate --model model --rows 50 --output other --seed 2");

        assertThat(read("again").collectAsList()).isEqualTo(read("first").collectAsList());
        assertThat(read("other").collectAsList()).isNotEqualTo(read("first").collectAsList());
    }

    @Test
    void partitionsMakeNoDifferenceToGeneratedRows() {
        UsedModel model = UsedModel.load(new ModelDirectory(
                shared().resolve("model").toString(),
                SharedSpark.session().sparkContext().hadoopConfiguration()));
        for (Optional<String> where : List.of(Optional.<String>empty(), Optional.of("member = true and size < 9"))) {
            List<List<Row>> made = Stream.of(1, 3, 7)
                    .map(partitions -> Generation.of(
                                    SharedSpark.session(),
                                    model,
                                    new GenerationPlan(
                                            500, 11, Take.DRAWN, GapPolicy.AS_IN_TRAINING, where, 3_000, partitions))
                            .rows()
                            .collectAsList())
                    .toList();

            assertThat(made.get(0)).hasSize(500);
            assertThat(made.get(1)).isEqualTo(made.get(0));
            assertThat(made.get(2)).isEqualTo(made.get(0));
        }
    }

    @Test
    void modelsFromBeforeColumnsWereKeptMakeRowsOfUsualTypes() {
        String earlier = Path.of("src/test/resources/elbow/job/earlier/model")
                .toAbsolutePath()
                .toString();
        done("generate --model " + earlier + " --rows 20 --output made");

        assertThat(read("made").count()).isEqualTo(20);
        assertThat(read("made").na().drop().count()).isEqualTo(20);
    }

    @Test
    void valuesAreMissingAsOftenAsInTrainingIfAsked() {
        done("generate --model model --rows 4000 --output made --missing");

        Dataset<Row> made = read("made");
        // Five standard errors.
        assertThat(made.filter("weight is null").count()).isCloseTo(400L, within(95L));
        assertThat(made.filter("town is null").count()).isBetween(230L, 440L);
        assertThat(made.filter("size is null or calls is null").count()).isZero();
    }

    @Test
    void conditionsHoldAndTheirCandidatesAreCounted() {
        done(
                "generate --model model --rows 500 --output made --candidates 20000 --where",
                "town = 'York' and size > 12");

        Dataset<Row> made = read("made");
        assertThat(made.count()).isEqualTo(500);
        assertThat(made.filter("town = 'York' and size > 12").count()).isEqualTo(500);
        // What goes with the condition goes with it here, too.
        assertThat(made.filter("member").count()).isGreaterThan(350);
        assertThat(elbow.output()).contains("effectiveSampleSize").contains("20000");
    }

    @Test
    void aConditionOnANumberThatIsMovedCountsAllThatIsMovedToIt() {
        UsedModel model = UsedModel.load(new ModelDirectory(
                shared().resolve("model").toString(),
                SharedSpark.session().sparkContext().hadoopConfiguration()));
        int latents = model.latentSize();
        double[] identity = new double[latents * (latents + 1) / 2];
        for (int i = 0; i < latents; i++) {
            identity[i * (i + 3) / 2] = 1;
        }
        Optional<LatentMixture> normal = Optional.of(
                new LatentMixture(new double[] {1}, new double[][] {new double[latents]}, new double[][] {identity}));
        double[] drawn =
                made(with(model, normal, Map.of()), 5_000, Optional.empty()).select("size").collectAsList().stream()
                        .mapToDouble(row -> row.getDouble(0))
                        .toArray();
        // The smaller half becomes 0.
        double[] wanted =
                IntStream.range(0, 100).mapToDouble(i -> Math.max(0, i - 50)).toArray();
        Margin margin = new Margin(ShareCurve.of(drawn), ShareCurve.of(wanted));
        UsedModel moved = with(model, normal, Map.of("size", margin));
        Dataset<Row> all = made(moved, 10_000, Optional.empty());
        Row of0 = figures(all.filter("size = 0"));
        Row given0 = figures(made(moved, 10_000, Optional.of("size = 0")));

        assertThat(of0.getLong(0)).isCloseTo(5_100L, within(300L));
        assertThat(given0.getLong(0)).isEqualTo(10_000);
        double deviation = figures(all).getDouble(2);
        assertThat(figures(all).getDouble(1) - of0.getDouble(1)).isGreaterThan(0.3 * deviation);
        assertThat(given0.getDouble(1)).isCloseTo(of0.getDouble(1), within(0.1 * deviation));
        assertThat(given0.getDouble(2)).isCloseTo(of0.getDouble(2), within(0.1 * deviation));
    }

    private static UsedModel with(UsedModel model, Optional<LatentMixture> latents, Map<String, Margin> margins) {
        return new UsedModel(model.model().with(new FittedDensities(latents, margins)), model.columns());
    }

    private static Dataset<Row> made(UsedModel model, long rows, Optional<String> where) {
        GenerationPlan plan = new GenerationPlan(rows, 3, Take.DRAWN, GapPolicy.NONE, where, 20_000, 2);
        return Generation.of(SharedSpark.session(), model, plan).rows();
    }

    private static Row figures(Dataset<Row> rows) {
        return rows.selectExpr("count(1)", "avg(weight)", "stddev(weight)").head();
    }

    @Test
    void conditionsThatCannotHoldAreBadUsage() {
        assertThat(elbow.run("generate --model model --rows 5 --output made --where", "town = 'Rome'"))
                .isEqualTo(2);
        assertThat(elbow.errors())
                .contains("--where must give town a value that it had in training")
                .contains("Leeds");
        assertThat(elbow.run("generate --model model --rows 5 --output made --where", "colour = 'red'"))
                .isEqualTo(2);
        assertThat(elbow.errors()).contains("--where must name columns of the model, but colour is none of them");
        assertThat(elbow.run("generate --model model --rows 5 --output made --where", "calls = 'many'"))
                .isEqualTo(2);
        assertThat(elbow.run("generate --model model --rows 5 --output made --where", "size >"))
                .isEqualTo(2);
        assertThat(elbow.run("generate --model model --rows 5 --output made --where", "size > 1e9"))
                .isEqualTo(2);
        assertThat(elbow.errors()).contains("none does: size > 1e9");
        // A column is one in any case, and the second of its values stands against the first.
        assertThat(elbow.run(
                        "generate --model model --rows 5 --output made --where", "town = 'York' and TOWN = 'Leeds'"))
                .isEqualTo(2);
        assertThat(elbow.errors()).contains("none does: town = 'York' and TOWN = 'Leeds'");
        assertThat(directory.resolve("made")).doesNotExist();
    }

    @Test
    void impossibleNumbersAreBadUsage() {
        assertThat(elbow.run("generate --model model --rows 0 --output made")).isEqualTo(2);
        assertThat(elbow.errors()).contains("--rows must be at least 1, but is 0");
        assertThat(elbow.run("impute --model model --input rows.csv --output made --imputations 0"))
                .isEqualTo(2);
        assertThat(elbow.run("impute --model model --input rows.csv --output made --samples 1"))
                .isEqualTo(2);
        assertThat(elbow.run(
                        "interpolate --model model --input rows.csv --output made --steps 1 --from",
                        "id = 1",
                        "--to",
                        "id = 2"))
                .isEqualTo(2);
        assertThat(elbow.run(
                        "arithmetic --model model --input rows.csv --output made --strength NaN --from",
                        "id = 1",
                        "--to",
                        "id = 2",
                        "--apply",
                        "id = 3"))
                .isEqualTo(2);
        assertThat(elbow.run("generate --model model --rows 5 --output made --png"))
                .isEqualTo(2);
        assertThat(elbow.run("encode --model model --input rows.csv --output made --vector --output-format csv"))
                .isEqualTo(2);
        assertThat(elbow.run("encode --model nothing --input rows.csv --output made"))
                .isEqualTo(4);
    }
}
