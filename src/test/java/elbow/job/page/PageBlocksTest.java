package elbow.job.page;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import elbow.base.Configuration;
import elbow.batch.BatchSettings;
import elbow.job.Main;
import elbow.job.page.PageBlocks.Block;
import elbow.tune.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** No block of a page is a command, a program or a setting that no test takes from there. */
class PageBlocksTest {
    private static final String SCALA = "elbow.notebook.NotesIT, and of the README src/python/tests/test_pages.py";
    private static final String PYTHON = "src/python/tests/test_pages.py, which asks for all pages that have some";

    /** What runs blocks of a language. */
    private static final Map<String, String> RUN = Map.of("java", "ReadmeProgramIT", "scala", SCALA, "python", PYTHON);

    /** Blocks that are none of these, with what they are. */
    private static final Map<String, String> TEXT = Map.ofEntries(
            entry(
                    "README.md: data set    rows  ELBO before  ELBO after   AUROC  examples/s  report",
                    "what is printed"),
            entry(
                    "data/README.md: 1a1a05eab793c14bb050b398624a11b0ffd1a2953baed553b1b9bd079e2a20be "
                            + " mnist/t10k-images-idx3-ubyte.gz",
                    "digests"),
            entry(
                    "alarms.md: Warning: column city has a category that training did not have in 400 of 400 values,"
                            + " 100 %; in training in 0 %",
                    "what is printed"),
            entry("batches.md: scores/nightly/", "a directory"),
            entry(
                    "cluster.md: spark.authenticate                  true",
                    "a file of Spark's: AveragingClusterIT has its cluster made by it"),
            entry(
                    "cluster.md: sbin/start-master.sh --properties-file /etc/spark/cluster.conf",
                    "needs a Spark home; AveragingClusterIT starts the same classes with the same option"),
            entry(
                    "cluster.md: docker build -f conf/kubernetes/Dockerfile -t registry.example.com/elbow:0.1.0 ."
                            + " && docker push registry.example.com/elbow:0.1.0",
                    "needs Docker and a Kubernetes; ContainerRecipeTest reads the recipe"),
            entry(
                    "cluster.md: # The driver of a standalone cluster, in cluster deploy mode",
                    "a setting of Spark's: ContainerRecipeTest holds it to those that this Spark needs"),
            entry(
                    "collapse.md: Warning: the posterior has collapsed: 0 of 10 latents are active, less than 20 %, so that"
                            + " they tell little of a row; try a warm-up",
                    "what is printed"),
            entry("concepts.md: log p(x)  >=  ELBO  =  E_q[log p(x|z)]  -  KL(q(z|x) || p(z))", "a formula"),
            entry(
                    "python.md: spark = SparkSession.builder.remote(\"sc://server:15002\").getOrCreate()",
                    "needs a server: src/python/connect/test_connect.py runs it with one"),
            entry(
                    "scaling.md: 7.4 ms + 2.46 ms x replicas + 9.29 ns x parameters + 4.56 ns x parameters x replicas",
                    "a formula"),
            entry("tables.md: Delta Lake   --packages io.delta:delta-spark_2.12:3.3.0", "options; see below"),
            entry(
                    "tables.md: jobs/elbow train --input catalog.db.events --format iceberg --model models/events",
                    "needs a catalogue, as DeltaIT and IcebergIT have one; see below"),
            entry(
                    "tables.md: jobs/elbow score --model models/events --input rows/today --output-format delta --output"
                            + " s3a://lake/scores",
                    "the same"),
            entry(
                    "trust.md: keytool -genkeypair -alias models -keyalg EC -dname CN=models -validity 730 -keystore"
                            + " keys.p12",
                    "asks for passwords: PageKeystoresTest answers"),
            entry(
                    "trust.md: spark.hadoop.elbow.require-signature          /etc/elbow/trust.p12",
                    "a file of Spark's; RequiredSignatureTest"));

    private static final Pattern IN_TEXT = Pattern.compile("`((?:jobs/elbow|jobs/benchmark) [^`]+)`");

