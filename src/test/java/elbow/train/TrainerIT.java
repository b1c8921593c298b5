package elbow.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.dl4j.VaeNetworks;
import elbow.train.checkpoint.Checkpoint;
import elbow.train.checkpoint.Checkpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a run makes of measurements that are no better than the first one. */
class TrainerIT {
    private final SmallTraining training = new SmallTraining();

    @AfterEach
    void close() {
        training.close();
    }

    /**
     * Finite numbers all the way: replicas that hardly move, and an outer step a million times as long as their way.
     */
    @Test
    void elboFarBelowTheUntrainedNetworksIsDivergence() {
        assertThatThrownBy(() -> train(
                        "training.epochs=3",
                        "training.outer.optimizer=nesterov",
                        "training.outer.learning-rate=1e6",
                        "training.outer.momentum=0"))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.DIVERGED))
                .hasMessageMatching(
                        "mean ELBO of the held-out rows must be at least -30\\d\\.\\d nats, 100 a column below"
                                + " the untrained network's -\\d\\.\\d+, but is -\\d\\S+ after epoch 2;"
                                + " try a smaller training.learning-rate \\(it is 0.01\\)");
    }

    @Test
    void runWithoutImprovementWarns() {
        // Training rows that lie closer together than the held-out ones.
        List<float[]> rows = SmallTraining.table();
        for (float[] row : rows) {
            for (int column = 0; column < row.length; column++) {
                row[column] *= 0.1f;
            }
        }

        TrainingOutcome outcome = training.train(
                rows,
                List.of(
                        "training.epochs=40",
                        "training.measure-every=40",
                        "training.learning-rate=0.05",
                        "objective.kl-schedule=constant"));

        assertThat(outcome.after().elbo()).isLessThan(outcome.before().elbo());
        assertThat(training.warnings())
                .singleElement()
                .asString()
                .matches(
                        "at no measurement was the ELBO of the held-out rows above the untrained network's -\\d\\.\\d+ nats, at"
                                + " best it was -\\d+\\.\\d+: the model is of no use; try more training.epochs or another"
                                + " training.learning-rate \\(it is 0.05\\)");
    }

    @Test
    void robustTrainingLearnsTheRowsBesideWhichAnomaliesStand() {
        List<float[]> rows = new ArrayList<>(SmallTraining.table());
        Random random = new Random(5);
        for (int i = 0; i < SmallTraining.ROWS / 20; i++) {
            rows.add(new float[] {6 + (float) random.nextGaussian(), -6 + (float) random.nextGaussian(), 6});
        }
        List<String> usual = List.of(
                "training.epochs=30",
                "training.batch-size=32",
                "training.measure-every=30",
                "training.averaging-frequency=70");
        List<String> trimmed =
                Stream.concat(usual.stream(), Stream.of("training.robust=on")).toList();

        TrainingOutcome plain = training.train(rows, usual);
        TrainingOutcome robust = training.train(rows, trimmed);

        // Of the held-out rows, among which there are none.
        assertThat(robust.after().elbo()).isGreaterThan(plain.after().elbo() + 0.1);
        assertThat(plain.trimmedShare()).isZero();
        // Three of 32 rows.
        assertThat(robust.trimmedShare()).isBetween(0.08, 0.1);
        assertThat(training.train(rows, trimmed).after().elbo())
                .isEqualTo(robust.after().elbo());
    }

    @Test
    void muonGoesOnFromItsCheckpointToTheSameBits() {
        requireResumed(List.of(
                "training.optimizer=muon",
                "training.epochs=4",
                "training.averaging-frequency=13",
                "training.outer.optimizer=nesterov"));
    }

    @Test
    void robustTrainingGoesOnFromItsCheckpointToTheSameBits() {
        assertThat(requireResumed(robust("on")).trimmedShare()).isPositive();
    }

    private TrainingOutcome requireResumed(List<String> settings) {
        List<Checkpoint> taken = new ArrayList<>();
        TrainingOutcome whole = training.train(SmallTraining.table(), settings, new Checkpoints() {
            @Override
            public void roundFinished(int round, Supplier<Checkpoint> checkpoint) {
                taken.add(checkpoint.get());
            }
        });
        TrainingOutcome resumed = training.train(SmallTraining.table(), settings, from(taken.get(1)));

        assertThat(taken).hasSizeGreaterThan(2);
        assertThat(VaeNetworks.parametersOf(resumed.network())).isEqualTo(VaeNetworks.parametersOf(whole.network()));
        return resumed;
    }

    // A checkpoint of an earlier build does not name the setting.
    @Test
    void aRunThatLeftNoRowsOutDoesNotBeginTo() {
        List<Checkpoint> taken = new ArrayList<>();
        training.train(SmallTraining.table(), robust("off"), new Checkpoints() {
            @Override
            public void roundFinished(int round, Supplier<Checkpoint> checkpoint) {
                taken.add(checkpoint.get());
            }
        });

        assertThatThrownBy(() -> training.train(SmallTraining.table(), robust("on"), from(taken.get(0))))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessage("training.robust must be off to go on with a run that left no rows out, but is on");
    }

    private static List<String> robust(String word) {
        return List.of(
                "training.robust=" + word,
                "training.epochs=4",
                "training.optimizer=adam",
                "training.measure-every=2",
                "training.averaging-frequency=13");
    }

    private static Checkpoints from(Checkpoint checkpoint) {
        return new Checkpoints() {
            @Override
            public Optional<Checkpoint> start() {
                return Optional.of(checkpoint);
            }
        };
    }

    @Test
    @Tag("spark-3")
    void stockMasterTrainsToo() {
        TrainingOutcome outcome = train(
                "training.master=stock",
                "training.epochs=20",
                "training.measure-every=20",
                "objective.kl-schedule=constant",
                "training.averaging-frequency=4");

        assertThat(outcome.averagingFrequency()).isEqualTo(4);
        assertThat(outcome.after().elbo()).isGreaterThan(outcome.before().elbo() + 0.5);
    }

    @Test
    void optimalVariancesAreMeasuredOnTheTrainingRows() {
        optimalVariancesAreMeasured("averaging");
    }

    /** Whatever drives the replicas: the parameter of the variance is no part of what they learn. */
    @Test
    @Tag("spark-3")
    void optimalVariancesAreMeasuredUnderTheStockMasterToo() {
        optimalVariancesAreMeasured("stock");
    }

    private void optimalVariancesAreMeasured(String master) {
        List<String> settings = List.of(
                "training.master=" + master,
                "training.epochs=20",
                "training.measure-every=10",
                "objective.kl-schedule=constant",
                "training.averaging-frequency=4",
                "model.variance=optimal-per-column");
        TrainingOutcome outcome = training.train(SmallTraining.table(), settings);

        assertThat(outcome.after().elbo()).isGreaterThan(outcome.before().elbo() + 0.5);
        // At the likeliest variance the squared errors of each column cost half a nat a row: of the training
        // rows, which here are the held-out ones, too.
        float[] parameters = VaeNetworks.parametersOf(outcome.network());
        double logVariances = 0;
        for (int column = 0; column < 3; column++) {
            logVariances += parameters[parameters.length - 3 + column];
        }
        assertThat(outcome.after().reconstruction())
                .isCloseTo(-0.5 * (3 + 3 * Math.log(2 * Math.PI) + logVariances), within(1e-4));
        assertThat(training.train(SmallTraining.table(), settings).network().params())
                .isEqualTo(outcome.network().params());
    }

    @Test
    void collapsedPosteriorIsReportedWithRemedies() {
        TrainingOutcome outcome = train(
                "training.epochs=20",
                "training.measure-every=20",
                "objective.beta=20",
                "objective.kl-schedule=constant");

        assertThat(outcome.after().latents().latents()).isEqualTo(2);
        assertThat(outcome.after().latents().kl()).hasSize(2);
        assertThat(outcome.after().activeUnits()).isZero();
        assertThat(training.warnings())
                .contains("the posterior has collapsed: 0 of 2 latents are active, less than 20 %, so that they tell"
                        + " little of a row; try a warm-up (objective.kl-schedule=linear), free bits"
                        + " (objective.free-bits=0.25), a smaller objective.beta or a smaller model.latent-size if the"
                        + " columns have so little in common");
    }

    @Test
    void aCapacityHoldsTheKlDivergence() {
        TrainingOutcome outcome = train(
                "training.epochs=60",
                "training.measure-every=60",
                "objective.beta=20",
                "objective.kl-schedule=constant",
                "objective.capacity=1.5",
                "objective.capacity-steps=100",
                "training.learning-rate=0.003");

        assertThat(outcome.after().kl()).isBetween(1.2, 1.8);
        assertThat(training.warnings()).isEmpty();
    }

    /** Rounds so cheap that a share of 5 % would take thousands of steps. */
    @Test
    void momentumLimitsTheLengthOfRounds() {
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rows.addAll(SmallTraining.table());
        }
        List<String> settings = List.of("training.epochs=12", "training.measure-every=12", "training.batch-size=1");

        assertThat(frequency(rows, settings, "average")).isEqualTo(2000);
        assertThat(frequency(rows, settings, "nesterov", "training.outer.momentum=0.9"))
                .isEqualTo(250);
        assertThat(frequency(rows, settings, "slowmo", "training.outer.momentum=0.5"))
                .isEqualTo(1250);
    }

    private int frequency(List<float[]> rows, List<String> settings, String outer, String... more) {
        List<String> all = new ArrayList<>(settings);
        all.add("training.outer.optimizer=" + outer);
        all.addAll(List.of(more));
        return training.train(rows, all).averagingFrequency();
    }

    private TrainingOutcome train(String... settings) {
        return training.train(SmallTraining.table(), List.of(settings));
    }
}
