package elbow.job.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import elbow.SharedSpark;
import elbow.data.image.ImageShape;
import elbow.data.image.PngImages;
import elbow.job.CommandLineRun;
import elbow.job.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code report --compare}, on a table of two kinds of rows. */
class CompareIT {
    private static final int ROWS = 400;

    @TempDir
    private static Path directory = Path.of("");

    private CommandLineRun elbow = new CommandLineRun(directory);

    @BeforeAll
    static void train() throws IOException {
        SharedSpark.session();
        Path rows = Files.write(directory.resolve("rows.csv"), table());
        TestModels.train(rows, directory.resolve("plain"), "--ignore", "id", "-D", "training.epochs=1");
        TestModels.train(rows, directory.resolve("longer"), "--ignore", "id", "-D", "training.epochs=40");
        TestModels.train(rows, directory.resolve("less"), "--ignore", "id,weight", "-D", "training.epochs=1");
        TestModels.train(
                rows,
                directory.resolve("categories"),
                "--ignore",
                "id",
                "-D",
                "training.epochs=1",
                "-D",
                "data.types.categorical=calls");
    }

    @BeforeEach
    void begin() {
        elbow = new CommandLineRun(directory);
    }

    // Weight follows from size; every ninth row has none.
    private static List<String> table() {
        Random random = new Random(4);
        List<String> lines = new ArrayList<>(List.of("id,size,weight,calls"));
        for (int i = 0; i < ROWS; i++) {
            double size = 10 + 3 * random.nextGaussian();
            lines.add(String.format(
                    Locale.ROOT,
                    "%d,%.3f,%s,%d",
                    i,
                    size,
                    i % 9 == 4 ? "" : String.format(Locale.ROOT, "%.3f", 2 * size + 0.1 * random.nextGaussian()),
                    random.nextInt(6)));
        }
        return lines;
    }

    @Test
    void theBetterModelIsFoundAndTheReportWritten() throws IOException {
        assertThat(compare("plain", "longer", "--keep", "id,calls", "--json", at("figures.json")))
                .as(elbow.errors())
                .isZero();

        assertThat(elbow.output())
                .contains("column", "better", "elboA", "elboB", "elboDifference", "rankCorrelation", "flaggedByBoth")
                .containsPattern("comparable +yes")
                .containsPattern("rows +400");
        assertThat(directory.resolve("compared.html"))
                .content()
                .contains("Two models compared", "B describes these rows better", "<svg");
        JsonNode figures =
                new ObjectMapper().readTree(directory.resolve("figures.json").toFile());
        assertThat(figures.at("/difference/elbo").doubleValue()).isPositive();
        assertThat(figures.at("/b/elbo").doubleValue()).isCloseTo(evaluated("longer"), within(1e-9));
        assertThat(figures.at("/a/elbo").doubleValue()).isCloseTo(evaluated("plain"), within(1e-9));
        JsonNode changed = figures.at("/onlyA/0").isMissingNode() ? figures.at("/onlyB/0") : figures.at("/onlyA/0");
        assertThat(changed.at("/values/id").isTextual()).isTrue();
    }

    private double evaluated(String model) throws IOException {
        assertThat(elbow.run("evaluate --model " + model + " --input rows.csv --json evaluated.json"))
                .isZero();
        return new ObjectMapper()
                .readTree(directory.resolve("evaluated.json").toFile())
                .get("elbo")
                .doubleValue();
    }

    @Test
    void theSameModelsOnTheSameRowsGiveTheSamePage() throws IOException {
        assertThat(compare("plain", "longer")).isZero();
        String page = Files.readString(directory.resolve("compared.html"));
        assertThat(compare("plain", "longer")).isZero();

        assertThat(directory.resolve("compared.html")).hasContent(page);
        assertThat(page).contains("<th scope=\"col\">size</th>");
    }

    @Test
    void modelsOfOtherColumnsAreNotRanked() {
        assertThat(compare("plain", "less")).as(elbow.errors()).isZero();

        assertThat(elbow.errors()).contains("the ELBOs do not measure the same", "Only A models column weight.");
        assertThat(elbow.output()).containsPattern("comparable +no");
        assertThat(directory.resolve("compared.html")).content().contains("The ELBOs are not comparable");
    }

    @Test
    void aColumnMayBeANumberToOneAndACategoryToTheOther() {
        assertThat(compare("plain", "categories")).as(elbow.errors()).isZero();

        assertThat(elbow.output()).containsPattern("rows +400").containsPattern("comparable +yes");
    }

