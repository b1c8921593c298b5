package elbow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The layout of the packages: who may use whom. A build for Spark 4 lacks one of them. */
@Tag("spark-3")
class ArchitectureTest {
    private static final int MOST_LINES = 400;
    private static final int MOST_FILES = 32;
    private static final List<String> FRAMEWORKS =
            List.of("org.apache.", "org.deeplearning4j.", "org.nd4j.", "org.datavec.", "scala.");

    private static final JavaClasses ELBOW = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("elbow");

    static Set<String> rooms() {
        return new TreeSet<>(Rooms.ALLOWED.keySet());
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void roomUsesOnlyWhatItMay(String room) {
        Set<String> allowed = Rooms.ALLOWED.getOrDefault(room, Set.of());
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

        assertThat(used).containsAll(Rooms.ALLOWED.getOrDefault(room, Set.of()));
    }

    @Test
    void everyRoomIsListed() {
        Set<String> found = new TreeSet<>();
        ELBOW.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .forEach(type -> found.add(roomOf(type)));

        assertThat(found).isEqualTo(Rooms.ALLOWED.keySet());
    }

    @Test
    void modelAndItsMathKnowNoFramework() {
        check(noClasses()
                .that()
                .resideInAnyPackage("elbow.base..", "elbow.math..", "elbow.vae..")
                .should()
                .dependOnClassesThat(in("a framework", ArchitectureTest::isOfAFramework)));
    }

    // Else the rules about frameworks would hold because nothing has their names.
    @Test
    void everyFrameworkHasAUser() {
        Set<String> used = packagesUsedBy(type -> true);

        assertThat(FRAMEWORKS).allSatisfy(framework -> assertThat(used).anyMatch(name -> name.startsWith(framework)));
    }

    @Test
    void dl4jsSparkModuleHasAUser() {
        assertThat(packagesUsedBy(type -> roomOf(type).equals("train.dl4j")))
                .anyMatch(name -> name.startsWith("org.deeplearning4j.spark."));
    }

    private static Set<String> packagesUsedBy(Predicate<JavaClass> users) {
        Set<String> used = new TreeSet<>();
        ELBOW.stream()
                .filter(users)
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .forEach(dependency -> used.add(dependency.getTargetClass().getPackageName() + "."));
        return used;
    }

    // commons-text is a library: it brings nothing that must run.
    private static boolean isOfAFramework(JavaClass type) {
        String name = type.getPackageName() + ".";
        return FRAMEWORKS.stream().anyMatch(name::startsWith) && !name.startsWith("org.apache.commons.text.");
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
        Deque<String> open = new ArrayDeque<>(Rooms.ALLOWED.getOrDefault(room, Set.of()));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (found.add(next)) {
                open.addAll(Rooms.ALLOWED.getOrDefault(next, Set.of()));
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
        for (String root : List.of("src/main/java", "src/spark-3/java", "src/spark-4/java", "src/test/java")) {
            List<Path> sources;
            try (Stream<Path> all = Files.walk(Path.of(root))) {
                sources = all.filter(path -> path.toString().endsWith(".java")).toList();
            }
            assertThat(sources).as(root).isNotEmpty();
            for (Path source : sources) {
                assertThat(Files.readAllLines(source)).as(source.toString()).hasSizeLessThanOrEqualTo(MOST_LINES);
                files.merge(source.getParent(), 1, Integer::sum);
            }
        }
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
