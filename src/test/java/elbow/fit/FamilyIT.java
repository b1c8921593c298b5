package elbow.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.PictureRows;
import elbow.SharedSpark;
import elbow.base.Configuration;
import elbow.files.OutputDirectory.IfExists;
import elbow.model.HistoryEntry;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import elbow.score.Evaluation;
import elbow.score.RowScoring;
import elbow.score.ScoringPlan;
import elbow.train.checkpoint.CheckpointDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two replicas train each prior, posterior and kind of network; what comes of it is saved, resumed, loaded, scored and
 * evaluated.
 */
class FamilyIT {
    private static final Configuration QUICK = Configuration.defaults()
            .withOverrides(List.of(
                    "training.epochs=6",
                    "training.replicas=2",
                    "training.batch-size=32",
                    "training.checkpoint-rounds=1",
                    "model.encoder-sizes=[16]",
                    "model.latent-size=2",
                    "scoring.samples=2"));

    private static final String ROWS = "SELECT 10 + sin(id) AS a, cos(id) * 3 AS b, id % 5 AS c,"
            + " IF(id % 11 = 0, null, sin(id + 1)) AS d FROM range(600)";

    private final org.apache.hadoop.conf.Configuration hadoop = new org.apache.hadoop.conf.Configuration();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("elbow.SmallFamily#overrides")
    void aFitGoesOnFromItsCheckpointsToTheSameModelWhichScoresAsItDidInMemory(String overrides) {
        Dataset<Row> rows = overrides.contains("convolutional")
                ? PictureRows.fitting(600, 3)
                : SharedSpark.session().sql(ROWS);
        Configuration settings = QUICK.withOverrides(Arrays.asList(overrides.split(",(?=[a-z])")));
        FitResult whole = Fit.of(settings).train(rows);
        Fit.Builder interrupted = Fit.builder(settings)
                .checkpoints(CheckpointDirectory.beside(place(), hadoop), FitStart.NEW)
                .listener(new FitListener() {
                    @Override
                    public void measured(HistoryEntry entry) {
                        if (entry.epoch() == 3) {
                            throw new IllegalStateException("interrupted");
                        }
                    }
                });
        assertThatThrownBy(() -> interrupted.build().train(rows)).hasMessage("interrupted");
        List<Integer> from = new ArrayList<>();
        FitResult resumed = Fit.builder(settings)
                .checkpoints(CheckpointDirectory.beside(place(), hadoop), FitStart.RESUME)
                .writeTo(ModelDirectory.toWrite(place(), IfExists.REFUSE, hadoop))
                .listener(new FitListener() {
                    @Override
                    public void resumed(int round) {
                        from.add(round);
                    }
                })
                .build()
                // Other partitions: nothing of a model goes by them.
                .train(rows.repartition(3));

        assertThat(from).hasSize(1);
        assertThat(resumed.modelId()).isEqualTo(whole.modelId());
        assertThat(whole.summary().elbo()).isGreaterThan(whole.summary().elboBefore());
        TrainedModel loaded = new ModelDirectory(place(), hadoop).load();
        assertThat(scores(rows, loaded)).isEqualTo(scores(rows, whole.model()));
        Evaluation evaluation = Evaluation.of(rows, loaded, Optional.empty(), 16);
        assertThat(evaluation.importanceWeightedBound()).isGreaterThan(evaluation.elbo());
    }

    private String place() {
        return directory.resolve("model").toString();
    }

    private static List<String> scores(Dataset<Row> rows, TrainedModel model) {
        return RowScoring.score(rows, model, new ScoringPlan(List.of("a", "b"), 2, 1.0, 0, Instant.EPOCH))
                .select("a", "b", "elbo", "kl", "importance_weighted_bound")
                .collectAsList()
                .stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }
}
