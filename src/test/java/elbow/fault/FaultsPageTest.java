package elbow.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tables of the page faults.md are those of the tests that there are; {@link FaultsSeenCheck} looks at what was
 * seen.
 */
class FaultsPageTest {
    private static final String PAGE = """
            # Faults

            Words.

            ## Training

            More words.

            | fault | where | promised | seen | test |
            |---|---|---|---|---|
            | dust | local | wiped (1) | wiped after 3 s | `FaultsPageTest.Dusty` |
            | gone | local | no more | held | `GoneTest.gone` |

            ## What is no table

            Last words.
            """;

    // A build for Spark 4 lacks some of the tests.
    @Test
    @Tag("spark-3")
    void tablesAreThoseOfTheTests() throws IOException {
        String page = Files.readString(FaultsPage.FILE);
        List<FaultRow> rows = FaultRow.all();
        Path right = FaultsPage.leave(FaultsPage.of(page, rows, FaultRecord::of));

        String promised = FaultsPage.of(page, rows, test -> Optional.empty());
        assertThat(page)
                .as(
                        "page that says something else than the tests; run the tests that are new, then this, and copy %s over it",
                        right)
                .isEqualTo(promised)
                .doesNotContain(FaultsPage.NOT_RUN);
        assertThat(rows).hasSizeGreaterThan(40);
        assertThat(FaultsPage.headings(page))
                .containsExactlyElementsOf(Arrays.stream(Fault.Section.values())
                        .map(Fault.Section::heading)
                        .toList());
    }

    @Test
    void everyOneIsATestOfANameOfItsOwn() throws IOException {
        List<Method> methods = FaultRow.methods();
        assertThat(methods)
                .allMatch(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class));
        assertThat(methods.stream().map(FaultRow::nameOf)).doesNotHaveDuplicates();
        assertThat(FaultRow.all())
                .allSatisfy(row -> assertThat(Stream.of(row.fault(), row.where(), row.promised()))
                        .allMatch(words -> !words.isBlank() && !words.contains("|") && !words.contains("\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch.BatchFaultIT", "job.process.AveragingClusterIT", "train.LeftOutReplicaIT"})
    void noTestOfFaultsIsLeftOut(String name) throws Exception {
        assertThat(Class.forName("elbow." + name, false, getClass().getClassLoader())
                        .getDeclaredMethods())
                .filteredOn(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class))
                .isNotEmpty()
                .allMatch(method -> method.getAnnotationsByType(Fault.class).length > 0);
    }

    @Test
    void aRowSaysWhatItsTestsHaveSeen() throws IOException {
        assertThat(page(Map.of("FaultsPageTest.Dusty", record(2, 0, "wiped after 4 s"))))
                .isEqualTo(PAGE.replace("| gone | local | no more | held | `GoneTest.gone` |\n", "")
                        .replace("3 s", "4 s"));
        assertThat(page(Map.of("FaultsPageTest.Dusty", record(2, 0))))
                .contains("| dust | local | wiped (1) | held in 2 cases | `FaultsPageTest.Dusty` |");
    }

    @Test
    void aRowOfATestThatWasNotRunStaysAsItIs() throws IOException {
        String same = PAGE.replace("| gone | local | no more | held | `GoneTest.gone` |\n", "");
        assertThat(page(Map.of())).isEqualTo(same);
        assertThat(page(Map.of("FaultsPageTest.Dusty", record(0, 0)))).isEqualTo(same);
    }

    @Test
    void aTestThatFailsDoesNotStandOnThePage() throws IOException {
        assertThat(page(Map.of("FaultsPageTest.Dusty", record(2, 1)))).doesNotContain("Dusty");
    }

    @Test
    void aNewRowWithoutARunSaysSo() throws IOException {
        FaultRow row = new FaultRow(Fault.Section.TRAINING, "rust", "local", "filed", List.of("RustTest.rust"));
        assertThat(FaultsPage.of(PAGE, List.of(row), test -> Optional.empty()))
                .contains("| rust | local | filed | NOT RUN | `RustTest.rust` |\n\n## What is no table");
    }

    @Test
    void secondsAndCasesMayBeOthers() {
        assertThat(FaultsPage.withoutMeasurements("2 rows, ended after 1,234.5 s, held in 17 cases"))
                .isEqualTo("2 rows, ended after N s, held");
    }

    private static String page(Map<String, FaultRecord> records) throws IOException {
        FaultRow row =
                new FaultRow(Fault.Section.TRAINING, "dust", "local", "wiped (1)", List.of("FaultsPageTest.Dusty"));
        return FaultsPage.of(PAGE, List.of(row), test -> Optional.ofNullable(records.get(test)));
    }

    private static FaultRecord record(int held, int failed, String... seen) {
        return new FaultRecord("FaultsPageTest.Dusty", held, failed, 0, List.of(seen));
    }
}
