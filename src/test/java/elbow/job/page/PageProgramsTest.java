package elbow.job.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java that the pages show is Java, by the classes as they are; longer programs are run by tests of their own. */
@Tag("spark-3")
class PageProgramsTest {
    private static final Path PAGES = Path.of("src/site/markdown");

    private static final String ROWS = "org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> rows";
    private static final String SESSION = "org.apache.spark.sql.SparkSession spark";
    private static final String HADOOP = "org.apache.hadoop.conf.Configuration hadoop";

    /** What a page takes for granted. */
    private record Given(List<String> imports, List<String> parameters) {}

    private static Given given(List<String> imports, String... parameters) {
        return new Given(imports, List.of(parameters));
    }

    private static final List<String> USUAL = List.of(
            "elbow.files.OutputDirectory.IfExists",
            "elbow.model.*",
            "java.util.*",
            "org.apache.spark.sql.Dataset",
            "org.apache.spark.sql.Row");

    private static final Map<String, Given> GIVEN = new TreeMap<>(Map.of(
            "export.md", given(List.of("elbow.export.*"), "TrainedModel model", HADOOP),
            "generate.md", given(List.of("elbow.use.*"), SESSION, HADOOP),
            "latents.md", given(List.of("elbow.use.*", "elbow.use.LatentEncoding.*"), ROWS, HADOOP),
            "tune.md", given(List.of("elbow.base.Configuration", "elbow.fit.*", "elbow.tune.*"), ROWS),
            "program.md 1",
                    given(
                            List.of(
                                    "elbow.base.Configuration",
                                    "elbow.fit.*",
                                    "elbow.score.*",
                                    "java.time.Instant",
                                    "static org.apache.spark.sql.functions.desc"),
                            SESSION,
                            "String place"),
            "program.md 2",
                    given(
                            List.of(
                                    "java.io.File",
                                    "org.deeplearning4j.nn.multilayer.*",
                                    "org.deeplearning4j.util.ModelSerializer",
                                    "org.nd4j.linalg.api.ndarray.INDArray",
                                    "org.nd4j.linalg.dataset.DataSet"),
                            "INDArray rows"),
            "program.md 3",
                    given(
                            List.of(
                                    "elbow.train.dl4j.*",
                                    "org.apache.spark.api.java.*",
                                    "org.deeplearning4j.nn.multilayer.*",
                                    "org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer",
                                    "org.nd4j.linalg.dataset.DataSet"),
                            "JavaSparkContext spark",
                            "MultiLayerNetwork network",
                            "JavaRDD<DataSet> dataSets",
                            "int replicas",
                            "int batchSize")));

    @TempDir
    private Path directory;

    @Test
    void everyProgramOfThePagesCompiles() throws IOException {
        Map<String, String> programs = programs();
        assertThat(programs.keySet()).isEqualTo(GIVEN.keySet());

        List<JavaFileObject> sources = new ArrayList<>();
        programs.forEach((name, program) -> sources.add(source(name, program)));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null)) {
            files.setLocation(StandardLocation.CLASS_OUTPUT, List.of(directory.toFile()));
            compiler.getTask(null, files, found, List.of("-proc:none"), null, sources)
                    .call();
        }

        assertThat(found.getDiagnostics())
                .filteredOn(said -> said.getKind() == Diagnostic.Kind.ERROR)
                .isEmpty();
    }

    /** Those in indented blocks, by their page, and by their number on it where it has several. */
    private static Map<String, String> programs() throws IOException {
        Map<String, String> programs = new TreeMap<>();
        try (Stream<Path> pages = Files.list(PAGES)) {
            for (Path page : pages.toList()) {
                List<String> found = programs(Files.readString(page));
                for (int i = 0; i < found.size(); i++) {
                    programs.put(page.getFileName() + (found.size() > 1 ? " " + (i + 1) : ""), found.get(i));
                }
            }
        }
        return programs;
    }

    private static List<String> programs(String page) {
        List<String> programs = new ArrayList<>();
        StringBuilder block = new StringBuilder();
        for (String line : (page + "\n").lines().toList()) {
            if (line.startsWith("    ")) {
                block.append(line.strip()).append('\n');
            } else {
                if (block.toString().endsWith(";\n")) {
                    programs.add(block.toString());
                }
                block.setLength(0);
            }
        }
        return programs;
    }

    private static JavaFileObject source(String name, String program) {
        Given given = GIVEN.get(name);
        String type = "Page" + name.replaceAll("\\W", "_");
        String text = Stream.concat(USUAL.stream(), given.imports().stream())
                        .map(imported -> "import " + imported + ";\n")
                        .collect(Collectors.joining())
                + "class " + type + " {\nvoid run(" + String.join(", ", given.parameters()) + ") throws Exception {\n"
                + program + "}\n}\n";
        return new SimpleJavaFileObject(URI.create("page:///" + type + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
