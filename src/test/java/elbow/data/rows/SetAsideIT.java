package elbow.data.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.base.ElbowException;
import elbow.data.source.DataReader;
import elbow.data.source.ReadRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetAsideIT {
    @TempDir
    private Path directory;

    @Test
    void badRowsAreWrittenAndAllRowsCounted() throws Exception {
        Dataset<Row> marked = marked("rows.csv", "a,b\n1,2\n3\n4,5\n6,7\n8\n");

        SetAside written = SetAside.write(marked, directory.resolve("bad").toString());

        assertThat(written).isEqualTo(new SetAside(2, 3));
    }

    @Test
    void badRowsOfTwoTablesThatShareNoColumnAreSetAsideTogether() throws Exception {
        Dataset<Row> first = marked("first.csv", "a,b\n1,2\n3\n");
        Dataset<Row> second =
                marked("second.csv", "c\nx\n").withColumn(BadRows.FAULT, BadRows.fault(functions.lit("no")));

        Dataset<Row> bad = BadRows.bad(BadRows.marksOfBoth(first, second));

        assertThat(bad.select("row").as(Encoders.STRING()).collectAsList())
                .containsExactlyInAnyOrder("3", "{\"c\":\"x\"}");
        assertThat(SetAside.count(BadRows.marksOfBoth(first, second))).isEqualTo(new SetAside(2, 1));
    }

    private Dataset<Row> marked(String name, String content) throws IOException {
        Path file = Files.writeString(directory.resolve(name), content);
        return DataReader.read(
                SharedSpark.session(), ReadRequest.of(file.toString()).markingBadRows());
    }

    @Test
    void rowsThatAreOthersTheSecondTimeAreAnError() {
        SetAside written = new SetAside(2, 3);

        written.requireAllUsed(3, List.of("rows.csv"));
        assertThatThrownBy(() -> written.requireAllUsed(4, List.of("rows.csv")))
                .isInstanceOf(ElbowException.class)
                .hasMessage("input rows.csv must stay as it is while it is read, but of 5 rows 2 were set aside and,"
                        + " read again, 4 were good: run again when nobody writes there");
    }
}
