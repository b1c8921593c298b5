package elbow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The layout of the packages: who may use whom. */
class ArchitectureTest {
    // Each package and those it may use besides itself and elbow.base. Every package must be listed.
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            entry("base", Set.of()),
            entry("math", Set.of()),
            entry("vae", Set.of("math")),
            entry("data", Set.of("vae", "math")),
            entry("dl4j", Set.of("vae", "math")),
            entry("model", Set.of("dl4j", "data", "vae", "math")),
            entry("train", Set.of("score", "model", "dl4j", "data", "vae", "math")),
            entry("score", Set.of("model", "dl4j", "data", "vae", "math")),
            entry("ml", Set.of("train", "score", "model", "data")),
            entry("report", Set.of("score", "train", "model", "data")),
            entry("batch", Set.of("report", "score", "model", "dl4j", "data")),
            entry("job", Set.of("batch", "report", "ml", "score", "train", "model", "dl4j", "data", "vae", "math")));

    private static final JavaClasses ELBOW = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("elbow");

    static Set<String> packages() {
        return new TreeSet<>(ALLOWED.keySet());
    }

    @ParameterizedTest
    @MethodSource("packages")
    void packageUsesOnlyWhatItMay(String name) {
        Set<String> allowed = ALLOWED.getOrDefault(name, Set.of());
        check(noClasses()
                .that()
                .resideInAPackage("elbow." + name + "..")
                .should()
                .dependOnClassesThat(in("an Elbow package that elbow." + name + " may not use", target -> {
                    String used = packageOf(target);
                    return !used.isEmpty() && !used.equals(name) && !used.equals("base") && !allowed.contains(used);
                })));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("elbow.(*)..").should().beFreeOfCycles());
    }

    @Test
    void everyPackageIsListed() {
        Set<String> found = new TreeSet<>();
        ELBOW.forEach(type -> found.add(packageOf(type)));

        assertThat(ALLOWED.keySet()).containsAll(found);
    }

    @Test
    void modelAndItsMathKnowNoFramework() {
        check(noClasses()
                .that()
                .resideInAnyPackage("elbow.base..", "elbow.math..", "elbow.vae..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache..", "org.deeplearning4j..", "org.nd4j..", "org.datavec..", "scala.."));
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

    // A rule about a package that does not exist yet holds.
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(ELBOW);
    }

    private static String packageOf(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith("elbow.")) {
            return "";
        }
        String inner = name.substring("elbow.".length());
        int dot = inner.indexOf('.');
        return dot < 0 ? inner : inner.substring(0, dot);
    }

    private static DescribedPredicate<JavaClass> in(String description, Predicate<JavaClass> predicate) {
        return DescribedPredicate.describe(description, predicate);
    }
}
