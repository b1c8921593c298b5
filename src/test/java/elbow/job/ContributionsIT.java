package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.SharedSpark;
import elbow.base.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each column adds to a row's anomaly score, by a model of every kind of column. */
class ContributionsIT {
    private static final String HEADER = "id,colour,grade,visits,price,size,ok,at\n";
    private static final int COLUMNS = 7;

    @TempDir
    private static Path directory;

    private CommandLineRun command = new CommandLineRun(Path.of(""));

    @BeforeAll
    static void train() throws IOException {
        SharedSpark.session();
        CommandLineRun command = new CommandLineRun(directory);
        command.write("rows.csv", HEADER + table(900));
        assertThat(command.run("train --input rows.csv --ignore id --model model -D training.epochs=30"
                        + " -D training.replicas=2 -D training.batch-size=32 -D scoring.samples=4"))
                .as(command.errors())
                .isZero();
    }

    @BeforeEach
    void here() {
        command = new CommandLineRun(directory);
    }

    @Test
    void contributionsSumToTheScoreLessItsNormalMean() throws IOException {
        double normal = normalMean();
        for (int named : new int[] {1, 3, COLUMNS, 50}) {
            for (Row row : scored("rows.csv", "sums" + named, "--explain " + named)) {
                List<Row> entries = row.getList(row.fieldIndex("contributions"));
                boolean all = named >= COLUMNS;
                assertThat(entries).hasSize(all ? COLUMNS + 1 : named + 2);
                assertThat(entries.get(Math.min(named, COLUMNS)).getString(0)).isEqualTo("latent");
                assertThat(entries.get(entries.size() - 1).getString(0)).isEqualTo(all ? "latent" : "other");
                double sum = entries.stream()
                        .mapToDouble(entry -> entry.getDouble(1))
                        .sum();
                assertThat(sum).isCloseTo(row.<Double>getAs("anomaly_score") - normal, within(1e-9));
            }
        }
    }

    @Test
    void contributionsAreInDescendingOrderForAnyNumberOfColumns() {
        List<Row> all = scored("rows.csv", "all", "--explain 100");
        List<Row> two = scored("rows.csv", "two", "--explain 2");
        for (int i = 0; i < all.size(); i++) {
            List<Row> entries = all.get(i).getList(all.get(i).fieldIndex("contributions"));
            for (int entry = 1; entry < COLUMNS; entry++) {
                assertThat(entries.get(entry).getDouble(1))
                        .isLessThanOrEqualTo(entries.get(entry - 1).getDouble(1));
            }
            List<Row> first = two.get(i).getList(two.get(i).fieldIndex("contributions"));
            assertThat(first.subList(0, 2)).isEqualTo(entries.subList(0, 2));
            assertThat(first.get(2)).isEqualTo(entries.get(COLUMNS));
        }
    }

