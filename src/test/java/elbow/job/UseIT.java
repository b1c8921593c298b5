package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.SharedSpark;
import elbow.base.Digests;
import elbow.fault.Fault;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The commands that use a model on rows, on a small table of all types. */
class UseIT extends UsedTable {
    @Test
    void aSyntheticTableIsHeldAgainstTheRealOne() throws IOException {
        List<String> lines = table();
        elbow.write("seen.csv", String.join("\n", lines.subList(0, 301)) + "\n");
        elbow.write("kept.csv", lines.get(0) + "\n" + String.join("\n", lines.subList(301, ROWS + 1)) + "\n");
        done("generate --model model --rows 300 --output made --output-format csv");
        String evaluate = "evaluate --synthetic made --input seen.csv --holdout kept.csv";
        done(evaluate + " --target member --json quality.json --report quality.html");

        assertThat(elbow.output())
                .contains("columnShapes", "pairTrends", "copies", "closerToReal", "learnedFromSyntheticAccuracy");
        assertThat(elbow.errors()).contains("column id is left out: the synthetic table has no such column");
        assertThat(directory.resolve("quality.json"))
                .content()
                .contains("\"column\" : \"weight\"", "\"method\" : \"correlation\"", "\"task\" : \"classes\"");
        assertThat(directory.resolve("quality.html"))
                .content()
                .contains("Column shapes", "<svg", "Pairs that fit least");

        done("evaluate --synthetic seen.csv --input seen.csv");
        assertThat(elbow.output()).containsPattern("columnShapes +1\\b").doesNotContain("closerToReal");
        assertThat(elbow.run("evaluate --input seen.csv")).isEqualTo(2);
        assertThat(elbow.errors()).contains("Missing required option: '--model=URI'");
        assertThat(elbow.run("evaluate --model model --input seen.csv --target size"))
                .isEqualTo(2);
        assertThat(elbow.errors()).contains("--target must be given with --synthetic, but is given without it");
        assertThat(elbow.run("evaluate --model model --synthetic made --input seen.csv"))
                .isEqualTo(2);
        assertThat(elbow.errors()).contains("--model must be given without --synthetic, but is given with it");
        assertThat(elbow.run("evaluate --synthetic made --input seen.csv --target size"))
                .isEqualTo(2);
        assertThat(elbow.errors()).contains("--holdout must be given with a target");
        assertThat(elbow.run(evaluate + " --target id")).isEqualTo(2);
        assertThat(elbow.errors()).contains("--target must name a column that is compared, but id is none of them");
        assertThat(elbow.run("evaluate --synthetic made --input seen.csv --json seen.csv"))
                .isEqualTo(2);
    }

    @Test
    @Fault(
            section = Fault.Section.STRANGERS,
            fault = "texts that a spreadsheet runs",
            promised = "kept, or guarded with `--csv-formulas guard`")
    void formulasInTablesAreGuardedAgainstWhenAsked() throws IOException {
        StringBuilder rows = new StringBuilder("=a,kind,note\n");
        for (int row = 0; row < 60; row++) {
            rows.append(row % 7).append(row % 2 == 0 ? ",@left" : ",right").append(",-1+1\n");
        }
        elbow.write("odd.csv", rows.toString());
        done("train --input odd.csv --ignore note --model odd -D training.epochs=1");

        String options = " --overwrite --output made --output-format csv";
        String command = "impute --model odd --input odd.csv" + options;
        done(command);
        assertThat(SharedSpark.session()
                        .read()
                        .option("header", true)
                        .csv(at("made"))
                        .columns())
                .contains("=a");
        done(command + " --csv-formulas guard");
        Dataset<Row> guarded =
                SharedSpark.session().read().option("header", true).csv(at("made"));
        assertThat(guarded.columns()).contains("'=a").doesNotContain("=a");
        assertThat(guarded.filter("kind = \"'@left\" OR kind = 'right'").count())
                .isEqualTo(60);

        done("generate --model odd --rows 40 --csv-formulas guard" + options);
        assertThat(SharedSpark.session()
                        .read()
                        .option("header", true)
                        .csv(at("made"))
                        .columns())
                .contains("'=a");
        assertThat(elbow.run("generate --model odd --rows 4 --output other --csv-formulas guard"))
                .isEqualTo(2);
        assertThat(elbow.errors()).contains("--csv-formulas must be keep for an output that is no CSV");
    }

