package elbow.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.files.Place;
import elbow.fit.Fit;
import elbow.fit.FitResult;
import elbow.fit.RowSource;
import elbow.model.HistoryEntry;
import elbow.tune.Tuning.Beginning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches on a small table. */
class TuningIT {
    private static final Configuration QUICK = Configuration.defaults()
            .withOverrides(List.of(
                    "training.epochs=9",
                    "training.replicas=1",
                    "training.batch-size=32",
                    "model.encoder-sizes=[16]",
                    "tune.rungs=2",
                    "tune.trials=6",
                    "tune.samples=2",
                    "tune.space={ model.latent-size = [2, 3, 5], objective.beta = [0.5, 1],"
                            + " training.learning-rate = { log-uniform = [3e-4, 3e-2] } }"));

    @TempDir
    private Path directory;

    @Test
    void theResultIsTheSameHoweverManyTrialsRunAtATime() {
        TuningResult one = Tuning.of(with("tune.parallel=1")).run(rows(600));
        TuningResult three = Tuning.of(with("tune.parallel=3")).run(rows(600).repartition(3));

        assertThat(results(three)).isEqualTo(results(one)).hasSize(6);
        assertThat(three.configuration().asTexts())
                .isEqualTo(one.configuration().asTexts());
        assertThat(one.trials()).extracting(RankedTrial::rank).containsExactly(1, 2, 3, 4, 5, 6);
        // Six trials of three epochs, of which two and the configuration as it is have nine.
        assertThat(one.trials().stream()
                        .filter(trial -> trial.best().orElseThrow().epochs() == 9))
                .hasSizeBetween(2, 3)
                .anyMatch(trial -> trial.trial().isBaseline());
        assertThat(one.winning().score())
                .isGreaterThanOrEqualTo(one.baseline().best().orElseThrow().score());
    }

    @Test
    void aFitWithTheWinnersConfigurationLeavesTheNetworkThatWasMeasured() {
        for (String replicas : List.of("training.replicas=1", "training.replicas=2")) {
            TuningResult found = Tuning.of(with(replicas, "tune.trials=3")).run(rows(600));

            FitResult fitted = Fit.of(found.configuration()).train(rows(600));

            List<Double> measured = fitted.history().stream()
                    .filter(entry -> entry.epoch() == found.winning().keptEpoch())
                    .map(HistoryEntry::elbo)
                    .toList();
            assertThat(measured).containsExactly(found.winning().measuredElbo());
        }
    }

    @Test
    void aSearchThatWasKilledTrainsWhatIsLeftAndEndsInTheSameResult() throws Exception {
        TuningResult whole = Tuning.of(QUICK).run(rows(600));
        List<String> trained = new ArrayList<>();
        TuningListener kills = new TuningListener() {
            @Override
            public void trained(Trial trial, TrialRun run) {
                trained.add(trial.number() + " " + run.epochs());
                if (trained.size() == 4) {
                    throw new IllegalStateException("killed");
                }
            }
        };
        Configuration inTurn = with("tune.parallel=1");
        assertThatThrownBy(() -> kept(inTurn, kills).run(rows(600))).hasMessage("killed");
        assertThat(trained).hasSize(4);

        List<String> found = new ArrayList<>();
        TuningListener listens = new TuningListener() {
            @Override
            public void trained(Trial trial, TrialRun run) {
                trained.add(trial.number() + " " + run.epochs());
            }

            @Override
            public void found(Trial trial, TrialRun run) {
                found.add(trial.number() + " " + run.epochs());
            }
        };
        TuningResult resumed = kept(QUICK, listens).run(rows(600));

        assertThat(results(resumed)).isEqualTo(results(whole));
        assertThat(resumed.configuration()).isEqualTo(whole.configuration());
        assertThat(found).hasSize(4);
        assertThat(trained).doesNotHaveDuplicates().containsAll(found);

        int before = trained.size();
        assertThat(results(kept(QUICK, listens).run(rows(600)))).isEqualTo(results(whole));
        assertThat(trained).hasSize(before);
    }

