package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.SharedSpark;
import elbow.data.feature.Feature;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A shop sells as much as its place and the hour make usual, at a price that has nothing to do with either: what is
 * usual for one shop and hour is strange for another.
 */
class ConditionsIT {
    private static final List<String> SHOPS = List.of("north", "south", "west");
    private static final String TRAIN = "train --input sales.csv -D training.replicas=1 ";

    @TempDir
    private static Path directory = Path.of("");

    private final CommandLineRun command = new CommandLineRun(directory);

    @BeforeAll
    static void train() throws IOException {
        SharedSpark.session();
        CommandLineRun run = new CommandLineRun(directory);
        run.write("sales.csv", sales());
        assertThat(run.run(TRAIN
                        + "--conditions shop,hour -D model.prior=conditional -D training.epochs=150 -D training.learning-rate=0.005"
                        + " --model model"))
                .as(run.errors())
                .isZero();
        assertThat(run.errors()).contains("2 columns given hour, shop");
        assertThat(run.run(TRAIN + "--ignore shop,hour -D training.epochs=20 --model without"))
                .as(run.errors())
                .isZero();
    }

    @BeforeEach
    void begin() {
        SharedSpark.session();
    }

    private static double usual(String shop, int hour) {
        return 20 * SHOPS.indexOf(shop) + 10 * Math.sin((hour - 8) / 12.0 * Math.PI);
    }

    private static String sales() {
        Random random = new Random(1);
        StringBuilder rows = new StringBuilder("shop,hour,sold,price\n");
        for (int i = 0; i < 2_000; i++) {
            String shop = SHOPS.get(random.nextInt(3));
            int hour = 8 + random.nextInt(13);
            rows.append(row(shop, hour, usual(shop, hour) + random.nextGaussian(), 5 + random.nextGaussian()));
        }
        return rows.toString();
    }

    private static String row(String shop, int hour, double sold, double price) {
        return String.format(Locale.ROOT, "%s,%d,%.3f,%.3f%n", shop, hour, sold, price);
    }

    @Test
    void aRowThatIsUsualInItselfIsStrangeForItsShopAndHour() throws IOException {
        command.write(
                "new/rows.csv",
                "shop,hour,sold,price\n" + row("north", 14, 10, 5) + row("west", 14, 50, 5) + row("west", 14, 10, 5)
                        + row("north", 20, 10, 5));
        Map<String, Row> scored = scored("model");
        Map<String, Row> without = scored("without");

        assertThat(isAnomaly(scored, "north 14 10.0")).isFalse();
        assertThat(isAnomaly(scored, "west 14 50.0")).isFalse();
        assertThat(isAnomaly(scored, "west 14 10.0")).isTrue();
        assertThat(isAnomaly(scored, "north 20 10.0")).isTrue();
        // Without its shop and hour it is as usual as any.
        assertThat(isAnomaly(without, "west 14 10.0")).isFalse();
        assertThat(isAnomaly(without, "north 20 10.0")).isFalse();

        Row row = found(scored, "west 14 10.0");
        List<Row> strange = row.getList(row.fieldIndex("contributions"));
        assertThat(strange.stream().map(part -> part.getString(0))).containsExactly("sold", "price", "latent");
        assertThat(strange.get(0).getDouble(1)).isGreaterThan(10);
        assertThat(Double.parseDouble(strange.get(0).getString(3))).isCloseTo(50, within(3.0));
    }

    private Map<String, Row> scored(String model) {
        assertThat(command.run("score --input new --output scored/" + model
                        + " --explain 9 --keep shop,hour,sold --model " + model))
                .as(command.errors())
                .isZero();
        Map<String, Row> rows = new HashMap<>();
        Dataset<Row> scores = SharedSpark.session()
                .read()
                .parquet(directory.resolve("scored/" + model).toString());
        for (Row row : scores.collectAsList()) {
            rows.put(row.get(0) + " " + row.get(1) + " " + Double.parseDouble(String.valueOf(row.get(2))), row);
        }
        return rows;
    }

    private static boolean isAnomaly(Map<String, Row> rows, String name) {
        Row row = found(rows, name);
        return row.getBoolean(row.fieldIndex("is_anomaly"));
    }