    private String at(String output) {
        return directory.resolve(output).toString();
    }

    @Test
    void latentsThatOverflowAreMissingAndToldOf() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < 80; row++) {
            int first = 61 * row;
            lines.add(IntStream.range(0, 60)
                    .mapToObj(column -> Double.toString(Math.sin(first + column)))
                    .collect(Collectors.joining(",")));
        }
        String header =
                IntStream.range(0, 60).mapToObj(column -> "c" + column).collect(Collectors.joining(",", "", "\n"));
        elbow.write("wide.csv", header + String.join("\n", lines) + "\n");
        lines.set(7, "2e38,".repeat(59) + "2e38");
        elbow.write("huge.csv", header + String.join("\n", lines) + "\n");
        done("train --input wide.csv --model wide -D training.epochs=1 -D model.activation=relu");

        for (String form : List.of("", " --deviations", " --vector")) {
            done("encode --model wide --input huge.csv --overwrite --output latents" + form);

            assertThat(elbow.errors())
                    .contains("1 of 80 rows lack values, which the network could not compute: it overflows there");
            String missing = form.equals(" --vector") ? "latent IS NULL" : "latent_0 IS NULL";
            assertThat(read("latents").filter(missing).count()).isOne();
        }
        done("encode --model wide --input wide.csv --overwrite --output latents --deviations --vector");
        assertThat(elbow.errors()).doesNotContain("lack values");
    }

    @Test
    void columnsThatAreNotThoseOfTheEncoderAreADamagedModel() throws IOException {
        elbow.copyModel(shared().resolve("model"), "damaged");
        Path columns = directory.resolve("damaged/columns.json");
        Path manifest = directory.resolve("damaged/manifest.json");
        String before = Digests.sha256(Files.readAllBytes(columns));
        Files.writeString(columns, Files.readString(columns).replace("\"weight\"", "\"height\""));
        Files.writeString(
                manifest, Files.readString(manifest).replace(before, Digests.sha256(Files.readAllBytes(columns))));

        assertThat(elbow.run("generate --model damaged --rows 3 --output made")).isEqualTo(4);
        assertThat(elbow.errors()).contains("must fit its encoder, but: columns must be those of the encoder");
    }

    @Test
    void whatIsChosenFromIsCountedWhole() {
        for (String command : List.of(
                "interpolate --model model --input rows.csv --overwrite --output made --from id=1 --to id=2",
                "arithmetic --model model --input rows.csv --overwrite --output made --from id=1 --to id=2 --apply id>390")) {
            done(command);
            assertThat(elbow.run(command.replace("--from id=1", "--from id=1 --where id>0")))
                    .as(elbow.errors())
                    .isEqualTo(0);
        }
        assertThat(read("made").count()).isEqualTo(9);
    }

    @Test
    void whatAKilledRunHasLeftBesideTheOutputIsNamed() throws IOException {
        Path left = Files.createDirectory(directory.resolve(".made.new-5c2b0d1e-0000-4000-8000-123456789abc"));
        for (String command : List.of(
                "generate --model model --rows 3",
                "encode --model model --input rows.csv",
                "interpolate --model model --input rows.csv --from id=1 --to id=2")) {
            done(command + " --overwrite --output made");
            assertThat(elbow.errors())
                    .contains(
                            "by runs that ended early, or go on",
                            left.getFileName().toString());
        }
        assertThat(left).exists();
    }

    @Test
    void encodeGivesMeansAndDeviationsAsColumnsOrVectors() {
        done("encode --model model --input rows.csv --output columns --keep id --deviations");
        done("encode --model model --input rows.csv --output vectors --keep id --vector");

        Dataset<Row> columns = read("columns");
        assertThat(columns.columns()).startsWith("id", "latent_0").contains("latent_deviation_0");
        assertThat(columns.count()).isEqualTo(ROWS);
        assertThat(columns.filter("latent_deviation_0 <= 0").count()).isZero();
        List<Double> first = columns.orderBy("id").select("latent_0").collectAsList().stream()
                .map(row -> row.getDouble(0))
                .toList();
        List<Double> firstOfVectors = read("vectors").orderBy("id").select("latent").collectAsList().stream()
                .map(row -> row.<org.apache.spark.ml.linalg.Vector>getAs(0).apply(0))
                .toList();
        assertThat(firstOfVectors).isEqualTo(first);
    }

    @Test
    void reconstructionsAreNearAndPartitionsMakeNoDifference() throws IOException {
        done("reconstruct --model model --input rows.csv --output one --keep id --draw");
        List<String> lines = Files.readAllLines(directory.resolve("rows.csv"));
        for (int parts : new int[] {3, 7}) {
            for (int part = 0; part < parts; part++) {
                StringBuilder some = new StringBuilder(lines.get(0) + "\n");
                for (int line = lines.size() - 1; line > 0; line--) {
                    some.append(line % parts == part ? lines.get(line) + "\n" : "");
                }
                elbow.write("in" + parts + "/" + part + ".csv", some.toString());
            }
            done("reconstruct --model model --input in" + parts + " --output out" + parts + " --keep id --draw");

            assertThat(read("out" + parts).orderBy("id").collectAsList())
                    .isEqualTo(read("one").orderBy("id").collectAsList());
        }

        done("reconstruct --model model --input rows.csv --output expected --keep id");
        Dataset<Row> both = read("expected")
                .join(
                        SharedSpark.session()
                                .read()
                                .option("header", true)
                                .csv(directory.resolve("rows.csv").toString())
                                .selectExpr("id", "double(size) AS given"),
                        "id");
        assertThat(both.selectExpr("corr(size, given)").head().getDouble(0)).isGreaterThan(0.9);
    }

    @Test
    void imputationChangesGapsAlone() {
        done("impute --model model --input rows.csv --output complete --output-format csv");

        Dataset<Row> rows = SharedSpark.session()
                .read()
                .option("header", true)
                .option("escape", "\"")
                .csv(directory.resolve("complete").toString())
                .orderBy(org.apache.spark.sql.functions.col("id").cast("int"));
        List<String> given = table();
        List<Row> complete = rows.collectAsList();
        assertThat(complete).hasSize(ROWS);
        double error = 0;
        double spread = 0;
        int filled = 0;
        for (int i = 0; i < ROWS; i++) {
            String[] values = given.get(i + 1).split(",", -1);
            Row row = complete.get(i);
            boolean weightGap = values[2].isEmpty();
            boolean townGap = values[5].equals("?");
            for (int column = 0; column < values.length; column++) {
                if (!(column == 2 && weightGap) && !(column == 5 && townGap)) {
                    assertThat(row.getString(column)).isEqualTo(values[column]);
                }
            }
            String imputed = row.getAs("imputed");
            assertThat(imputed != null).isEqualTo(weightGap || townGap);
            if (weightGap) {
                assertThat(imputed).contains("\"column\":\"weight\",\"uncertainty\":");
                double expected = 2 * Double.parseDouble(values[1]);
                error += Math.pow(Double.parseDouble(row.getString(2)) - expected, 2);
                spread += Math.pow(20 - expected, 2);
                filled++;
            }
            if (townGap) {
                assertThat(row.getString(5)).isIn("York", "Leeds", "Bath");
            }
        }
        assertThat(filled).isEqualTo(ROWS / 10);
        assertThat(error).isLessThan(0.4 * spread);
    }

    @Test
    void multipleImputationsAreNumberedAndDiffer() {
        done("impute --model model --input rows.csv --output complete --imputations 3");

        Dataset<Row> complete = read("complete");
        assertThat(complete.count()).isEqualTo(3L * ROWS);
        assertThat(complete.groupBy("imputation").count().collectAsList())
                .extracting(row -> row.getInt(0) + ":" + row.getLong(1))
                .containsExactlyInAnyOrder("1:" + ROWS, "2:" + ROWS, "3:" + ROWS);
        assertThat(complete.filter("id = 3").select("weight").distinct().count())
                .isEqualTo(3);
        assertThat(complete.filter("id = 4")
                        .select("weight", "town", "size")
                        .distinct()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void interpolationBeginsAndEndsAtTheReconstructions() {
        done("reconstruct --model model --input rows.csv --output expected --keep id");
        for (String path : new String[] {"linear", "spherical"}) {
            done(
                    "interpolate --model model --input rows.csv --output " + path + " --steps 5 --path " + path
                            + " --from",
                    "id = 7",
                    "--to",
                    "id = 9");

            List<Row> way = read(path).orderBy("step").collectAsList();
            assertThat(way).extracting(row -> row.getDouble(1)).containsExactly(0.0, 0.25, 0.5, 0.75, 1.0);
            assertThat(way.get(0).<Double>getAs("size")).isEqualTo(size("expected", 7));
            assertThat(way.get(4).<Double>getAs("size")).isCloseTo(size("expected", 9), within(1e-4));
        }
        assertThat(elbow.run(
                        "interpolate --model model --input rows.csv --output none --from", "id < 3", "--to", "id = 2"))
                .isEqualTo(2);
        assertThat(elbow.errors()).contains("--from must be a condition that one row fulfils, but more do");
    }

    private double size(String name, int id) {
        return read(name).filter("id = " + id).head().<Double>getAs("size");
    }

    @Test
    void arithmeticMovesRowsTowardsTheOtherGroup() {
        done(
                "arithmetic --model model --input rows.csv --output moved --keep id --from",
                "double(member) = 0",
                "--to",
                "double(member) = 1",
                "--apply",
                "double(member) = 0");
        done(
                "arithmetic --model model --input rows.csv --output kept --strength 0 --keep id --from",
                "id = 1",
                "--to",
                "id = 2",
                "--apply",
                "double(member) = 0");

        assertThat(read("moved").count()).isEqualTo(read("kept").count());
        double before = read("kept").selectExpr("avg(calls)").head().getDouble(0);
        double after = read("moved").selectExpr("avg(calls)").head().getDouble(0);
        assertThat(after).isGreaterThan(before + 5);
    }

    @Test
    void imagesAreFilesAndGrids() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 60; i++) {
            BufferedImage image = new BufferedImage(6, 5, BufferedImage.TYPE_BYTE_GRAY);
            int left = random.nextInt(3);
            for (int x = left; x < left + 3; x++) {
                for (int y = 1; y < 4; y++) {
                    image.getRaster().setSample(x, y, 0, 250);
                }
            }
            Path file = directory.resolve("squares/" + i + ".png");
            Files.createDirectories(file.getParent());
            ImageIO.write(image, "png", file.toFile());
        }
        TestModels.train(directory.resolve("squares"), directory.resolve("squaresModel"), "-D", "training.epochs=5");
        done("generate --model squaresModel --rows 7 --output files --png");
        done("generate --model squaresModel --rows 12 --output files --png --seed 3 --overwrite");
        done("generate --model squaresModel --rows 12 --output table --seed 3 --expected");
        done("reconstruct --model squaresModel --input squares --output rebuilt");

        try (Stream<Path> files = Files.walk(directory.resolve("files"))) {
            assertThat(files.filter(file -> file.getFileName().toString().matches("\\d{5}-\\d{9}\\.png")))
                    .hasSize(12);
        }
        BufferedImage grid = ImageIO.read(directory.resolve("files/_grid.png").toFile());
        assertThat(grid.getWidth()).isEqualTo(10 * 8 - 2);
        assertThat(grid.getHeight()).isEqualTo(2 * 7 - 2);
        assertThat(read("table").count()).isEqualTo(12);
        assertThat(read("table").select("image").head().<byte[]>getAs(0)).hasSize(30);
        assertThat(ImageIO.read(directory.resolve("rebuilt/_grid.png").toFile()).getHeight())
                .isEqualTo(12 * 7 - 2);
        assertThat(elbow.run("generate --model squaresModel --rows 1 --output none --where", "image = 'x'"))
                .isEqualTo(2);
    }
}