    @Test
    void otherSettingsAndOtherRowsAreRefusedAndNamed() throws Exception {
        Configuration short2 = with("tune.trials=2", "training.epochs=3");
        kept(short2, TuningListener.SILENT).run(rows(300));

        refused(kept(short2.withOverrides(List.of("objective.beta=2")), TuningListener.SILENT), rows(300))
                .contains("objective.beta is 1 and here 2");
        refused(kept(short2.withOverrides(List.of("tune.samples=3")), TuningListener.SILENT), rows(300))
                .contains("tune.samples is 2 and here 3");
        refused(
                        kept(
                                short2.withOverrides(List.of("tune.space={objective.beta=[0.5,1,3]}")),
                                TuningListener.SILENT),
                        rows(300))
                .contains("tune.space of model.latent-size is [2, 3, 5] and here not given");
        refused(kept(short2, TuningListener.SILENT), rows(301)).contains("rows' fingerprint is ");
        // How many at a time decides on nothing, as what trials do not leave.
        kept(
                        short2.withOverrides(
                                List.of("tune.parallel=2", "refresh.elbo-loss=1", "training.checkpoint-rounds=7")),
                        TuningListener.SILENT)
                .run(rows(300));

        assertThat(Tuning.builder(short2.withOverrides(List.of("objective.beta=2")))
                        .keptIn(place("search"), Beginning.ANEW)
                        .build()
                        .run(rows(300))
                        .trials())
                .hasSize(2);
        Files.createDirectories(directory.resolve("other"));
        Files.writeString(directory.resolve("other/mine.txt"), "mine");
        assertThatThrownBy(() -> Tuning.builder(short2)
                        .keptIn(place("other"), Beginning.ANEW)
                        .build()
                        .run(rows(300)))
                .hasMessageStartingWith("output must name a directory that a search has made, or a new one, but ");
    }

    private static AbstractStringAssert<?> refused(Tuning tuning, Dataset<Row> rows) {
        ElbowException[] thrown = new ElbowException[1];
        assertThatThrownBy(() -> tuning.run(rows)).isInstanceOfSatisfying(ElbowException.class, e -> thrown[0] = e);
        assertThat(thrown[0].category()).isEqualTo(ErrorCategory.USAGE);
        return assertThat(thrown[0].getMessage())
                .startsWith("output must name the directory of a search like this one, but ")
                .endsWith(": name another, or begin anew with overwrite");
    }

    @Test
    void aTrialThatDivergesIsRankedLastAndSaysWhy() {
        TuningResult found = Tuning.of(with("tune.trials=3", "tune.space={training.learning-rate=[1e30, 2e-3]}"))
                .run(rows(600));

        RankedTrial last = found.trials().get(found.trials().size() - 1);
        assertThat(last.trial().settings()).containsEntry("training.learning-rate", "1.0E30");
        assertThat(last.best()).isEmpty();
        assertThat(last.failure()).hasValueSatisfying(why -> assertThat(why).contains("training.learning-rate"));
        assertThat(found.winner().failure()).isEmpty();
    }

