package elbow.fit;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.base.Configuration;
import elbow.data.rows.Split.Rule;
import elbow.model.HistoryEntry;
import elbow.train.averaging.AveragingState;
import elbow.train.checkpoint.Checkpoint;
import elbow.train.checkpoint.CheckpointDirectory;
import elbow.train.checkpoint.RunIdentity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitCheckpointsTest {
    @TempDir
    private Path temporary;

    @Test
    void aRunIsResumedWithTheSplitThatItHad() {
        saved(Map.of("--ignore", ""));
        assertThat(checkpoints(FitStart.RESUME).splitRule()).isEqualTo(Rule.COPIES_TOGETHER);

        saved(Map.of("--ignore", "", "copies of common rows", "dealt"));
        assertThat(checkpoints(FitStart.RESUME).splitRule()).isEqualTo(Rule.COPIES_DEALT);

        saved(Map.of("--ignore", "", "copies of common rows", "dealt", "places of rows", "without units"));
        assertThat(checkpoints(FitStart.RESUME).splitRule()).isEqualTo(Rule.WITHOUT_UNITS);
    }

    @Test
    void aRunThatBeginsAnewIsSplitByTheNewestRule() {
        assertThat(checkpoints(FitStart.NEW).splitRule()).isEqualTo(Rule.WITHOUT_UNITS);
        saved(Map.of("--ignore", ""));

        assertThat(checkpoints(FitStart.OVERWRITE).splitRule()).isEqualTo(Rule.WITHOUT_UNITS);
    }

    @SuppressWarnings("NullAway") // The vectors may be null, which it does not see in class files.
    private void saved(Map<String, String> facts) {
        AveragingState state = new AveragingState(3, 1, new float[] {1, 2}, null, null, new float[0]);
        HistoryEntry entry = new HistoryEntry(0, 0, 0, 0, 0, -10, -8, 2, -9.5, 3, 0);
        directory()
                .save(new Checkpoint(3, 0, state, state, 0, 1, List.of(entry)), new RunIdentity(new TreeMap<>(facts)));
    }

    private FitCheckpoints checkpoints(FitStart start) {
        return FitCheckpoints.of(directory(), start, Configuration.defaults(), List.of(), Map.of());
    }

    private CheckpointDirectory directory() {
        return CheckpointDirectory.beside(
                temporary.resolve("model").toString(), new org.apache.hadoop.conf.Configuration());
    }
}
