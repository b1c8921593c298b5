package elbow.data.rows;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.data.table.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowHashesIT {
    /** Every type that content may have, with gaps, zeros of both signs and what is no number. */
    private static final String ROWS = """
            SELECT if(id % 7 = 0, NULL, sin(id)) AS double, if(id % 5 = 0, -0.0D, 1D) AS zero,
              if(id % 3 = 0, double('NaN'), double('-Infinity')) AS none, cast(sin(id) AS float) AS float,
              if(id % 4 = 0, float('-0.0'), float('NaN')) AS floats, cast(cos(id) AS decimal(10, 4)) AS small,
              cast(cos(id) * 1e12 AS decimal(38, 18)) AS large, id AS long, cast(id AS int) AS int,
              cast(id AS smallint) AS short, cast(id % 100 AS tinyint) AS byte, id % 2 = 0 AS truth,
              if(id % 9 = 0, NULL, concat('text ', id)) AS text, cast(concat('b', id) AS binary) AS bytes,
              date_add(DATE'2024-01-01', cast(id AS int)) AS date, timestamp_seconds(1.7e9 + id) AS time,
              TIMESTAMP_NTZ'2024-01-01 00:00:00' AS local, array(id, NULL) AS list,
              named_struct('a', id, 'b', sin(id)) AS fields, NULL AS nothing, INTERVAL '1' DAY * cast(id AS int) AS days
            FROM range(0, 200, 1, 2)
            """;

    @ParameterizedTest
    @EnumSource
    void hashesRowByRowAreThoseOfColumns(Split.Rule rule) {
        Dataset<Row> rows = SharedSpark.session().sql(ROWS);
        List<String> columns = Arrays.asList(rows.columns());
        ContentHashes hashes = ContentHashes.of(rows.schema(), columns, 17, rule);
        List<Row> ofColumns =
                rows.select(hashes.place(), hashes.hash(), hashes.fingerprint()).collectAsList();
        List<List<Long>> byRow = new ArrayList<>();
        RowHashes of = hashes.ofRows();
        for (InternalRow row : internal(rows, columns)) {
            of.of(row);
            byRow.add(List.of(of.place(), of.hash(), of.fingerprint()));
        }

        assertThat(byRow)
                .isEqualTo(ofColumns.stream()
                        .map(row -> List.of(row.getLong(0), row.getLong(1), row.getLong(2)))
                        .toList());
    }

    private static List<InternalRow> internal(Dataset<Row> rows, List<String> columns) {
        return rows.select(Columns.columns(columns))
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .map(InternalRow::copy)
                .collect();
    }
}
