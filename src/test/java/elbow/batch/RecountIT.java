package elbow.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.reference.ColumnTallies;
import elbow.data.reference.ColumnTally;
import elbow.data.source.IdxFiles;
import elbow.job.TestModels;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import elbow.score.ScoredCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where other rows were counted on their way than are published. */
class RecountIT {
    private static final int ROWS = 50;

    @TempDir
    private Path directory;

    @BeforeEach
    void startSpark() {
        SharedSpark.session();
    }

    @Test
    void imagesAreReadAndCountedAgain() throws IOException {
        Path training = Files.write(directory.resolve("training.idx"), images(200, 3));
        TrainedModel model = trained(training, "-D", "data.image.binarise=none");
        Path partition = Files.write(directory.resolve("images.idx"), images(ROWS, 4));
        PartitionRows rows = rows(model, partition);
        WrittenScores.Totals written = new WrittenScores.Totals(ROWS, 7, 0, -3);

        ScoredCounts twice = counted(model, 2 * ROWS, written, rows);
        ScoredCounts right = counted(model, ROWS, written, rows);

        assertThat(twice.rows()).isEqualTo(ROWS);
        assertThat(twice.flagged()).isEqualTo(7);
        assertThat(twice.columns().columns(model.encoder()))
                .singleElement()
                .extracting(ColumnTally::rows)
                .isEqualTo((long) ROWS);
        // Nothing is read where the numbers agree.
        assertThat(right.columns().rows()).isZero();
    }

    @Test
    void aTableWhoseRowsAreNotAllPublishedIsAnError() throws IOException {
        TrainedModel model =
                trained(Files.write(directory.resolve("rows.csv"), BatchWorld.rows(200, 3)), "--ignore", "id");
        PartitionRows rows = rows(model, directory.resolve("rows.csv"));

        assertThatThrownBy(() -> counted(model, 200, new WrittenScores.Totals(190, 7, 0, -3), rows))
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining(
                        "the output must have every row that was scored, but of 200 in run=1 there are 190")
                .extracting(failure -> ((ElbowException) failure).category())
                .isEqualTo(ErrorCategory.INTERNAL);
    }

    private static ScoredCounts counted(
            TrainedModel model, long counted, WrittenScores.Totals written, PartitionRows rows) {
        ScoredCounts counts = new ScoredCounts(counted, 7, 0, ColumnTallies.of(model.encoder(), Optional.empty()));
        return PartitionScoring.counted(counts, written, rows, model.encoder(), "run=1");
    }

    private PartitionRows rows(TrainedModel model, Path partition) {
        BatchSettings settings = new BatchWorld(directory, directory.resolve("model")).settings("batch.keep=");
        return new PartitionRows(
                SharedSpark.session(),
                settings.input().from(List.of(partition.toString())),
                OptionalLong.empty(),
                model.encoder(),
                List.of(),
                settings.badRows());
    }

    private TrainedModel trained(Path rows, String... options) {
        Path model = TestModels.train(rows, directory.resolve("model"), options);
        return new ModelDirectory(model.toString(), new org.apache.hadoop.conf.Configuration()).load();
    }

    private static byte[] images(int count, long seed) {
        byte[] pixels = new byte[count * 16];
        new Random(seed).nextBytes(pixels);
        return IdxFiles.file(0x0803, pixels, count, 4, 4);
    }
}
