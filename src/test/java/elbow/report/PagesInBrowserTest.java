package elbow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import elbow.compare.ComparisonHtml;
import elbow.compare.Comparisons;
import elbow.report.BatchReport.Contribution;
import elbow.report.BatchReport.DriftedColumn;
import elbow.report.BatchReport.Driver;
import elbow.report.BatchReport.PastBatch;
import elbow.report.BatchReport.StrangeGroup;
import elbow.report.BatchReport.StrangeRow;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reports in a browser, if there is one: on a telephone and a desk, by day and by night. */
class PagesInBrowserTest {
    private static final String LONG = "a_column_whose_name_has_no_place_where_a_line_might_break_and_goes_on_and_on";
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

    /** Runs in the page: says how wide its content is, how wide its window, and how light its background. */
    private static final String PROBE = """
        <script>
        addEventListener("load", () => {
          const page = document.documentElement;
          const colour = getComputedStyle(document.body).backgroundColor.match(/\\d+/g);
          parent.postMessage("found " + page.scrollWidth + " " + innerWidth + " " + colour[0] + " end", "*");
        });
        </script>
        """;

    /** The page in a frame, which may be narrower than a browser's window; shows what the page says. */
    private static final String FRAME = """
        <!doctype html><meta charset="utf-8"><body style="margin: 0"><script>
        addEventListener("message", said => {
          const shown = document.createElement("p");
          shown.textContent = said.data;
          document.body.append(shown);
        });
        </script><iframe src="page.html" style="width: %dpx; height: 900px; border: 0"></iframe>
        """;

    private static final Pattern FOUND = Pattern.compile("<p>found (\\d+) (\\d+) (\\d+) end</p>");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "batch, 400, dark",
        "batch, 1280, light",
        "training, 400, light",
        "training, 1280, dark",
        "comparison, 400, dark",
        "comparison, 1280, light",
        "comparison, 1280, dark",
        "tuning, 400, dark"
    })
    void aPageIsNoWiderThanItsWindow(String page, int width, String scheme) throws Exception {
        Optional<Path> browser = browser();
        assumeTrue(browser.isPresent(), "no chromium on the PATH");
        String html = switch (page) {
            case "batch" -> HtmlReport.render(batch());
            case "training" -> HtmlReport.render(training());
            case "tuning" -> HtmlReport.render(TuningReportTest.ofASetting(LONG));
            default ->
                ComparisonHtml.render("Two models compared", Comparisons.of(LONG, List.of("Only A models " + LONG)));
        };
        Files.writeString(directory.resolve("page.html"), html.replace("</body>", PROBE + "</body>"));
        Path frame = Files.writeString(directory.resolve("frame.html"), FRAME.formatted(width));
        Path errors = directory.resolve("errors");

        String shown = shown(browser.get(), frame, scheme, errors);

        Matcher found = FOUND.matcher(shown);
        assertThat(found.find()).as(shown).isTrue();
        assertThat(Integer.parseInt(found.group(2))).isEqualTo(width);
        assertThat(Integer.parseInt(found.group(1))).as("width").isLessThanOrEqualTo(width);
        assertThat(Integer.parseInt(found.group(3)) < 128).as("dark").isEqualTo(scheme.equals("dark"));
        assertThat(Files.readString(errors)).doesNotContain("CONSOLE");
    }

    private String shown(Path browser, Path page, String scheme, Path errors) throws IOException, InterruptedException {
        Path dom = directory.resolve("dom");
        Process process = new ProcessBuilder(
                        browser.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--disable-background-networking",
                        "--enable-logging=stderr",
                        "--user-data-dir=" + directory.resolve("profile"),
                        "--window-size=1400,900",
                        "--virtual-time-budget=5000",
                        "--blink-settings=preferredColorScheme=" + (scheme.equals("dark") ? 0 : 1),
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(dom.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        return Files.readString(dom, StandardCharsets.UTF_8);
    }

    private static Optional<Path> browser() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(place -> Path.of(place, "chromium"))
                .filter(Files::isExecutable)
                .filter(PagesInBrowserTest::starts)
                .findFirst();
    }

    // A package that is being installed, or that only says where the browser might be had, does not.
    private static boolean starts(Path browser) {
        try {
            Process process = new ProcessBuilder(browser.toString(), "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(20, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static TrainingReport training() {
        return Reports.ofColumns(List.of(
                ReportedColumn.standardised(LONG, "real", "Gaussian", -41_234_567.25, 1.25e12)
                        .withCommonValues("51 % are 1" + "0".repeat(60) + ", 6 % are -0.125"),
                ReportedColumn.leftOut("name", "text", LONG + ", " + LONG)));
    }

    private static BatchReport batch() {
        List<Contribution> parts =
                List.of(new Contribution(LONG, 12.5, "1" + "0".repeat(70), "3"), new Contribution("latent", 4, "", ""));
        List<PastBatch> trend = IntStream.range(0, 30)
                .mapToObj(i -> new PastBatch(DAY.minusDays(29L - i), 1_000_000 + i, 0.01 * i, -20 - i, 0.1))
                .toList();
        return new BatchReport(
                "dt 2026-11-23",
                "0123456789ab",
                Map.of(
                        "Data",
                        "hdfs://a.host.of.a.cluster.example/" + LONG + "/dt=2026-11-23",
                        "Model",
                        "/models/" + LONG),
                12_345_678,
                123_456,
                OptionalLong.of(4_321),
                -20.5,
                List.of("column " + LONG + " is " + LONG + " in all 12,345 rows; in training in at most 1 %"),
                Optional.of(new ScoreHistogram(
                        0,
                        2.5,
                        new double[] {0.1, 0.5, 0.3, 0.1},
                        new double[] {0.1, 0.3, 0.3, 0.2},
                        0,
                        0.1,
                        7.5,
                        0.2)),
                List.of("id", LONG),
                List.of(new StrangeRow(List.of("7".repeat(90), LONG), 41.25, 0.0003, true, parts)),
                List.of(
                        new StrangeGroup(List.of(LONG, "city"), 82_000, 9.5, parts),
                        new StrangeGroup(List.of(), 41, 8, List.of())),
                Optional.empty(),
                List.of(new DriftedColumn(LONG, 1.25, 0.01, 0, 0.5, 0.25, "1" + "0".repeat(60) + " to 2", 0.5, 0.1)),
                "",
                List.of(new Driver(LONG, 300_000, 0.25, 4, 17_000)),
                trend);
    }
}
