package elbow.job.rows;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.job.CommandLineRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two shops sell half of all, ten stalls the other half: each shop has a place of its own, all stalls share one. */
class RareConditionsIT {
    private static final List<String> SHOPS = List.of("north", "south");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void rareCategoriesThatShareAPlaceAreDrawnEach() throws IOException {
        SharedSpark.session();
        CommandLineRun command = new CommandLineRun(directory);
        StringBuilder sales = new StringBuilder("shop,sold,price\n");
        for (int i = 0; i < 1_000; i++) {
            String shop = i % 4 < 2 ? SHOPS.get(i % 4) : "stall" + i % 10;
            sales.append(String.format(Locale.ROOT, "%s,%.1f,%.1f%n", shop, 8 + Math.sin(i), 5 + Math.cos(i)));
        }
        command.write("stalls.csv", sales.toString());
        assertThat(command.run("train --input stalls.csv --conditions shop --model model -D training.replicas=1"
                        + " -D training.epochs=2 -D data.maximum-categories=2"))
                .as(command.errors())
                .isZero();
        assertThat(command.run("generate --rows 3000 --model model --output made"))
                .as(command.errors())
                .isZero();

        Dataset<Row> made =
                SharedSpark.session().read().parquet(directory.resolve("made").toString());
        List<Row> stalls =
                made.filter("shop like 'stall%'").groupBy("shop").count().collectAsList();
        // A twentieth of the rows each, within five standard errors.
        assertThat(stalls)
                .hasSize(10)
                .allSatisfy(stall -> assertThat(stall.getLong(1)).isBetween(90L, 210L));
    }
}