    @Test
    void explanationsChangeNoScoreAndDoNotDependOnPartitioning() throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve("rows.csv"));
        for (int part = 0; part < 4; part++) {
            List<String> some = new ArrayList<>(List.of(lines.get(0)));
            for (int line = lines.size() - 1; line > 0; line--) {
                if (line % 4 == part) {
                    some.add(lines.get(line));
                }
            }
            command.write("parts/" + part + ".csv", String.join("\n", some) + "\n");
        }
        List<Row> plain = scored("rows.csv", "plain", "");
        List<Row> explained = scored("rows.csv", "explained", "--explain 3");
        List<Row> parted = scored("parts", "parted", "--explain 3");

        for (int i = 0; i < plain.size(); i++) {
            assertThat(plain.get(i).isNullAt(plain.get(i).fieldIndex("contributions")))
                    .isTrue();
            assertThat(explained.get(i).<Double>getAs("elbo"))
                    .isEqualTo(plain.get(i).<Double>getAs("elbo"));
            assertThat(explained.get(i).getList(explained.get(i).fieldIndex("contributions")))
                    .isEqualTo(parted.get(i).getList(parted.get(i).fieldIndex("contributions")));
        }
    }

    @Test
    void mostAnomalousColumnComesFirstWithItsObservedAndExpectedValue() throws IOException {
        command.write(
                "odd.csv",
                HEADER + "1,red,2,2,2.5,-40.5,true,2026-01-05T06:00:00\n"
                        + "2,mauve,2,2,2.5,0.2,true,2026-01-05T06:00:00\n"
                        + "3,red,2,2,9e4,0.2,true,2026-01-05T06:00:00\n"
                        + "4,red,2,400,2.5,0.2,true,2026-01-05T06:00:00\n"
                        + "5,red,2,2,2.5,0.2,false,2026-01-05T06:00:00\n");
        List<Row> rows = scored("odd.csv", "odd", "--explain 10");

        assertThat(first(rows.get(0)).getString(0)).isEqualTo("size");
        assertThat(first(rows.get(0)).getString(2)).isEqualTo("-40.5");
        assertThat(Double.parseDouble(first(rows.get(0)).getString(3))).isBetween(-20.0, 20.0);
        assertThat(first(rows.get(1)).getString(0)).isEqualTo("colour");
        assertThat(first(rows.get(1)).getString(2)).isEqualTo("mauve");
        assertThat(first(rows.get(1)).getString(3)).isIn("red", "green", "blue");
        assertThat(first(rows.get(2)).getString(0)).isEqualTo("price");
        assertThat(first(rows.get(2)).getString(2)).isEqualTo("9e4");
        assertThat(first(rows.get(3)).getString(0)).isEqualTo("visits");
        assertThat(first(rows.get(3)).getString(2)).isEqualTo("400");
        // No more than unlikely, and so not always the first.
        Row ok = entry(rows.get(4), "ok");
        assertThat(ok.getDouble(1)).isPositive();
        assertThat(ok.getString(2)).isEqualTo("false");
        assertThat(ok.getString(3)).isIn("true", "false");
    }

    @Test
    void missingValueContributesMinusTheNormalMean() throws IOException {
        command.write("gap.csv", HEADER + "1,red,2,2,2.5,,,2026-01-05T06:00:00\n2,red,2,2,2.5,0.1,true,\n");
        JsonNode means = calibration().get("normal").get("columns");

        List<Row> rows = scored("gap.csv", "gap", "--explain 10");

        for (Row row : rows) {
            for (Row entry : row.<Row>getList(row.fieldIndex("contributions"))) {
                boolean lacks = row.<String>getAs("id").equals("1")
                        ? List.of("size", "ok").contains(entry.getString(0))
                        : "at".equals(entry.getString(0));
                if (lacks) {
                    assertThat(entry.isNullAt(2)).isTrue();
                    assertThat(entry.getString(3)).isNotBlank();
                    assertThat(entry.getDouble(1)).isCloseTo(-mean(means, entry.getString(0)), within(1e-12));
                }
            }
        }
    }

    @Test
    void csvHoldsContributionsAsJson() throws IOException {
        assertThat(command.run(
                        "score --model model --input rows.csv --output csv --output-format csv --keep id --explain 1"))
                .as(command.errors())
                .isZero();
        Row first = SharedSpark.session()
                .read()
                .option("header", true)
                .option("escape", "\"")
                .csv(directory + "/csv")
                .head();
        JsonNode entries = new ObjectMapper().readTree(first.<String>getAs("contributions"));
        assertThat(entries).hasSize(3);
        assertThat(entries.get(1).get("column").textValue()).isEqualTo("latent");
    }

    @Test
    void modelWithoutNormalPartsAsksForACalibration() throws IOException {
        Path old = directory.resolve("old");
        copy(directory.resolve("model"), old);
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode calibration =
                (ObjectNode) mapper.readTree(old.resolve("calibration.json").toFile());
        calibration.remove(List.of("formatVersion", "rule", "normal"));
        calibration.put("thresholdQuantile", 0.99);
        Files.writeString(old.resolve("calibration.json"), calibration.toString());
        ObjectNode manifest =
                (ObjectNode) mapper.readTree(old.resolve("manifest.json").toFile());
        ((ObjectNode) manifest.get("files")).put("calibration.json", Digests.sha256(calibration.toString()));
        Files.writeString(old.resolve("manifest.json"), manifest.toString());

        assertThat(command.run("score --model old --input rows.csv --output never --explain 2"))
                .isEqualTo(4);
        assertThat(command.errors()).contains("does not say what its columns normally contribute: run elbow calibrate");
        assertThat(directory.resolve("never")).doesNotExist();
        assertThat(command.run("score --model old --input rows.csv --output plainly"))
                .isZero();

        assertThat(command.run("calibrate --model old --input rows.csv"))
                .as(command.errors())
                .isZero();
        assertThat(command.run("score --model old --input rows.csv --output now --explain 2"))
                .isZero();
    }

    private List<Row> scored(String input, String output, String options) {
        assertThat(command.run(
                        ("score --model model --input " + input + " --output " + output + " --keep id " + options)
                                .strip()))
                .as(command.errors())
                .isZero();
        return SharedSpark.session()
                .read()
                .parquet(directory.resolve(output).toString())
                .orderBy("id")
                .collectAsList();
    }

    private static Row first(Row row) {
        return row.<Row>getList(row.fieldIndex("contributions")).get(0);
    }

    private static Row entry(Row row, String column) {
        return row.<Row>getList(row.fieldIndex("contributions")).stream()
                .filter(entry -> column.equals(entry.getString(0)))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode calibration() throws IOException {
        return new ObjectMapper()
                .readTree(directory.resolve("model/calibration.json").toFile());
    }

    private static double normalMean() throws IOException {
        JsonNode normal = calibration().get("normal");
        double sum = normal.get("latent").doubleValue();
        for (JsonNode column : normal.get("columns")) {
            sum += column.get("nats").doubleValue();
        }
        double mean = 0;
        JsonNode scores = calibration().get("scores");
        for (JsonNode score : scores) {
            mean += score.doubleValue() / scores.size();
        }
        assertThat(sum).isCloseTo(mean, within(1e-9));
        return sum;
    }

    private static double mean(JsonNode columns, String name) {
        for (JsonNode column : columns) {
            if (column.get("column").textValue().equals(name)) {
                return column.get("nats").doubleValue();
            }
        }
        throw new AssertionError("no column " + name);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static String table(int count) {
        Random random = new Random(11);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(3);
            lines.append(i)
                    .append(',')
                    .append(random.nextInt(10) == 0 ? "?" : new String[] {"red", "green", "blue"}[kind])
                    .append(',')
                    .append(1 + (kind + random.nextInt(3)) % 5)
                    .append(',')
                    .append((int) (Math.exp(kind) * random.nextInt(9)))
                    .append(',')
                    .append(Math.exp(kind + 0.8 * random.nextGaussian()))
                    .append(',')
                    .append(random.nextInt(20) == 0 ? "" : Double.toString(kind + random.nextGaussian()))
                    .append(',')
                    .append(random.nextInt(30) != 0)
                    .append(',')
                    .append(String.format(
                            Locale.ROOT, "2026-01-%02dT%02d:00:00", 1 + i % 28, 8 * kind + random.nextInt(3)))
                    .append('\n');
        }
        return lines.toString();
    }
}
