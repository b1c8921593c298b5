package elbow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The layout of the packages: who may use whom. */
class ArchitectureTest {
    // Each room and the rooms that it may use. Every one must be listed, and every listing must be used.
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            entry("base", Set.of()),
            entry("math", Set.of("base")),
            entry("files", Set.of("base")),
            entry("vae.layer", Set.of("base", "math", "math.noise")),
            entry("vae.likelihood", Set.of("base", "math", "math.noise", "vae.layer")),
            entry("vae.flow", Set.of("math", "vae.layer")),
            entry("vae.prior", Set.of("base", "math", "math.noise", "vae.flow", "vae.layer")),
            entry("vae.latent", Set.of("base", "math", "math.noise", "vae.flow", "vae.layer", "vae.prior")),
            entry("vae.objective", Set.of("base", "math", "vae.latent")),
            entry("vae.input", Set.of("base", "math", "math.noise", "vae.likelihood")),
            entry(
                    "vae",
                    Set.of(
                            "base",
                            "math",
                            "math.noise",
                            "vae.input",
                            "vae.latent",
                            "vae.layer",
                            "vae.likelihood",
                            "vae.objective",
                            "vae.prior")),
            entry("data.table", Set.of("base", "data.image")),
            entry(
                    "data.feature",
                    Set.of("base", "data.encoding", "data.image", "data.table", "vae.input", "vae.likelihood")),
            entry("data.rows", Set.of("base", "data.encoding", "data.feature", "data.table", "files")),
            entry(
                    "data.infer",
                    Set.of(
                            "base",
                            "data.encoding",
                            "data.feature",
                            "data.image",
                            "data.rows",
                            "data.table",
                            "math",
                            "vae.input",
                            "vae.likelihood")),
            entry(
                    "data.source",
                    Set.of(
                            "base",
                            "data.feature",
                            "data.image",
                            "data.listing",
                            "data.rows",
                            "data.table",
                            "data.text")),
            entry("data.shard", Set.of("base", "data.encoding", "data.feature", "data.table", "vae.input")),
            entry("data.reference", Set.of("base", "data.encoding", "data.feature", "data.shard")),
            entry("dl4j", Set.of("base", "math", "vae", "vae.input", "vae.layer")),
            entry("model", Set.of("base", "data.feature", "data.reference", "dl4j", "files", "math")),
            entry(
                    "score",
                    Set.of(
                            "base",
                            "data.encoding",
                            "data.feature",
                            "data.reference",
                            "data.shard",
                            "data.table",
                            "dl4j",
                            "math",
                            "model",
                            "vae",
                            "vae.input")),
            entry(
                    "use",
                    Set.of(
                            "base",
                            "data.encoding",
                            "data.feature",
                            "data.image",
                            "data.table",
                            "dl4j",
                            "math",
                            "math.noise",
                            "model",
                            "score",
                            "vae",
                            "vae.input")),
            entry(
                    "train",
                    Set.of(
                            "base",
                            "data.feature",
                            "data.shard",
                            "dl4j",
                            "math.noise",
                            "model",
                            "score",
                            "train.averaging",
                            "train.checkpoint",
                            "train.plan",
                            "train.progress",
                            "vae",
                            "vae.input",
                            "vae.objective")),
            entry(
                    "train.averaging",
                    Set.of("base", "data.shard", "math", "math.noise", "vae", "vae.input", "vae.layer")),
            entry("train.checkpoint", Set.of("base", "files", "model", "train.averaging")),
            entry(
                    "train.dl4j",
                    Set.of(
                            "base",
                            "data.shard",
                            "dl4j",
                            "math",
                            "train",
                            "train.averaging",
                            "train.plan",
                            "train.progress",
                            "vae")),
            entry(
                    "train.plan",
                    Set.of(
                            "base",
                            "data.feature",
                            "data.image",
                            "math",
                            "train.averaging",
                            "vae",
                            "vae.latent",
                            "vae.layer",
                            "vae.likelihood",
                            "vae.objective",
                            "vae.prior")),
            entry("train.progress", Set.of("base", "files", "model")),
            entry("report", Set.of("base", "model")),
            entry(
                    "batch",
                    Set.of(
                            "base",
                            "data.encoding",
                            "data.feature",
                            "data.image",
                            "data.reference",
                            "data.rows",
                            "data.source",
                            "data.table",
                            "data.text",
                            "dl4j",
                            "files",
                            "model",
                            "report",
                            "score")),
            entry("job.console", Set.of("base")),
            entry(
                    "fit",
                    Set.of(
                            "base",
                            "data.feature",
                            "data.image",
                            "data.infer",
                            "data.reference",
                            "data.rows",
                            "data.shard",
                            "data.table",
                            "files",
                            "math",
                            "model",
                            "report",
                            "score",
                            "train",
                            "train.averaging",
                            "train.checkpoint",
                            "train.plan",
                            "train.progress",
                            "vae",
                            "vae.latent",
                            "vae.layer",
                            "vae.likelihood",
                            "vae.input",
                            "vae.prior")),
            entry(
                    "ml",
                    Set.of(
                            "base",
                            "data.feature",
                            "data.rows",
                            "data.source",
                            "data.table",
                            "dl4j",
                            "files",
                            "fit",
                            "math",
                            "model",
                            "score",
                            "use")),
            entry(
                    "job.run",
                    Set.of(
                            "base",
                            "batch",
                            "data.feature",
                            "data.infer",
                            "data.rows",
                            "data.source",
                            "data.table",
                            "dl4j",
                            "files",
                            "fit",
                            "job.console",
                            "model",
                            "score",
                            "train.averaging",
                            "train.checkpoint",
                            "train.plan",
                            "train.progress")),
            entry(
                    "job.use",
                    Set.of(
                            "base",
                            "data.feature",
                            "data.rows",
                            "data.source",
                            "data.table",
                            "files",
                            "job.console",
                            "job.run",
                            "model",
                            "use")),
            entry(
                    "job.command",
                    Set.of(
                            "base",
                            "batch",
                            "data.source",
                            "data.table",
                            "data.text",
                            "files",
                            "fit",
                            "job.console",
                            "job.run",
                            "job.use",
                            "score",
                            "use")),
            entry("job", Set.of("base", "data.table", "job.command", "job.console", "job.run")),
            entry("math.noise", Set.of("base", "math")),
            entry("data.listing", Set.of("base", "data.table", "files")),
            entry("data.text", Set.of("base", "data.listing", "data.table")),
            entry("data.encoding", Set.of("base", "data.image", "data.table", "math.noise", "vae.input")),
            entry("data.image", Set.of("base")));

    private static final int MOST_LINES = 400;
    private static final int MOST_FILES = 32;

    private static final JavaClasses ELBOW = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("elbow");

    static Set<String> rooms() {
        return new TreeSet<>(ALLOWED.keySet());
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void roomUsesOnlyWhatItMay(String room) {
        Set<String> allowed = ALLOWED.getOrDefault(room, Set.of());
        noClasses()
                .that()
                .resideInAPackage("elbow." + room)
                .should()
                .dependOnClassesThat(in("a room that elbow." + room + " may not use", target -> {
                    String used = roomOf(target);
                    return !used.isEmpty() && !used.equals(room) && !allowed.contains(used);
                }))
                .check(ELBOW);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void everyAllowanceIsUsed(String room) {
        Set<String> used = new TreeSet<>();
        ELBOW.stream()
                .filter(type -> roomOf(type).equals(room))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .forEach(dependency -> used.add(roomOf(dependency.getTargetClass())));

        assertThat(used).containsAll(ALLOWED.getOrDefault(room, Set.of()));
    }

    @Test
    void everyRoomIsListed() {
        Set<String> found = new TreeSet<>();
        ELBOW.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .forEach(type -> found.add(roomOf(type)));

        assertThat(found).isEqualTo(ALLOWED.keySet());
    }

    @Test
    void modelAndItsMathKnowNoFramework() {
        check(noClasses()
                .that()
                .resideInAnyPackage("elbow.base..", "elbow.math..", "elbow.vae..")
                .should()
                .dependOnClassesThat(in("a framework", ArchitectureTest::isOfAFramework)));
    }

    // commons-text is a library: it brings nothing that must run.
    private static boolean isOfAFramework(JavaClass type) {
        String name = type.getPackageName() + ".";
        return Stream.of("org.apache.", "org.deeplearning4j.", "org.nd4j.", "org.datavec.", "scala.")
                        .anyMatch(name::startsWith)
                && !name.startsWith("org.apache.commons.text.");
    }

    @Test
    void onlyItsOwnRoomNeedsDl4jsSparkModule() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("elbow.train.dl4j")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.deeplearning4j.spark..", "org.datavec..", "elbow.train.dl4j"));
    }

    @Test
    void roomsFormNoCycle() {
        assertThat(rooms().stream().filter(room -> reachable(room).contains(room)))
                .isEmpty();
    }

    private static Set<String> reachable(String room) {
        Set<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(ALLOWED.getOrDefault(room, Set.of()));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (found.add(next)) {
                open.addAll(ALLOWED.getOrDefault(next, Set.of()));
            }
        }
        return found;
    }

    @Test
    void onlyTheCommandLineEndsTheProcess() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("elbow.job..")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class));
    }

    @Test
    void onlyTheCommandLinePrints() {
        check(noClasses().that().resideOutsideOfPackage("elbow.job..").should(ACCESS_STANDARD_STREAMS));
    }

    @Test
    void noCodeUsesGuava() {
        check(classes()
                .should()
                .onlyDependOnClassesThat(
                        in("no class of Guava", type -> !type.getPackageName().startsWith("com.google.common"))));
    }

    @Test
    void roomsAndFilesStaySmallEnoughToReadWhole() throws IOException {
        Map<Path, Integer> files = new TreeMap<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    (Iterable<Path>) sources.filter(path -> path.toString().endsWith(".java"))::iterator) {
                assertThat(Files.readAllLines(source)).as(source.toString()).hasSizeLessThanOrEqualTo(MOST_LINES);
                files.merge(source.getParent(), 1, Integer::sum);
            }
        }
        assertThat(files).isNotEmpty();
        assertThat(files).allSatisfy((room, count) -> assertThat(count).isLessThanOrEqualTo(MOST_FILES));
    }

    private static void check(ArchRule rule) {
        rule.check(ELBOW);
    }

    // The package's name without "elbow."; empty for classes that are none of Elbow's.
    private static String roomOf(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return name.startsWith("elbow.") ? name.substring("elbow.".length()) : "";
    }

    private static DescribedPredicate<JavaClass> in(String description, Predicate<JavaClass> predicate) {
        return DescribedPredicate.describe(description, predicate);
    }
}
