package elbow.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

/** The container recipe, as far as it can be checked without Docker, and what the page on clusters says of Java 17. */
class ContainerRecipeTest {
    private static final Path RECIPE = Path.of("conf/kubernetes/Dockerfile");
    private static final Path PAGE = Path.of("src/site/markdown/cluster.md");
    private static final Pattern PROPERTY = Pattern.compile("<(spark.version|scala.binary.version)>(.*)</");

    private static final List<String> LINES = instructions();

    private static List<String> instructions() {
        try {
            return Files.readString(RECIPE)
                    .replaceAll("(?m)^#.*\n", "")
                    .replaceAll("\\\\\n\\s*", "")
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> of(String instruction) {
        return LINES.stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1))
                .toList();
    }

    @Test
    void baseIsSparksOwnImageOfTheVersionsThatTheBuildHas() throws IOException {
        Map<String, String> versions = new TreeMap<>();
        // The first of each is the default, others are of profiles.
        PROPERTY.matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .forEach(found -> versions.putIfAbsent(found.group(1), found.group(2)));

        assertThat(of("FROM")).containsExactly("${SPARK}");
        assertThat(of("ARG"))
                .contains("SPARK=apache/spark:" + versions.get("spark.version") + "-scala"
                        + versions.get("scala.binary.version") + "-java17-ubuntu");
    }

    @Test
    void entryPointIsSparksAndTheUserIsNotRoot() {
        assertThat(of("ENTRYPOINT")).isEmpty();
        assertThat(of("CMD")).isEmpty();
        // By number, for runAsNonRoot is judged by that; nothing of it is changed after that.
        assertThat(of("USER")).containsExactly("185");
        assertThat(LINES).endsWith("USER 185");
    }

    @Test
    void copiesWhatTheRepositoryHasAndTheBuildMakes() throws IOException {
        List<String> made = new ArrayList<>();
        for (String copy : of("COPY")) {
            String[] words = copy.split(" ", -1);
            assertThat(words).as(copy).hasSize(2);
            assertThat(words[1]).startsWith("/opt/elbow/");
            if (words[0].startsWith("${BUILD}/")) {
                made.add(words[0].substring("${BUILD}/".length()));
            } else {
                assertThat(Path.of(words[0])).exists();
            }
        }
        // The launcher's own checks of what a build has made.
        assertThat(made).containsExactlyInAnyOrder("elbow-job.jar", "spark/conf/log4j2-job.properties");
        assertThat(Path.of("src/spark/conf/log4j2-job.properties")).exists();
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<outputFile>${project.build.directory}/elbow-job.jar</outputFile>");
    }

    @Test
    void pageOpensForDriversWhatThisSparkNeeds() throws IOException {
        Matcher line =
                Pattern.compile("(?m)^spark\\.driver\\.extraJavaOptions (.*)$").matcher(Files.readString(PAGE));

        assertThat(line.find()).isTrue();
        assertThat(line.group(1).split("\\s+"))
                .containsAll(List.of(JavaModuleOptions.defaultModuleOptions().split("\\s+")));
    }
}
