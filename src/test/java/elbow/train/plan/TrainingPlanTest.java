package elbow.train.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TestEncoders;
import elbow.data.image.ImageShape;
import elbow.math.Activation;
import elbow.train.averaging.InnerOptimizer;
import elbow.train.averaging.LearningRate;
import elbow.train.averaging.LearningRateSchedule;
import elbow.train.averaging.OuterOptimizer;
import elbow.vae.VaeSpec;
import elbow.vae.layer.DenseSpec;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.objective.Capacity;
import elbow.vae.objective.FreeBitsScope;
import elbow.vae.objective.KlSchedule;
import elbow.vae.objective.Objective;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingPlanTest {
    @Test
    void autoIsResolvedForATable() {
        TrainingPlan plan = TrainingPlan.resolve(Configuration.defaults(), table(9), 50_000, 4);

        VaeSpec spec = plan.spec();
        assertThat(spec.encoderSizes()).containsExactly(128, 128);
        assertThat(spec.decoderSizes()).containsExactly(128, 128);
        assertThat(spec.latentSize()).isEqualTo(5);
        assertThat(spec.latentLayers().get(0).encoder()).containsOnly(new DenseSpec(128, Activation.RELU));
        assertThat(spec.likelihoods())
                .containsExactly(
                        new LikelihoodGroup(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 1e-3), 9),
                        new LikelihoodGroup(new Bernoulli(), 1));
        assertThat(plan.replicas()).isEqualTo(4);
        assertThat(plan.scoringSamples()).isZero();
        assertThat(plan.epochs()).isEqualTo(10);
        // 98 steps an epoch: 50,000 / (4 * 128), rounded up; half of the run is warm-up.
        assertThat(spec.objective().klSchedule()).isEqualTo(new KlSchedule.LinearWarmup(490));
        assertThat(plan.seed()).isEqualTo(42);
    }

    @Test
    void tablesWithCountsDoNotUseRelu() {
        FeatureEncoder counts =
                TestEncoders.encoder().count("visits", 3, 1, 0.5).build();
        assertThat(TrainingPlan.resolve(Configuration.defaults(), counts, 1_000, 1)
                        .spec()
                        .latentLayers()
                        .get(0)
                        .decoder())
                .containsOnly(new DenseSpec(128, Activation.TANH));
    }

    @Test
    void epochsFollowTheNumberOfRowsWithinLimits() {
        assertThat(epochs(100)).isEqualTo(2_000);
        assertThat(epochs(1_000)).isEqualTo(256);
        assertThat(epochs(10_000_000)).isEqualTo(10);
        // Where each pass hides other values, four times as many.
        Configuration hiding = Configuration.defaults().withOverrides(List.of("objective.mask-share=0.3"));
        assertThat(TrainingPlan.resolve(hiding, table(3), 1_000, 2).epochs()).isEqualTo(1_024);
        assertThat(TrainingPlan.resolve(hiding, table(3), 10_000_000, 2).epochs())
                .isEqualTo(10);
    }

    @Test
    void smallTablesHaveFewerReplicas() {
        assertThat(replicas(19_999)).isEqualTo(1);
        assertThat(replicas(20_000)).isEqualTo(2);
        assertThat(replicas(10_000_000)).isEqualTo(4);
    }

    @Test
    void explicitSettingsOverrideAuto() {
        Configuration configuration = Configuration.defaults()
                .withOverrides(List.of(
                        "model.encoder-sizes=[32, 16]",
                        "model.latent-size=3",
                        "model.variance=shared",
                        "objective.kl-schedule=cyclical",
                        "objective.kl-warm-up-steps=50",
                        "training.epochs=7",
                        "training.replicas=3",
                        "training.optimizer=sgd"));

        TrainingPlan plan = TrainingPlan.resolve(configuration, table(4), 3_840, 1);

        assertThat(plan.spec().encoderSizes()).containsExactly(32, 16);
        assertThat(plan.spec().decoderSizes()).containsExactly(16, 32);
        assertThat(plan.spec().latentSize()).isEqualTo(3);
        assertThat(plan.spec().likelihoods().get(0).likelihood())
                .isEqualTo(Gaussian.learned(Gaussian.Variance.SHARED, 1e-3));
        assertThat(plan.spec().objective().klSchedule()).isEqualTo(new KlSchedule.Cyclical(50, 1, 0.5));
        assertThat(plan.epochs()).isEqualTo(7);
        assertThat(plan.replicas()).isEqualTo(3);
        assertThat(plan.optimizer()).isEqualTo(InnerOptimizer.SGD);
    }

    @Test
    void objectivesAndOptimalVariancesAreChosenByKey() {
        Objective shared = objective("objective.free-bits=0.5", "objective.free-bits-scope=minibatch");
        assertThat(shared.freeBitsScope()).isEqualTo(FreeBitsScope.MINIBATCH);
        assertThat(objective("objective.free-bits-scope=minibatch").freeBitsScope())
                .isEqualTo(FreeBitsScope.ROW);
        // 7,813 steps an epoch in 10 epochs; half of the run.
        assertThat(objective("objective.capacity=5", "objective.kl-schedule=constant")
                        .capacity())
                .contains(new Capacity(5, 39_065));
        assertThat(objective("objective.capacity=5", "objective.capacity-steps=70", "objective.kl-schedule=constant")
                        .capacity())
                .contains(new Capacity(5, 70));
        assertThat(objective("objective.mask-share=0.3").maskShare()).isEqualTo(0.3);
        assertThat(plan("objective.mask-share=0").spec().row().missingColumns()).isEmpty();
        assertThat(plan("model.variance=optimal").spec().likelihoods().get(0).likelihood())
                .isEqualTo(Gaussian.learned(Gaussian.Variance.OPTIMAL_SHARED, 1e-3));
        assertThat(plan("model.variance=optimal-per-column")
                        .spec()
                        .likelihoods()
                        .get(0)
                        .likelihood())
                .isEqualTo(Gaussian.learned(Gaussian.Variance.OPTIMAL_PER_COLUMN, 1e-3));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    objective.capacity=5 | objective.kl-schedule must be constant with objective.capacity, which rises itself, but is linear
                    objective.capacity=5 objective.importance-weighted=true | objective.importance-weighted must be false with objective.capacity, but is true
                    objective.capacity=5 objective.free-bits=0.1 | objective.free-bits must be 0 with objective.capacity, but is 0.1
                    objective.capacity=5 objective.beta=0 | objective.beta must be above 0 with objective.capacity, but is 0.0
                    model.variance=optimal objective.importance-weighted=true | model.variance must not be optimal with objective.importance-weighted, for which the optimal variance has no closed form, but is optimal
                    model.variance=optimal model.variance-floor=0 | model.variance-floor must be above 0 with model.variance = optimal, but is 0.0
                    scoring.samples=2000000 | scoring.samples must be at most 1048576, but is 2000000
                    objective.samples=100 training.batch-size=50000 | training.batch-size must be at most 41943 for a network of this width with objective.samples = 100, but is 50000
                    """)
    void choicesThatMakeNoSenseTogetherAreRefused(String settings, String message) {
        assertThatThrownBy(() -> plan(settings.split(" ", -1)))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessage(message);
    }

    private static Objective objective(String... overrides) {
        return plan(overrides).spec().objective();
    }

    private static TrainingPlan plan(String... overrides) {
        return TrainingPlan.resolve(Configuration.defaults().withOverrides(List.of(overrides)), table(4), 1_000_000, 1);
    }

    @Test
    void momentumIsUsedForSeveralReplicasOnly() {
        assertThat(outer(2).at(500)).isEqualTo(new OuterOptimizer.Nesterov(0.7, 0.65));
        assertThat(outer(16).at(250)).isEqualTo(new OuterOptimizer.Nesterov(0.7, 0.9));
        assertThat(outer(1).at(250)).isEqualTo(new OuterOptimizer.Average());
        assertThat(outer(2, "training.master=stock").at(250)).isEqualTo(new OuterOptimizer.Average());
        assertThat(outer(2, "training.outer.optimizer=slowmo").at(250)).isEqualTo(new OuterOptimizer.SlowMo(1, 0.5));
        assertThat(outer(2, "training.outer.momentum=0.5").at(250)).isEqualTo(new OuterOptimizer.Nesterov(0.7, 0.5));
        assertThat(outer(4, "training.outer.learning-rate=0.5").at(250))
                .isEqualTo(new OuterOptimizer.Nesterov(0.5, 0.875));
    }

    @Test
    void longerRoundsHaveLessMomentumDownToPlainAveraging() {
        assertThat(outer(16).at(1250)).isEqualTo(new OuterOptimizer.Nesterov(0.7, 0.5));
        assertThat(outer(16).at(2000)).isEqualTo(new OuterOptimizer.Nesterov(1 - (1 - 0.8), 1 - 0.8));
        assertThat(outer(16).at(5000)).isEqualTo(new OuterOptimizer.Nesterov(1, 0));
        assertThat(outer(16, "training.outer.momentum=0").at(10)).isEqualTo(new OuterOptimizer.Nesterov(1, 0));
        assertThat(outer(16).longestRound()).isEqualTo(2000);
        assertThat(outer(1).longestRound()).isEqualTo(2000);
        // What is given stays, and bounds the rounds.
        assertThat(outer(16, "training.outer.momentum=0.9").at(2000)).isEqualTo(new OuterOptimizer.Nesterov(0.7, 0.9));
        assertThat(outer(16, "training.outer.momentum=0.9").longestRound()).isEqualTo(250);
        assertThat(outer(16, "training.outer.optimizer=slowmo").longestRound()).isEqualTo(1250);
    }

    @Test
    void outerStepIsDescribedInWords() {
        assertThat(outer(1).describe(500)).isEqualTo("plain average");
        assertThat(outer(2).describe(500)).isEqualTo("Nesterov, step size 0.700, momentum 0.650");
        assertThat(outer(2, "training.outer.optimizer=slowmo").describe(500))
                .isEqualTo("SlowMo, step size 1.00, momentum 0.500");
    }

    private static OuterOptimizerPlan outer(int replicas, String... overrides) {
        Configuration configuration = Configuration.defaults().withOverrides(List.of(overrides));
        return TrainingPlan.resolve(configuration, table(4), 1_000_000, replicas)
                .averaging()
                .outer();
    }

    @Test
    void columnsThatTheNetworkHasNoRoomForAreRefusedAsInput() {
        String[] names = IntStream.range(0, 600_000).mapToObj(i -> "x" + i).toArray(String[]::new);
        TestEncoders.Builder table = TestEncoders.encoder();
        for (String name : names) {
            table.real(name, 1, 2);
        }
        Configuration twoOutputs = Configuration.defaults().withOverrides(List.of("model.variance=heteroscedastic"));

        assertTooWide(twoOutputs, table.build(), "outputs");
        assertTooWide(Configuration.defaults(), table.gaps(names).build(), "inputs");
    }

    private static void assertTooWide(Configuration configuration, FeatureEncoder table, String what) {
        assertThatThrownBy(() -> TrainingPlan.resolve(configuration, table, 100, 1))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INPUT))
                .hasMessageStartingWith("the columns must need at most 1048576 " + what
                        + " of the network, but need 1200000: leave columns out (");
    }

    @Test
    void learningRateGrowsWithTheSquareRootOfTheReplicas() {
        assertThat(learningRate(1)).isEqualTo(1e-3);
        assertThat(learningRate(4)).isEqualTo(1e-3);
        assertThat(learningRate(16)).isEqualTo(2e-3);
        assertThat(learningRate(16, "training.learning-rate=0.5")).isEqualTo(0.5);
        assertThat(learningRate(16, "training.optimizer=sgd")).isEqualTo(1e-3);
        assertThat(learningRate(16, "training.optimizer=muon")).isEqualTo(2e-3);
        assertThat(learningRate(16, "training.master=stock")).isEqualTo(1e-3);
    }

    private static double learningRate(int replicas, String... overrides) {
        return rate(table(4), replicas, overrides).base();
    }

    @Test
    void theRateFallsWithImagesAndNotInTablesOrUnderTheStockMaster() {
        FeatureEncoder images =
                TestEncoders.encoder().image("picture", new ImageShape(8, 8, 1)).build();
        LearningRate falling = new LearningRate(3e-3, 0, new LearningRateSchedule.Cosine(0));

        assertThat(rate(images, 2)).isEqualTo(falling);
        assertThat(rate(images, 16).base()).isEqualTo(6e-3);
        assertThat(rate(images, 16, "training.optimizer=sgd").base()).isEqualTo(1e-3);
        assertThat(rate(images, 2, "training.learning-rate=0.5").base()).isEqualTo(0.5);
        assertThat(rate(images, 2, "model.network=convolutional"))
                .isEqualTo(new LearningRate(1e-3, 0, new LearningRateSchedule.Cosine(0)));
        assertThat(rate(images, 2, "training.learning-rate-schedule.shape=cosine"))
                .isEqualTo(new LearningRate(1e-3, 0, new LearningRateSchedule.Cosine(0)));
        assertThat(rate(images, 2, "training.learning-rate-schedule.shape=constant"))
                .isEqualTo(LearningRate.constant(1e-3));
        assertThat(rate(images, 2, "training.master=stock")).isEqualTo(LearningRate.constant(1e-3));
        assertThat(rate(table(4), 2)).isEqualTo(LearningRate.constant(1e-3));
        assertThat(rate(table(4), 2, "training.learning-rate-schedule.shape=cosine"))
                .isEqualTo(new LearningRate(1e-3, 0, new LearningRateSchedule.Cosine(0)));
    }

    private static LearningRate rate(FeatureEncoder columns, int replicas, String... overrides) {
        Configuration configuration = Configuration.defaults().withOverrides(List.of(overrides));
        return TrainingPlan.resolve(configuration, columns, 1_000_000, replicas).learningRate();
    }

    @Test
    void settingsThatTheStockMasterCannotDoAreRefused() {
        Configuration configuration = Configuration.defaults()
                .withOverrides(List.of("training.master=stock", "training.learning-rate-schedule.warm-up-steps=5"));
        assertThatThrownBy(() -> TrainingPlan.resolve(configuration, table(4), 100, 1))
                .isInstanceOf(ElbowException.class)
                .hasMessageStartingWith("training.learning-rate-schedule must be constant, without warm-up, under the"
                        + " stock master, but is ");
    }

    @Test
    void theStockMasterHasNoMuon() {
        Configuration configuration =
                Configuration.defaults().withOverrides(List.of("training.master=stock", "training.optimizer=muon"));

        assertThatThrownBy(() -> TrainingPlan.resolve(configuration, table(4), 100, 1))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessage(
                        "training.optimizer must be adam or sgd under the stock master, whose workers have no other,"
                                + " but is muon");
    }

    @Test
    void aWrongValueNamesKeyAndRule() {
        Configuration configuration = Configuration.defaults().withOverrides(List.of("training.replicas=0"));

        assertThatThrownBy(() -> TrainingPlan.resolve(configuration, table(4), 100, 1))
                .hasMessageContaining("training.replicas")
                .hasMessageContaining("auto or a whole number of at least 1");
    }

    @Test
    void rowsOfAStockRoundMustFitIntoAnInt() {
        Configuration configuration = Configuration.defaults()
                .withOverrides(List.of(
                        "training.master=stock", "training.batch-size=2147483647", "training.averaging-frequency=1"));

        assertThat(TrainingPlan.resolve(configuration, table(4), 20_000, 1).batchSize())
                .isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> TrainingPlan.resolve(configuration, table(4), 20_000, 2))
                .isInstanceOf(ElbowException.class)
                .hasMessage("training.replicas x training.batch-size x training.averaging-frequency must be at most"
                        + " 2147483647 under the stock master, but is 4294967294");
    }

    private static int replicas(long rows) {
        return TrainingPlan.resolve(Configuration.defaults(), table(3), rows, 4).replicas();
    }

    private static int epochs(long rows) {
        return TrainingPlan.resolve(Configuration.defaults(), table(3), rows, 2).epochs();
    }

    private static FeatureEncoder table(int numbers) {
        TestEncoders.Builder columns = TestEncoders.encoder();
        for (int i = 0; i < numbers; i++) {
            columns.real("x" + i, 1, 2);
        }
        return columns.binary("flag", 0.25).build();
    }
}
