package elbow.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.PictureRows;
import elbow.SharedSpark;
import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.feature.FeatureType;
import elbow.data.rows.BadRows;
import elbow.data.rows.Quarantine;
import elbow.files.OutputDirectory.IfExists;
import elbow.model.HistoryEntry;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import elbow.score.RowScoring;
import elbow.score.ScoringPlan;
import elbow.train.checkpoint.CheckpointDirectory;
import elbow.train.progress.RoundReport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fits on DataFrames, as programs make them. */
class FitIT {
    private static final Configuration QUICK = Configuration.defaults()
            .withOverrides(
                    List.of("training.epochs=6", "training.replicas=2", "training.batch-size=32", "scoring.samples=0"));

    private static final String ROWS = "SELECT 10 + sin(id) AS a, cos(id * 7) * 3 AS b, id % 5 AS c,"
            + " date_add(DATE'2026-01-01', cast(id % 90 AS int)) AS day,"
            + " timestamp_seconds(1767225600 + id * 5003) AS at,"
            + " TIMESTAMP_NTZ'2026-01-01 00:00:00' + make_interval(0, 0, 0, 0, cast(id * 5 AS int)) AS local"
            + " FROM range(600)";

    private final org.apache.hadoop.conf.Configuration hadoop = new org.apache.hadoop.conf.Configuration();

    @TempDir
    private Path directory;

    @Test
    void aModelComesInMemoryAndIsTheOneThatIsWritten() {
        Dataset<Row> rows = rows(SharedSpark.session());

        FitResult fitted = Fit.of(QUICK).train(rows);
        fitted.save(ModelDirectory.toWrite(place("model"), IfExists.REFUSE, hadoop));
        TrainedModel loaded = new ModelDirectory(place("model"), hadoop).load();

        assertThat(loaded.manifest()).isEqualTo(fitted.model().manifest());
        assertThat(fitted.model().manifest().data().inputs()).containsExactly("DataFrame");
        assertThat(scores(rows, loaded)).isEqualTo(scores(rows, fitted.model()));
        assertThat(fitted.history()).hasSize(7);
        assertThat(fitted.summary().elbo()).isGreaterThan(fitted.summary().elboBefore());
        assertThat(fitted.calibration().rows())
                .isEqualTo(fitted.model().manifest().data().validationRows());
        assertThat(fitted.columns()).extracting("column").containsExactly("a", "b", "c", "day", "at", "local");
        assertThat(rows.storageLevel()).isEqualTo(StorageLevel.NONE());
    }

    @Test
    void aSessionOfAnotherZoneAndOtherSettingsLeadsToTheSameModelAndScores() {
        SparkSession elsewhere = SharedSpark.session().newSession();
        elsewhere.conf().set("spark.sql.session.timeZone", "America/Los_Angeles");
        elsewhere.conf().set("spark.sql.ansi.enabled", true);
        elsewhere.conf().set("spark.sql.shuffle.partitions", 5);
        elsewhere.conf().set("spark.sql.codegen.hugeMethodLimit", 65535);
        elsewhere.conf().set("spark.sql.caseSensitive", true);
        SparkSession utc = SharedSpark.session().newSession();
        utc.conf().set("spark.sql.session.timeZone", "UTC");

        FitResult there = Fit.of(QUICK).train(rows(elsewhere).repartition(3));
        FitResult here = Fit.of(QUICK).train(rows(utc));

        assertThat(there.modelId()).isEqualTo(here.modelId());
        assertThat(scores(rows(elsewhere), there.model())).isEqualTo(scores(rows(utc), here.model()));
    }

