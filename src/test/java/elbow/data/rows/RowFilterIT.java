package elbow.data.rows;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.base.Parameter;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowFilterIT {
    private static final Dataset<Row> ROWS = SharedSpark.session()
            .range(4)
            .selectExpr(
                    "id",
                    "CAST(id % 2 AS INT) whole",
                    "CAST(id % 2 AS DOUBLE) number",
                    "id % 2 = 1 truth",
                    "IF(id = 0, NULL, CAST(id % 2 AS STRING)) text",
                    "CAST(id % 2 + 0.1 AS FLOAT) single",
                    "CAST(id % 2 + 0.25 AS DECIMAL(9, 2)) price",
                    "IF(id % 2 = 1, DATE '2024-02-29', DATE '2023-01-01') day",
                    "IF(id % 2 = 1, TIMESTAMP '2024-02-29 10:00:00', TIMESTAMP '2023-01-01 00:00:00') moment");

    /** However strict Spark is with casts. */
    @ParameterizedTest
    @CsvSource({
        "whole, 1, 2",
        "whole, 1.0, 2",
        "whole, 1e0, 2",
        "whole, 1.5, 0",
        "whole, 1.0001, 0",
        "whole, yes, 0",
        "number, 1, 2",
        "number, 1.5, 0",
        "truth, 1, 2",
        "truth, TRUE, 2",
        "truth, maybe, 0",
        "text, 1, 2",
        "text, 1.0, 0",
        "single, 1.1, 2",
        "single, 1.10000001, 2",
        "single, 1.2, 0",
        "single, much, 0",
        "price, 1.25, 2",
        "price, 1.250, 2",
        "price, 1.251, 0",
        "price, -, 0",
        "day, 2024-02-29, 2",
        "day, 2024-02-30, 0",
        "moment, 2024-02-29 10:00:00, 2",
        "moment, then, 0",
        "text, it's \\, 0"
    })
    void aValueIsComparedAsItsColumnComparesAndNeverRounded(String column, String value, long found) {
        for (boolean strict : new boolean[] {false, true}) {
            SharedSpark.withStrictCasts(strict, () -> {
                assertThat(RowFilter.having(ROWS, Parameter.ANOMALIES, column, value)
                                .count())
                        .isEqualTo(found);
                assertThat(RowFilter.others(ROWS, Parameter.ANOMALIES, column, value)
                                .count())
                        .isEqualTo(4 - found);
            });
        }
    }

    @Test
    void aRowWithoutAValueIsOneOfTheOthers() {
        assertThat(RowFilter.others(ROWS, Parameter.ANOMALIES, "text", "1")
                        .select("id")
                        .collectAsList())
                .extracting(row -> row.getLong(0))
                .containsExactly(0L, 2L);
    }

    @Test
    void contentHasOneFingerprintInAnyOrder() {
        Dataset<Row> some = ROWS.filter("id > 0").select("id", "text");
        RowContents contents = RowContents.of(some, List.of("id", "text"));

        assertThat(contents.rows()).isEqualTo(3);
        assertThat(RowContents.of(some.orderBy(some.col("id").desc()), List.of("id", "text")))
                .isEqualTo(contents);
        assertThat(RowContents.of(ROWS.select("id", "text"), List.of("id", "text"))
                        .fingerprint())
                .isNotEqualTo(contents.fingerprint());
    }
}
