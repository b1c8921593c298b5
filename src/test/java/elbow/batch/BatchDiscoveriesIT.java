package elbow.batch;

import static elbow.batch.BatchWorld.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.score.ScoreColumns;
import elbow.score.alarm.Alarm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions whose rows are flagged by the share of false discoveries. */
class BatchDiscoveriesIT {
    @TempDir
    private Path directory;

    @Test
    void aPartitionsThresholdMayFollowFromItsFalseDiscoveries() throws IOException {
        BatchWorld world = new BatchWorld(directory);
        List<String> strange = BatchWorld.rows(150, 5).stream()
                .map(line -> line.replaceFirst("^([^,]+),([0-9]+)\\.", "$1,1$2."))
                .toList();
        world.partition(
                FIRST,
                Stream.concat(BatchWorld.rows(250, 6).stream(), strange.stream().skip(1))
                        .toList());
        double share = 0.2;

        assertThat(world.run("batch.false-discoveries=" + share).failure()).isEmpty();

        List<Row> scored = SharedSpark.session()
                .read()
                .parquet(world.output()
                        .resolve("model=" + world.modelId() + "/dt=" + FIRST)
                        .toString())
                .orderBy(ScoreColumns.TAIL_PROBABILITY)
                .collectAsList();
        assertThat(scored).hasSize(400);
        int flagged = IntStream.rangeClosed(1, scored.size())
                .filter(k -> scored.get(k - 1).<Double>getAs(ScoreColumns.TAIL_PROBABILITY)
                        <= k * share / scored.size() + 1e-12)
                .max()
                .orElse(0);
        assertThat(flagged).isBetween(100, 250);
        for (int k = 1; k <= scored.size(); k++) {
            assertThat(scored.get(k - 1).<Boolean>getAs(ScoreColumns.IS_ANOMALY))
                    .isEqualTo(k <= flagged);
        }
        LedgerEntry entry = world.entry(FIRST);
        assertThat(entry.counts().anomalies()).isEqualTo(flagged);
        assertThat(entry.counts().alarms())
                .filteredOn(alarm -> alarm.kind() == Alarm.Kind.FLAGGED)
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.text()).contains("rows score above the model's threshold"));
    }
}
