package elbow.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.base.ElbowException;
import elbow.data.source.DataFormat;
import elbow.data.source.DataReader;
import elbow.data.source.ReadRequest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablePartitionsTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 11, 29);
    private static final LocalDate SECOND = LocalDate.of(2026, 11, 30);

    private final List<String> notes = new ArrayList<>();
    private SparkSession spark = SharedSpark.session();

    @BeforeEach
    void begin() {
        spark = SharedSpark.session();
    }

    private void view(String... rows) {
        spark.sql("SELECT * FROM VALUES " + String.join(", ", rows)).createOrReplaceTempView("parted");
    }

    private ReadRequest request() {
        return new ReadRequest(List.of("parted"), DataFormat.TABLE, Optional.empty(), List.of())
                .notes(note -> notes.add(note.toString()));
    }

    private List<Partition> found(String column) {
        return new TablePartitions(spark, request(), column).find(date -> true);
    }

    private String fingerprint(String... rows) {
        view(rows);
        List<Partition> found = found("col1");
        assertThat(found).hasSize(1);
        return found.get(0).fingerprint();
    }

    @Test
    void datesAreToldApartWhateverTheirColumnIs() {
        for (Function<LocalDate, String> literal :
                List.<Function<LocalDate, String>>of(date -> "DATE'" + date + "'", date -> "'" + date + "'")) {
            view(
                    "(" + literal.apply(SECOND) + ", 3)",
                    "(" + literal.apply(FIRST) + ", 1)",
                    "(" + literal.apply(SECOND) + ", 2)",
                    "(null, 7)");
            List<Partition> found = found("col1");
            assertThat(found).extracting(Partition::date).containsExactly(FIRST, SECOND);
            assertThat(found)
                    .extracting(partition -> partition.count().orElseThrow())
                    .containsExactly(1L, 2L);
            assertThat(DataReader.read(spark, found.get(1).rows()).collectAsList().stream()
                            .map(row -> row.getInt(1))
                            .collect(Collectors.toSet()))
                    .containsExactlyInAnyOrder(2, 3);
        }
        assertThat(notes).contains("Rows of no date: 1 have none in column col1, and belong to no partition");
    }

    @Test
    void textsThatAreNoDatesBelongToNoPartition() {
        view("('2026-11-29', 1)", "('pending', 2)", "('2026-11-31', 3)");
        assertThat(found("col1")).extracting(Partition::date).containsExactly(FIRST);
        assertThat(notes).containsExactly("Rows of no date: 2 have none in column col1, and belong to no partition");
    }

    @Test
    void onlyDatesThatAreWantedAreLookedAt() {
        view("(DATE'2026-11-29', 1)", "(DATE'2026-11-30', 2)");
        assertThat(new TablePartitions(spark, request(), "col1").find(SECOND::equals))
                .extracting(Partition::date)
                .containsExactly(SECOND);
        assertThat(new TablePartitions(spark, request(), "col1").find(date -> false))
                .isEmpty();
    }

    @Test
    void theBatchsOwnConditionHoldsToo() {
        view("(DATE'2026-11-29', 1)", "(DATE'2026-11-29', 2)", "(DATE'2026-11-29', 3)");
        Partition partition = new TablePartitions(spark, request().where("col2 = 1 OR col2 = 2 -- some"), "col1")
                .find(date -> true)
                .get(0);
        assertThat(partition.count()).hasValue(2);
        assertThat(DataReader.read(spark, partition.rows()).count()).isEqualTo(2);
    }

    @Test
    void aFingerprintIsOfTheRowsAndNotOfTheirOrder() {
        String first = fingerprint("(DATE'2026-11-29', 1, 'a')", "(DATE'2026-11-29', 2, 'b')");
        assertThat(fingerprint("(DATE'2026-11-29', 2, 'b')", "(DATE'2026-11-29', 1, 'a')"))
                .isEqualTo(first)
                .matches("[0-9a-f]{16}");
        assertThat(fingerprint("(DATE'2026-11-29', 2, 'a')", "(DATE'2026-11-29', 1, 'b')"))
                .isNotEqualTo(first);
        assertThat(fingerprint("(DATE'2026-11-29', 1, 'a')")).isNotEqualTo(first);
    }

    @Test
    void aRowThatIsThereTwiceIsNoRowLess() {
        String two = fingerprint("(DATE'2026-11-29', 1)", "(DATE'2026-11-29', 1)");
        assertThat(fingerprint("(DATE'2026-11-29', 2)", "(DATE'2026-11-29', 2)"))
                .isNotEqualTo(two);
    }

    @Test
    void aFingerprintKnowsInWhichColumnNothingStands() {
        assertThat(fingerprint("(DATE'2026-11-29', 1, null)")).isNotEqualTo(fingerprint("(DATE'2026-11-29', null, 1)"));
    }

    @Test
    void columnsOfMapsCountToo() {
        assertThat(fingerprint("(DATE'2026-11-29', map('a', 1))"))
                .isNotEqualTo(fingerprint("(DATE'2026-11-29', map('a', 2))"));
        assertThat(fingerprint("(DATE'2026-11-29', array(named_struct('m', map('a', 1))))"))
                .isNotEqualTo(fingerprint("(DATE'2026-11-29', array(named_struct('m', map('b', 1))))"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dt   | name a column of the table, but there is no \"dt\" among col1, col2, col3",
                "col2 | name a column of dates, or of texts such as 2026-11-30, but col2 is timestamp",
                "col3 | name a column of dates, or of texts such as 2026-11-30, but col3 is int"
            })
    void aColumnThatHasNoDatesIsRefused(String column, String message) {
        view("(DATE'2026-11-29', TIMESTAMP'2026-11-29 01:00:00', 20261129)");
        assertThatThrownBy(() -> found(column))
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining("batch.partition-column must " + message);
    }
}
