package elbow.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import elbow.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.Console;
import scala.collection.immutable.List$;
import scala.tools.nsc.Settings;
import scala.tools.nsc.interpreter.IMain;

/**
 * The paragraphs of the Zeppelin notes, as they stand in {@code notebooks/}, in the Scala shell that Zeppelin has
 * inside. Zeppelin itself is left out, which {@code jobs/notebooks zeppelin} runs them in: here {@code z} only records
 * the tables that are shown, {@code %spark.sql} is the session's SQL, and training is cut to a few epochs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotesIT {
    private static final int EPOCHS = 2;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SCALA = Pattern.compile("(?ms)^```scala\n(.*?)^```$");

    private final StringWriter said = new StringWriter();
    private final ShownTables shownTables = new ShownTables();
    private IMain shell;

    @BeforeAll
    void startShell() {
        Settings settings = new Settings();
        settings.processArgumentString("-usejavacp");
        shell = new IMain(settings, new PrintWriter(said, true));
        shell.initializeSynchronous();
        bind("spark", SparkSession.class, SharedSpark.session());
        bind("z", ShownTables.class, shownTables);
        interpret("import spark.implicits._\nimport org.apache.spark.sql.functions._");
    }

    @AfterAll
    void closeShell() {
        shell.close();
        SharedSpark.session().catalog().clearCache();
    }

    static List<Path> notes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("notebooks"))) {
            return files.filter(file -> file.toString().endsWith(".zpln"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("notes")
    void everyParagraphFinishes(Path note) throws IOException {
        int pictures = 0;
        int tables = 0;
        for (JsonNode paragraph : JSON.readTree(note.toFile()).path("paragraphs")) {
            String text = paragraph.path("text").asText();
            String code = text.substring(text.indexOf('\n') + 1);
            if (text.startsWith("%spark.sql\n")) {
                assertThat(SharedSpark.session().sql(code).collectAsList()).isNotNull();
                tables++;
            } else {
                assertThat(text).startsWith("%spark\n");
                String shown = interpret(code.replaceAll("setEpochs\\(\\d+\\)", "setEpochs(" + EPOCHS + ")"));
                pictures += shown.startsWith("%html <div class=\"elbow-picture\">") ? 1 : 0;
                tables += shown.startsWith("%table ") ? 1 : 0;
            }
        }
        tables += shownTables.take();
        if (note.endsWith("4-batches.zpln")) {
            pagesSayInScalaWhatRuns();
        }

        assertThat(pictures).as("pictures").isPositive();
        assertThat(tables).as("tables").isPositive();
    }

    /** On the model and the batches of the note. */
    private void pagesSayInScalaWhatRuns() throws IOException {
        interpret(scala("batches.md")
                .replace("\"scores/nightly", "place + \"/scores")
                .replace("MODEL_ID", "\" + model.summary.modelId + \""));
        assertThat(interpret("println(scores.count == published.count)")).isEqualTo("true\n");

        interpret("val rows = cardio.withColumn(\"id\", monotonically_increasing_id())");
        String shown = interpret(scala("spark-ml.md") + "\nprintln(\"rows \" + later.calibration.rows)");
        assertThat(shown)
                .contains("contributions", "latent", "imputed", "step", "epoch")
                .endsWith("rows 1655\n");
    }

    private static String scala(String page) throws IOException {
        Matcher block = SCALA.matcher(Files.readString(Path.of("src/site/markdown", page)));
        assertThat(block.find()).as(page).isTrue();
        return block.group(1);
    }

    @ParameterizedTest
    @MethodSource("notes")
    void everyParagraphHasTheResultOfARealRun(Path note) throws IOException {
        for (JsonNode paragraph : JSON.readTree(note.toFile()).path("paragraphs")) {
            String title = paragraph.path("title").asText();
            assertThat(paragraph.path("results").path("code").asText())
                    .as(title)
                    .isEqualTo("SUCCESS");
            assertThat(paragraph.path("results").path("msg")).as(title).isNotEmpty();
        }
    }

    private void bind(String name, Class<?> type, Object value) {
        assertThat(shell.bind(name, type.getCanonicalName(), value, List$.MODULE$.empty())
                        .toString())
                .isEqualTo("Success");
    }

    /** What a paragraph prints, without what the shell says of values. */
    private String interpret(String code) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        said.getBuffer().setLength(0);
        Object result = Console.withOut(printed, () -> shell.interpret(code));
        assertThat(result.toString()).as(code + "\n" + said).isEqualTo("Success");
        return printed.toString(StandardCharsets.UTF_8);
    }
}