    @Test
    void aFitThatWasInterruptedGoesOnFromItsCheckpointsToTheSameModel() {
        Dataset<Row> rows = rows(SharedSpark.session());
        Configuration often = QUICK.withOverrides(List.of("training.checkpoint-rounds=1"));
        FitResult whole = Fit.of(often).train(rows);
        Fit.Builder interrupted = interrupted(often);
        assertThatThrownBy(() -> interrupted.build().train(rows)).hasMessage("interrupted");

        assertThatThrownBy(() -> interrupted.build().train(rows))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageContaining("has checkpoints of one");
        List<Integer> from = new ArrayList<>();
        FitResult resumed = Fit.builder(often)
                .checkpoints(CheckpointDirectory.beside(place("model"), hadoop), FitStart.RESUME)
                .writeTo(ModelDirectory.toWrite(place("model"), IfExists.REFUSE, hadoop))
                .listener(new FitListener() {
                    @Override
                    public void resumed(int round) {
                        from.add(round);
                    }
                })
                .build()
                .train(rows);

        assertThat(from).hasSize(1);
        assertThat(resumed.modelId()).isEqualTo(whole.modelId());
        assertThat(new ModelDirectory(place("model"), hadoop).load().manifest())
                .isEqualTo(resumed.model().manifest());
        assertThat(CheckpointDirectory.beside(place("model"), hadoop).isEmpty()).isTrue();
    }

    private Fit.Builder interrupted(Configuration settings) {
        return Fit.builder(settings)
                .checkpoints(CheckpointDirectory.beside(place("model"), hadoop), FitStart.NEW)
                .listener(new FitListener() {
                    @Override
                    public void measured(HistoryEntry entry) {
                        if (entry.epoch() == 3) {
                            throw new IllegalStateException("interrupted");
                        }
                    }
                });
    }

    @Test
    void aFitOfImagesGoesOnAtTheConstantRateThatWasTheDefaultWhenItBegan() {
        Dataset<Row> rows = PictureRows.fitting(200, 3).select("picture");
        Configuration today = QUICK.withOverrides(List.of("training.checkpoint-rounds=1"));
        Configuration then = today.withOverrides(List.of("training.learning-rate-schedule.shape=constant"));
        FitResult whole = Fit.of(then).train(rows);
        assertThatThrownBy(() -> interrupted(then).build().train(rows)).hasMessage("interrupted");

        FitResult resumed = Fit.builder(today)
                .checkpoints(CheckpointDirectory.beside(place("model"), hadoop), FitStart.RESUME)
                .build()
                .train(rows);

        assertThat(resumed.modelId()).isEqualTo(whole.modelId());
        assertThat(Fit.of(today).train(rows).modelId()).isNotEqualTo(whole.modelId());
    }

    @Test
    void ofTwoFitsThatWriteOneModelTheSecondIsRefusedUntilTheFirstIsOver() {
        Dataset<Row> rows = rows(SharedSpark.session());
        List<ErrorCategory> refused = new ArrayList<>();
        Fit.Builder writes = Fit.builder(QUICK)
                .checkpoints(CheckpointDirectory.beside(place("model"), hadoop), FitStart.OVERWRITE)
                .writeTo(ModelDirectory.toWrite(place("model"), IfExists.REPLACE, hadoop));
        Fit second = writes.build();
        Fit onlyCheckpoints = Fit.builder(QUICK)
                .checkpoints(CheckpointDirectory.beside(place("model"), hadoop), FitStart.OVERWRITE)
                .build();
        FitListener starts = new FitListener() {
            @Override
            public void planned(PlannedFit planned) {
                for (Fit other : List.of(second, onlyCheckpoints)) {
                    assertThatThrownBy(() -> other.train(rows))
                            .isInstanceOfSatisfying(ElbowException.class, e -> refused.add(e.category()));
                }
            }
        };

        writes.listener(starts).build().train(rows);

        assertThat(refused).containsExactly(ErrorCategory.LOCKED, ErrorCategory.LOCKED);
        assertThat(second.train(rows).modelId())
                .isEqualTo(onlyCheckpoints.train(rows).modelId());
    }

    @Test
    void aListenerHearsOfEverythingInOrder() {
        List<String> heard = new ArrayList<>();
        Fit.builder(QUICK)
                .validation(rows(SharedSpark.session()).limit(50))
                .ignore(List.of("day"))
                .listener(new FitListener() {
                    @Override
                    public void planned(PlannedFit planned) {
                        heard.add("planned " + planned.trainingRows() + " " + planned.validationRows() + " "
                                + planned.describeColumns());
                    }

                    @Override
                    public void trainingStarted() {
                        heard.add("started");
                    }

                    @Override
                    public void roundFinished(RoundReport report) {
                        heard.add("round");
                    }

                    @Override
                    public void trainingEnded() {
                        heard.add("ended");
                    }
                })
                .build()
                .train(rows(SharedSpark.session()));

        assertThat(heard)
                .startsWith("planned 600 50 5 columns; left out: day (ignored on request)", "started", "round")
                .endsWith("round", "ended");
    }