    @Test
    void aColumnThatIsMissingIsNamedWithItsModel() throws IOException {
        List<String> lines = new ArrayList<>();
        table().forEach(line -> lines.add(line.replaceAll("^([^,]*,[^,]*),[^,]*", "$1")));
        Files.write(directory.resolve("narrow.csv"), lines);

        assertThat(elbow.run("report --input narrow.csv --output narrow.html --compare", at("less"), at("plain")))
                .isEqualTo(3);
        assertThat(elbow.errors())
                .contains("model " + at("plain") + ": column weight must be a number, but is missing among");
        assertThat(directory.resolve("narrow.html")).doesNotExist();
        assertThat(elbow.run(
                        "report --input narrow.csv --absent-as-missing --output narrow.html --compare",
                        at("less"),
                        at("plain")))
                .as(elbow.errors())
                .isZero();
    }

    @Test
    void badRowsAreSetAsideOrNamed() throws IOException {
        List<String> lines = new ArrayList<>(table());
        lines.add("401,oops,3,1");
        Files.write(directory.resolve("bad.csv"), lines);

        assertThat(elbow.run("report --input bad.csv --output bad.html --compare", at("plain"), at("longer")))
                .isEqualTo(3);
        assertThat(elbow.errors()).contains("column size must have a finite number", "bad.csv");
        assertThat(elbow.run(
                        "report --input bad.csv --output bad.html --quarantine aside --compare",
                        at("plain"),
                        at("longer")))
                .as(elbow.errors())
                .isZero();
        assertThat(elbow.output()).containsPattern("rows +400").containsPattern("setAside +1");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(elbow.run("report --input rows.csv --output x.html --compare", at("plain")))
                .isEqualTo(2);
        assertThat(elbow.run("report --input rows.csv --output x.html --compare", at("plain"), at("absent")))
                .isEqualTo(4);
        assertThat(elbow.errors()).contains("absent");
        assertThat(elbow.run("report --input rows.csv --output rows.csv --compare", at("plain"), at("longer")))
                .isEqualTo(2);
        assertThat(elbow.errors()).contains("--output must not be or hold what --input reads");
        assertThat(compare("plain", "longer", "--keep", "nothing")).isEqualTo(2);
        assertThat(elbow.errors()).contains("--keep", "nothing");
        assertThat(compare("plain", "longer", "--samples", "-1")).isEqualTo(2);
    }

    @Test
    void whatCannotBeWrittenIsFoundBeforeTheWork() throws IOException {
        Files.createDirectory(directory.resolve("taken.html"));
        Files.writeString(directory.resolve("text"), "mine");

        assertThat(elbow.run("report --input rows.csv --output taken.html --compare", at("plain"), at("absent")))
                .isEqualTo(2);
        assertThat(elbow.errors()).contains("--output must name a file that can be written, but", "is a directory");
        assertThat(compare("plain", "absent", "--json", at("text") + "/figures.json"))
                .isEqualTo(2);
        assertThat(elbow.errors()).contains("--json must name a file that can be written, but nothing can be written");
    }

    @Test
    void imagesThatChangedSidesAreShownWithTheirFiles() throws IOException {
        Random random = new Random(6);
        for (int i = 0; i < 40; i++) {
            byte[] pixels = new byte[36];
            random.nextBytes(pixels);
            Path file = directory.resolve("images/picture" + i + ".png");
            Files.createDirectories(file.getParent());
            Files.write(file, PngImages.file(pixels, new ImageShape(6, 6, 1)));
        }
        TestModels.train(directory.resolve("images"), directory.resolve("grey"), "-D", "training.epochs=1");
        TestModels.train(
                directory.resolve("images"), directory.resolve("other"), "-D", "training.epochs=1", "-D", "seed=5");

        assertThat(elbow.run(
                        "report --input images --output images.html --json images.json --compare",
                        at("grey"),
                        at("other")))
                .as(elbow.errors())
                .isZero();

        JsonNode figures =
                new ObjectMapper().readTree(directory.resolve("images.json").toFile());
        JsonNode changed = figures.at("/onlyA/0").isMissingNode() ? figures.at("/onlyB/0") : figures.at("/onlyA/0");
        assertThat(changed.at("/values/path").textValue()).endsWith(".png");
        assertThat(changed.at("/picture").textValue()).startsWith("iVBOR");
        assertThat(directory.resolve("images.html")).content().contains("<img src=\"data:image/png;base64,");
    }

    private int compare(String first, String second, String... more) {
        List<String> words = new ArrayList<>(List.of("--compare", at(first), at(second)));
        words.addAll(List.of(more));
        return elbow.run("report --input rows.csv --output compared.html", words.toArray(String[]::new));
    }

    private static String at(String name) {
        return directory.resolve(name).toString();
    }
}