    @Test
    void everyBlockIsTakenByATestOrIsNoProgram() throws IOException {
        List<String> others = PageBlocks.all().stream()
                .filter(block -> ShellBlocks.commands(markdown(block)).isEmpty())
                .filter(block -> !block.language().equals("hocon"))
                // PageProgramsTest
                .filter(block -> !(block.language().isEmpty() && block.text().endsWith(";\n")))
                .filter(block -> !RUN.containsKey(block.language()))
                .map(Block::name)
                .toList();

        assertThat(others).containsExactlyInAnyOrderElementsOf(TEXT.keySet());
    }

    @Test
    void javaStandsInTheReadmeAloneAndScalaWhereItIsRun() throws IOException {
        assertThat(pages("java")).containsExactly("README.md");
        assertThat(pages("scala")).containsExactly("README.md", "batches.md", "spark-ml.md");
    }

    private static Set<String> pages(String language) throws IOException {
        return PageBlocks.all().stream()
                .filter(block -> block.language().equals(language))
                .map(Block::page)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String markdown(Block block) {
        return block.language().isEmpty()
                ? "\n" + block.text().indent(4)
                : "```" + block.language() + "\n" + block.text() + "```\n";
    }

    @Test
    void settingsAreTakenByWhatReadsThem() throws IOException {
        List<Block> blocks = PageBlocks.all().stream()
                .filter(block -> block.language().equals("hocon"))
                .toList();

        assertThat(blocks).hasSizeGreaterThan(2);
        for (Block block : blocks) {
            Configuration settings = Configuration.defaults().withText(block.text(), block.page());
            if (block.page().equals("tune.md")) {
                Tuning.of(settings);
            } else {
                BatchSettings.of(settings.withOverrides(
                        Stream.of("batch.input=rows", "batch.model=model", "batch.output=out")
                                .filter(needed -> !settings.isChanged(needed.substring(0, needed.indexOf('='))))
                                .toList()));
            }
        }
    }

    @Test
    void commandsThatAreNotRunHaveCommandsAndOptionsThatThereAre() throws IOException {
        Stream<String> ofTables = PageBlocks.all().stream()
                .filter(block -> block.language().equals("text"))
                .flatMap(block -> block.text().lines());
        List<String> commands = Stream.concat(ofTables, inText())
                .filter(line -> line.startsWith("jobs/elbow "))
                .toList();

        assertThat(commands).hasSizeGreaterThan(8);
        for (String command : commands) {
            String[] words = command.substring("jobs/elbow ".length()).split(" ", -1);
            CommandLine program = new CommandLine(Main.class).setCaseInsensitiveEnumValuesAllowed(true);
            assertThat(program.getSubcommands()).as(command).containsKey(words[0]);
            if (words.length > 1) {
                assertThatCode(() -> program.parseArgs(words)).as(command).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void benchmarksThatPagesNameAreThere() throws IOException {
        String script = Files.readString(Path.of("jobs/benchmark"));
        Set<String> named = inText().filter(text -> text.startsWith("jobs/benchmark "))
                .map(text -> text.split(" ", -1)[1])
                .collect(Collectors.toSet());

        assertThat(named)
                .hasSizeGreaterThan(6)
                .allSatisfy(name -> assertThat(script).containsPattern("(?m)^" + name + "\\) main="));
    }

    private static Stream<String> inText() throws IOException {
        StringBuilder text = new StringBuilder(Files.readString(Path.of("README.md")));
        try (Stream<Path> pages = Files.list(Path.of("src/site/markdown")).sorted()) {
            for (Path page : pages.toList()) {
                // Of commands.md, which is made from the commands, each line is a synopsis.
                text.append(page.endsWith("commands.md") ? "" : Files.readString(page));
            }
        }
        return IN_TEXT.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1).replaceAll("\\s+", " "));
    }

    @Test
    void librariesOfTablesAreThoseOfTheTests() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/tables.md"));

        assertThat(page)
                .contains("io.delta:delta-spark_2.12:" + version("delta.version"))
                .contains("org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:" + version("iceberg.version"));
    }

    private static String version(String property) throws IOException {
        return Pattern.compile("<" + property + ">(.*)</")
                .matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}