    @Test
    void aSearchFailsIfAllTrialsDo() {
        Tuning tuning =
                Tuning.of(with("training.learning-rate=1e30", "tune.trials=2", "tune.space={model.latent-size=[2,3]}"));

        assertThatThrownBy(() -> tuning.run(rows(300)))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.DIVERGED))
                .hasMessageStartingWith(
                        "of 2 trials at least one must come to a score, but all failed; trial 1, as configured: ");
    }

    @Test
    void thePlanCountsTheTrialsThatThereAreAndTheConfigurationThatGoesAlong() {
        TuningPlan plan = Tuning.of(with("tune.space={model.latent-size=[2,3]}", "training.epochs=9", "tune.trials=6"))
                .plan(RowSource.of(rows(300)));

        assertThat(plan.trials()).hasSize(3);
        assertThat(plan.describeBrackets())
                .isEqualTo("3 trials of 3 epochs, 1 trials of 9 epochs, and the configuration as it is for 9 epochs");
        assertThat(plan.epochs()).isEqualTo(3 * 3 + 9 + 9);
        TuningPlan two = Tuning.of(with("tune.space={model.latent-size=[2,3]}", "tune.method=hyperband"))
                .plan(RowSource.of(rows(300)));
        assertThat(two.brackets()).extracting(Bracket::trials).containsExactly(3);
    }

    @Test
    void trialsSideBySideFindMemoryForAllOfThem() {
        // Two layers of so many units, and those of the decoder, need 0.6 of the heap's limit beside the heap.
        int width = (int) Math.sqrt(0.6 * Runtime.getRuntime().maxMemory() / 16);
        // Whose moments would not find room among a round's results.
        String sgd = "training.optimizer=sgd";
        String space = "tune.space={ model.encoder-sizes = [[16], [" + width + ", " + width + "]] }";

        assertThat(Tuning.of(with(space, sgd)).plan(RowSource.of(rows(300))).parallel())
                .isEqualTo(1);
        assertThat(Tuning.of(with("tune.space={ model.encoder-sizes = [[8], [32, 32]] }"))
                        .plan(RowSource.of(rows(300)))
                        .parallel())
                .isEqualTo(2);
        assertThatThrownBy(() -> kept(with(space, sgd, "tune.parallel=2"), TuningListener.SILENT)
                        .run(rows(300)))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageContaining("off-heap memory of the 2 replicas that it trains at once");
        assertThat(directory.resolve("search")).doesNotExist();
    }

    @Test
    void whatTheBaseLacksIsSaidBeforeATrial() {
        List<String> said = new ArrayList<>();
        TuningListener listens = new TuningListener() {
            @Override
            public void warned(String message) {
                said.add(message);
            }

            @Override
            public void rungStarted(int epochs, List<Trial> trials) {
                said.add("rung");
            }
        };

        assertThatThrownBy(() -> kept(with("scoring.threshold=tail"), listens).run(rows(60)))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INPUT))
                .hasMessageStartingWith("scoring.threshold = tail must have at least ");
        assertThat(said).isEmpty();

        kept(with("model.convolution.kernel=7"), listens).plan(RowSource.of(rows(300)));
        assertThat(said).singleElement().asString().contains("model.convolution.kernel");
    }

    @Test
    void aSearchThatIsInterruptedEndsWithItsTrials() {
        Thread self = Thread.currentThread();
        TuningListener interrupts = new TuningListener() {
            @Override
            public void trained(Trial trial, TrialRun run) {
                self.interrupt();
            }
        };
        Tuning tuning = Tuning.builder(with("tune.parallel=2", "training.epochs=90"))
                .listener(interrupts)
                .build();

        try {
            assertThatThrownBy(() -> tuning.run(rows(600))).isInstanceOf(TuningStoppedException.class);
            // A pool has ended a moment before its last thread has.
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            while (isAnyTrialUnderWay() && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(isAnyTrialUnderWay()).isFalse();
        } finally {
            boolean unused = Thread.interrupted();
            SharedSpark.awaitTasks();
        }
    }

    private static boolean isAnyTrialUnderWay() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.isAlive() && thread.getName().startsWith("trials "));
    }

    @Test
    void aSearchThatBeginsAnewLeavesNoResultOfAnother() throws Exception {
        Configuration two = with("tune.trials=2", "training.epochs=3");
        kept(two, TuningListener.SILENT).run(rows(300));
        Path search = directory.resolve("search");
        TuningListener kills = new TuningListener() {
            @Override
            public void rungStarted(int epochs, List<Trial> trials) {
                throw new IllegalStateException("killed");
            }
        };

        assertThatThrownBy(() -> Tuning.builder(two)
                        .keptIn(place("search"), Beginning.ANEW)
                        .listener(kills)
                        .build()
                        .run(rows(300)))
                .hasMessage("killed");

        assertThat(List.of("winner.conf", "trials.json", "report.html"))
                .noneMatch(name -> Files.exists(search.resolve(name)));
        // As a kill between the end of the old ledger and the beginning of the new one leaves it.
        Files.delete(search.resolve("ledger/settings.json"));
        Files.writeString(search.resolve("report.html"), "old");
        assertThat(kept(two, TuningListener.SILENT).run(rows(300)).trials()).hasSize(2);
        assertThat(search.resolve("report.html")).content().doesNotContain("old");
    }

    @Test
    void trialsOfUnknownSettingsAreRefused() throws Exception {
        Configuration two = with("tune.trials=2", "training.epochs=3");
        kept(two, TuningListener.SILENT).run(rows(300));
        Path settings = directory.resolve("search/ledger/settings.json");

        Files.writeString(settings, "{");
        assertThatThrownBy(() -> kept(two, TuningListener.SILENT).run(rows(300)))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INPUT))
                .hasMessageContaining("settings.json must say what the trials beside it are of, but is not what a")
                .hasMessageEndingWith("; begin anew with overwrite");
        Files.delete(settings);
        assertThatThrownBy(() -> kept(two, TuningListener.SILENT).run(rows(300)))
                .hasMessageContaining("settings.json must say what the trials beside it are of, but is not there");
    }

    @Test
    void hyperbandRunsItsBracketsOneAfterTheOther() {
        TuningResult found = Tuning.of(with("tune.method=hyperband")).run(rows(300));

        // Rungs of 3 and 9 epochs: ceil(2 * 3 / 2) trials begin in the first bracket, 2 in the second.
        assertThat(found.plan().brackets()).extracting(Bracket::trials).containsExactly(3, 2);
        assertThat(found.trials()).hasSize(5);
        assertThat(found.trials().stream().filter(trial -> trial.trial().bracket() == 1))
                .hasSize(2)
                .allMatch(
                        trial -> trial.runs().size() == 1 && trial.runs().get(0).epochs() == 9);
    }

    @Test
    void anomaliesAreToldFromHeldOutRowsByAuroc() {
        Configuration byLabel = with("tune.objective=auroc", "tune.trials=3");
        assertThatThrownBy(() -> Tuning.of(byLabel))
                .hasMessage("tune.objective = auroc needs label, which says what anomalies are");
        Dataset<Row> strange = SharedSpark.session().sql("SELECT 40.0 AS a, -9.0 AS b, id % 5 AS c FROM range(20)");

        TuningResult found =
                Tuning.builder(byLabel).anomalies(RowSource.of(strange)).build().run(rows(600));

        assertThat(found.winning().score()).isGreaterThan(0.99).isLessThanOrEqualTo(1);
        assertThat(found.winning().standardError()).isBetween(0.0, 0.01);
    }

    private Tuning kept(Configuration configuration, TuningListener listener) {
        return Tuning.builder(configuration)
                .keptIn(place("search"), Beginning.GO_ON)
                .listener(listener)
                .build();
    }

    private Place place(String name) {
        return Place.of(
                "output",
                directory.resolve(name).toString(),
                ErrorCategory.USAGE,
                SharedSpark.session().sparkContext().hadoopConfiguration());
    }

    private static Configuration with(String... overrides) {
        return QUICK.withOverrides(List.of(overrides));
    }

    /** All that is to be the same to the bit: what seconds are not. */
    private static List<String> results(TuningResult result) {
        List<String> all = new ArrayList<>();
        for (RankedTrial ranked : result.trials()) {
            StringBuilder text = new StringBuilder(ranked.trial() + ":");
            for (TrialRun run : ranked.runs()) {
                text.append(
                        List.of(run.epochs(), run.score(), run.standardError(), run.measuredElbo(), run.keptEpoch()));
            }
            all.add(text.toString());
        }
        return all;
    }

    private static Dataset<Row> rows(int count) {
        return SharedSpark.session()
                .sql("SELECT 10 + sin(id) AS a, cos(id * 7) * 3 AS b, id % 5 AS c FROM range(" + count + ")");
    }
}