    @Test
    void badRowsOfADataFrameAreNamedOrSetAside() {
        Dataset<Row> rows = SharedSpark.session()
                .sql("SELECT IF(id = 7, double('Infinity'), sin(id)) AS a, cos(id * 7) AS b FROM range(300)");

        assertThatThrownBy(() -> Fit.of(QUICK).train(rows))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INPUT))
                .hasMessageContaining("column a must have a finite number in every row that has a value, but 1 of 2");
        FitResult fitted = Fit.builder(QUICK)
                .quarantine(new Quarantine(place("bad"), IfExists.REFUSE, hadoop))
                .build()
                .train(rows);

        assertThat(fitted.setAside()).hasValue(1);
        assertThat(SharedSpark.session().read().parquet(place("bad")).count()).isEqualTo(1);
    }

    @Test
    void aTextThatIsNoLevelIsABadRow() {
        Configuration levels = QUICK.withOverrides(List.of("data.levels=[[size, small, large]]", "training.epochs=1"));
        Dataset<Row> rows = SharedSpark.session()
                .sql("SELECT IF(id = 7, 'huge', IF(id % 3 = 0, 'large', ' small')) AS size, sin(id) AS a"
                        + " FROM range(300)");

        assertThatThrownBy(() -> Fit.of(levels).train(rows))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INPUT))
                .hasMessageContaining("column size must have one of the values that data.levels lists, small < large,"
                        + " in every row that has a value, but 1 of 2")
                .hasMessageContaining("such as \"huge\", row");
        FitResult fitted = Fit.builder(levels)
                .quarantine(new Quarantine(place("bad"), IfExists.REFUSE, hadoop))
                .build()
                .train(rows);

        assertThat(fitted.setAside()).hasValue(1);
        assertThat(fitted.model().encoder().features().get(1).type()).isEqualTo(FeatureType.ORDINAL);
        List<Row> bad = SharedSpark.session()
                .read()
                .parquet(place("bad"))
                .select("reason", "row")
                .collectAsList();
        assertThat(bad.get(0).getString(0)).startsWith("column size must have one of the values of training");
        // In scoring, too.
        assertThat(BadRows.good(BadRows.mark(
                                BadRows.marked(rows), fitted.model().encoder()))
                        .count())
                .isEqualTo(299);
    }

    @Test
    void autoHidesValuesOfRowsWithGapsAsTheShareThatTheManifestHasDoes() {
        Dataset<Row> rows = SharedSpark.session()
                .sql("SELECT IF(id % 5 = 0, null, sin(id)) AS a, cos(id * 7) AS b FROM range(300)");
        Configuration quick = QUICK.withOverrides(List.of("training.epochs=1"));

        List<String> said = new ArrayList<>();
        FitResult auto = Fit.builder(quick.withOverrides(List.of("objective.mask-share=auto")))
                .listener(new FitListener() {
                    @Override
                    public void planned(PlannedFit fit) {
                        said.add(fit.hidden().orElse(""));
                    }
                })
                .build()
                .train(rows);
        FitResult given =
                Fit.of(quick.withOverrides(List.of("objective.mask-share=0.3"))).train(rows);

        assertThat(said)
                .singleElement()
                .asString()
                .matches("0\\.3 \\(auto: (9\\.\\d|1\\d) % of the values are missing\\)");
        assertThat(auto.model().manifest().settings()).containsEntry("objective.mask-share", "0.3");
        assertThat(auto.model().manifest().modelId())
                .isEqualTo(given.model().manifest().modelId());
        assertThat(auto.model().manifest().modelId())
                .isNotEqualTo(Fit.of(quick).train(rows).model().manifest().modelId());
    }

    private String place(String name) {
        return directory.resolve(name).toString();
    }

    private static Dataset<Row> rows(SparkSession spark) {
        return spark.sql(ROWS);
    }

    private static List<String> scores(Dataset<Row> rows, TrainedModel model) {
        return RowScoring.score(rows, model, new ScoringPlan(List.of("a", "b"), 0, 1.0, 0, Instant.EPOCH))
                .select("a", "b", "elbo", "kl", "anomaly_score")
                .collectAsList()
                .stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }
}
