package elbow.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
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
