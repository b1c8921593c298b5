package elbow.job.odd;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.job.CommandLineRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times that numbers count from 1970, in every format: scored as times, and generated as numbers again. */
class CountedTimesIT {
    private static final String TIMES = "timestamp_seconds(1700000000 + id * 4000)";
    private static final String TRAIN = " -D training.epochs=2 -D training.replicas=1 -D data.types.time=";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "parquet", "orc", "avro"})
    void areTimesToTheModelAndNumbersInTheTable(String format) throws IOException {
        CommandLineRun command = new CommandLineRun(directory);
        write(format, "counted", "1700000000 + id * 4000");
        write(format, "plain", "date_format(" + TIMES + ", 'yyyy-MM-dd HH:mm:ss')");
        for (String name : List.of("counted", "plain")) {
            String pattern = name.equals("counted") ? "epoch-seconds" : "iso";
            run(command, "train --input " + name + " --model m-" + name + TRAIN + "[[seen," + pattern + "]]");
            run(command, "score --model m-" + name + " --input " + name + " --output s-" + name + " --keep x");
        }

        assertThat(scores("s-counted")).hasSize(300);
        run(command, "generate --model m-counted --rows 40 --output made");
        Dataset<Row> made = SharedSpark.session().read().parquet(directory + "/made");
        assertThat(made.schema().apply("seen").dataType().typeName()).isIn("integer", "long");
        assertThat(made.filter("seen BETWEEN 1700000000 AND 1701196000").count())
                .isEqualTo(40);
        run(command, "score --model m-counted --input made --output s-made");
        assertThat(scores("s-made")).hasSize(40);
    }

    private void write(String format, String name, String seen) {
        SharedSpark.session()
                .range(300)
                .selectExpr("round(sin(id), 6) AS x", seen + " AS seen")
                .coalesce(1)
                .write()
                .option("header", true)
                .format(format)
                .save(directory + "/" + name);
    }

    private List<Row> scores(String name) {
        return SharedSpark.session()
                .read()
                .parquet(directory + "/" + name)
                .filter("elbo IS NOT NULL")
                .collectAsList();
    }

    private static void run(CommandLineRun command, String words) {
        assertThat(command.run(words)).as(command.errors()).isZero();
    }
}