    private static Row found(Map<String, Row> rows, String name) {
        return Objects.requireNonNull(rows.get(name), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shop = 'west'", "price > 5"})
    void rowsAreNotMadeWhileConditionsAreOpen(String where) {
        String[] more = where.isEmpty() ? new String[0] : new String[] {"--where", where};
        assertThat(command.run("generate --model model --output none --rows 3", more))
                .isEqualTo(2);
        assertThat(command.errors())
                .contains("--conditions-from must be given for a model of columns given ")
                .contains(
                        ", of which it does not know how they were spread together, or --where must give each a value;"
                                + " open is hour");
        assertThat(directory.resolve("none")).doesNotExist();
    }

    private Dataset<Row> made(String words, String... more) {
        assertThat(command.run(words.replaceFirst(" ", " --model model --output made --overwrite "), more))
                .as(command.errors())
                .isZero();
        return SharedSpark.session().read().parquet(directory.resolve("made").toString());
    }

    private static double mean(Dataset<Row> rows, String column) {
        return rows.selectExpr("avg(" + column + ")").head().getDouble(0);
    }

    @Test
    void rowsAreMadeUnderConditionsThatAreFixed() {
        Dataset<Row> rows = made("generate --rows 500 --where", "hour = 14 and shop = 'west'");

        assertThat(rows.columns()).containsExactly("shop", "hour", "sold", "price");
        assertThat(rows.filter("shop = 'west' and hour = 14").count()).isEqualTo(500);
        assertThat(mean(rows, "sold")).isCloseTo(usual("west", 14), within(1.5));
        assertThat(mean(rows, "price")).isCloseTo(5, within(0.5));
        // No candidates are needed: nothing is weighed.
        assertThat(command.output()).doesNotContain("candidates");
    }

    @Test
    void rowsOfATableOfConditionsAreTakenInTurnAsTheyStand() throws IOException {
        command.write("given.csv", "hour,note,shop\n9,a,north\n14,b,west\n20,c,east\n");
        Dataset<Row> rows = made("generate --rows 900 --conditions-from given.csv");

        assertThat(rows.groupBy("shop", "hour").count().collectAsList())
                .extracting(row -> row.get(0) + " " + row.get(1) + " " + row.get(2))
                .containsExactlyInAnyOrder("north 9 300", "west 14 300", "east 20 300");
        assertThat(mean(rows.filter("shop = 'north'"), "sold")).isCloseTo(usual("north", 9), within(1.5));
        assertThat(mean(rows.filter("shop = 'west'"), "sold")).isCloseTo(usual("west", 14), within(1.5));

        Dataset<Row> fixed = made("generate --rows 30 --conditions-from given.csv --where", "shop = 'south'");
        assertThat(fixed.filter("shop = 'south'").count()).isEqualTo(30);
        assertThat(fixed.select("hour").distinct().count()).isEqualTo(3);

        Dataset<Row> some = made(
                "generate --rows 300 --conditions-from given.csv --candidates 9000 --where",
                "sold > 35 and price > 5 and hour < 20");
        assertThat(some.filter("shop = 'west' and hour = 14 and sold > 35 and price > 5")
                        .count())
                .isEqualTo(300);
        assertThat(command.output()).contains("effectiveSampleSize");
    }

    @Test
    void badTablesOfConditionsAreRefused() throws IOException {
        command.write("bad/lacks.csv", "shop,sold\nnorth,1\n");
        command.write("bad/wrong.csv", "shop,hour\nnorth,early\n");
        command.write("bad/none.csv", "shop,hour\n");
        for (String name : List.of("lacks", "wrong", "none")) {
            assertThat(command.run(
                            "generate --rows 3 --model model --output none --conditions-from bad/" + name + ".csv"))
                    .as(name)
                    .isEqualTo(3);
            assertThat(command.errors()).as(name).doesNotContain("Exception");
        }
        assertThat(command.run("generate --rows 3 --model without --output none --conditions-from sales.csv"))
                .isEqualTo(2);
        assertThat(command.errors()).contains("--conditions-from must be given for a model with conditions alone");
        assertThat(command.run(
                        "generate --rows 3 --model model --output none --candidates 9 --conditions-from sales.csv --where",
                        "sold > 1"))
                .isEqualTo(2);
        assertThat(command.errors()).contains("--candidates must be at least the number of rows of conditions, 2000");
        assertThat(directory.resolve("none")).doesNotExist();
    }

    @Test
    void theOnlyConditionIsDrawnAsInTrainingIfItIsACategory() {
        assertThat(command.run(TRAIN + "--conditions shop --ignore hour -D training.epochs=2 --model ofShop"))
                .as(command.errors())
                .isZero();
        assertThat(command.run("generate --rows 3000 --model ofShop --output shops"))
                .as(command.errors())
                .isZero();

        Dataset<Row> rows =
                SharedSpark.session().read().parquet(directory.resolve("shops").toString());
        // A third of the rows each, within five standard errors of both.
        for (String shop : SHOPS) {
            assertThat(rows.filter("shop = '" + shop + "'").count()).isBetween(700L, 1300L);
        }
        assertThat(rows.filter("shop is null").count()).isZero();
    }

    @Test
    void conditionsPassThroughWhereRowsAreChanged() throws IOException {
        command.write(
                "few.csv",
                "id,shop,hour,sold,price\n1,north,14,10,5\n2,west,14,,5\n3,east,20,10,5\n4,,9,12,5\n5,west,,50,\n");

        Dataset<Row> rebuilt = made("reconstruct --input few.csv --keep id").orderBy("id");
        assertThat(rebuilt.collectAsList())
                .extracting(row -> row.getAs("id") + " " + row.getAs("shop") + " " + row.getAs("hour"))
                .containsExactly("1 north 14", "2 west 14", "3 east 20", "4 null 9", "5 west null");
        assertThat(rebuilt.filter("id = 1").head().<Double>getAs("sold")).isCloseTo(usual("north", 14), within(2.0));

        Dataset<Row> complete = made("impute --input few.csv").orderBy("id");
        assertThat(complete.collectAsList())
                .extracting(row -> row.getAs("id") + " " + row.getAs("shop") + " " + row.getAs("hour"))
                .containsExactly("1 north 14", "2 west 14", "3 east 20", "4 null 9", "5 west null");
        assertThat(complete.filter("id = 2").selectExpr("double(sold)").head().getDouble(0))
                .isCloseTo(usual("west", 14), within(2.5));
        assertThat(complete.filter("id = 4").head().<Object>getAs("imputed")).isNull();
        assertThat(complete.filter("id = 5").selectExpr("imputed.column").head().getList(0))
                .isEqualTo(List.of("price"));

        Dataset<Row> way = made("interpolate --input few.csv --steps 4 --from", "id = 1", "--to", "id = 3");
        assertThat(way.filter("shop = 'north' and hour = 14").count()).isEqualTo(4);

        Dataset<Row> moved =
                made("arithmetic --input few.csv --keep id --from", "id = 1", "--to", "id = 3", "--apply", "id <> 3");
        assertThat(moved.orderBy("id").collectAsList())
                .extracting(row -> row.getAs("id") + " " + row.getAs("shop") + " " + row.getAs("hour"))
                .containsExactly("1 north 14", "2 west 14", "4 null 9", "5 west null");
    }

    @Test
    void rowsAreEncodedGivenTheirConditions() {
        assertThat(command.run("encode --input sales.csv --model model --output latents"))
                .as(command.errors())
                .isZero();
        assertThat(SharedSpark.session()
                        .read()
                        .parquet(directory.resolve("latents").toString())
                        .count())
                .isEqualTo(2_000);
    }

    @Test
    void theElboIsThatOfTheOtherColumnsGivenTheConditions() {
        assertThat(command.run("evaluate --model model --input sales.csv --samples 50"))
                .as(command.errors())
                .isZero();
        double elbo = command.output()
                .lines()
                .filter(line -> line.startsWith("elbo "))
                .mapToDouble(line -> Double.parseDouble(line.substring(4).strip()))
                .findFirst()
                .orElseThrow();
        // Two normal numbers of deviation 1 given shop and hour have an entropy of 2.84 nats; not given them, of 5.5.
        assertThat(elbo).isBetween(-3.3, -2.7);
    }

    @Test
    void theModelSaysWhatIsACondition() throws IOException {
        TrainedModel model = new ModelDirectory(directory.resolve("model").toString(), new Configuration()).load();
        assertThat(model.encoder().modelled().stream().map(Feature::column)).containsExactly("sold", "price");
        assertThat(model.encoder().conditions().stream().map(Feature::column))
                .containsExactlyInAnyOrder("shop", "hour");
        assertThat(model.layer().spec().row().modelledColumns()).isEqualTo(2);
        assertThat(model.manifest().settings()).containsEntry("data.conditions", "[\"shop\",\"hour\"]");
        assertThat(command.run("inspect --model model")).isZero();
        assertThat(command.output()).containsPattern("shop +categorical +condition");
    }

    @Test
    void conditionsUnseenInTrainingAreReported() throws IOException {
        command.write(
                "odd.csv",
                "shop,hour,sold,price\n" + row("east", 14, 30, 5) + row("", 14, 30, 5) + row("west", 14, 50, 5));
        assertThat(command.run("score --model model --input odd.csv --output odd --keep shop"))
                .as(command.errors())
                .isZero();
        String unseen =
                "condition shop: training has not seen the value of 1 of 3 rows, scored as at the average of the"
                        + " training rows";
        String missing = "condition shop: no value in 1 of 3 rows, scored as at the average of the training rows, which"
                + " all have one";
        assertThat(command.errors()).contains(unseen, missing);
        List<Row> scores = SharedSpark.session()
                .read()
                .parquet(directory.resolve("odd").toString())
                .filter("shop is null or shop <> 'west'")
                .select("elbo")
                .collectAsList();
        assertThat(scores).hasSize(2);
        assertThat(scores.get(0)).isEqualTo(scores.get(1));
        assertThat(command.run("evaluate --model model --input odd.csv")).isZero();
        assertThat(command.errors()).contains(unseen, missing);
    }

    @Test
    void aStreamAndACalibrationGoByTheConditionsToo() throws IOException {
        command.write("stream/rows.csv", "shop,hour,sold,price\n" + row("west", 14, 10, 5) + row("east", 9, 10, 5));
        assertThat(command.run("score --model model --input stream --output streamed --stream --checkpoint state"
                        + " --keep shop"))
                .as(command.errors())
                .isZero();
        assertThat(command.errors()).contains("condition shop: training has not seen the value of 1 of 2 rows");
        assertThat(SharedSpark.session()
                        .read()
                        .parquet(directory.resolve("streamed").toString())
                        .filter("shop = 'west' and is_anomaly")
                        .count())
                .isEqualTo(1);
        command.copyModel(directory.resolve("model"), "calibrated");
        assertThat(command.run("calibrate --model calibrated --input sales.csv"))
                .as(command.errors())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--conditions place | 2 | data.conditions must name columns of the input, but \"place\" is none of them",
                "--conditions shop,shop | 2 | data.conditions must name a column once, but is shop",
                "--conditions shop --ignore shop | 2 | data.conditions must not name shop, which is to be left out (--ignore)",
                "--conditions shop --label shop=west | 2 | data.conditions must not name shop, which says what rows are"
                        + " trained on (--label) and is no feature",
                "--conditions shop --normal-only shop=west | 2 | data.conditions must not name shop, which says what rows"
                        + " are trained on (--normal-only) and is no feature",
                "--conditions shop,hour,sold,price | 2 | data.conditions must leave a column to be modelled, but names"
                        + " all: shop, hour, sold, price",
                "-D model.prior=conditional | 2 | model.prior must not be conditional without data.conditions, but is"
                        + " conditional",
            })
    void invalidConditionsAreRefused(String options, int code, String message) {
        assertThat(command.run(TRAIN + options + " --model none")).isEqualTo(code);
        assertThat(command.errors()).contains(message);
    }

    @Test
    void aConditionThatSaysNothingIsRefusedByItsReason() throws IOException {
        command.write("same.csv", sales().replace("south", "north").replace("west", "north"));
        assertThat(command.run("train --input same.csv --conditions shop --model none"))
                .isEqualTo(3);
        assertThat(command.errors()).contains("data.conditions must name columns of use, but shop is ");
    }

    @Test
    void anImageIsNoCondition() {
        assertThat(command.run("train --input %s --conditions image --model none"
                        .formatted(
                                Path.of("data/mnist/t10k-images-idx3-ubyte.gz").toAbsolutePath())))
                .isEqualTo(2);
        assertThat(command.errors())
                .contains("data.conditions must name columns of numbers, categories or times, but image has images");
    }
}
