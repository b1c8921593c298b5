package elbow.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.fault.Fault;
import elbow.fault.Seen;
import elbow.train.progress.RoundReport;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs in which a row of huge numbers makes the parameters of the replica that meets it infinite. */
class LeftOutReplicaIT {
    private static final int EPOCHS = 4;

    private final SmallTraining training = new SmallTraining();

    @AfterEach
    void close() {
        training.close();
    }

    /**
     * Once in each epoch, when the row has its turn: the other replica's parameters are the mean then, or, in the short
     * round at an epoch's end for which the other one has no rows left, those of the round before.
     */
    @Test
    @Fault(
            section = Fault.Section.TRAINING,
            fault = "a replica's parameters are not finite",
            promised = "left out of the mean, and said")
    void nonFiniteReplicaIsLeftOutAndReported(Seen seen) {
        TrainingOutcome outcome = train("training.averaging-frequency=3");

        assertThat(outcome.replicasLeftOut()).isEqualTo(EPOCHS);
        assertThat(training.rounds().stream().mapToLong(RoundReport::leftOut).sum())
                .isEqualTo(EPOCHS);
        assertThat(training.warnings())
                .hasSize(EPOCHS)
                .allSatisfy(warning -> assertThat(warning)
                        .matches(
                                "1 of 2 replicas had parameters that are not finite in round \\d+ and were left out of the"
                                        + " mean"));
        for (float parameter : outcome.network().params().toFloatVector()) {
            assertThat(parameter).isFinite();
        }
        assertThat(outcome.after().elbo()).isGreaterThan(outcome.before().elbo() + 0.5);
        seen.note("left out %d times in %d epochs; the model is finite, and better than it was", EPOCHS, EPOCHS);
    }

    @Test
    @Fault(
            section = Fault.Section.TRAINING,
            fault = "a replica's parameters are not finite in three rounds on end",
            promised = "training diverged (5)")
    void nonFiniteReplicaInThreeConsecutiveRoundsEndsTheRun() {
        // Rounds of an epoch: the row is in each of them.
        assertThatThrownBy(() -> train("training.averaging-frequency=1000"))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.DIVERGED))
                .hasMessage("parameters must stay finite, but 1 of 2 replicas had parameters that are not finite in"
                        + " round 3, the 3rd such round in a row; try a smaller training.learning-rate (it is 0.01)");
    }

    private TrainingOutcome train(String frequency) {
        List<float[]> rows = SmallTraining.table();
        Arrays.fill(rows.get(0), Float.MAX_VALUE);
        return training.train(rows, List.of("training.epochs=" + EPOCHS, frequency));
    }
}
