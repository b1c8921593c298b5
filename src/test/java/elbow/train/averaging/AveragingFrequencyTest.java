package elbow.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

final class AveragingFrequencyTest {
    private static final long MILLISECOND = 1_000_000;

    private final List<Integer> trials = new ArrayList<>();

    @Test
    void frequenciesAreRoundNumbers() {
        assertThat(AveragingFrequency.roundedUp(0.3)).isEqualTo(1);
        assertThat(AveragingFrequency.roundedUp(2)).isEqualTo(2);
        assertThat(AveragingFrequency.roundedUp(2.1)).isEqualTo(5);
        assertThat(AveragingFrequency.roundedUp(51)).isEqualTo(100);
        assertThat(AveragingFrequency.roundedUp(101)).isEqualTo(200);
    }

    @Test
    void chosenFrequencyMeetsTheTargetedOverhead() {
        // 24 ms of every round are not steps of 4 ms each: 200 steps for 3 %.
        assertThat(AveragingFrequency.measured(rounds(24, 24, 4), 1_000_000, 2000))
                .isEqualTo(200);
        assertThat(trials).containsExactly(8, 16, 32, 64, 128, 256);
    }

    @Test
    void measurementsOfTheFirstRoundsAreDiscarded() {
        assertThat(AveragingFrequency.measured(rounds(500, 24, 4), 1_000_000, 2000))
                .isEqualTo(200);
    }

    @Test
    void theFrequencyIsNoLargerThanTheLimit() {
        assertThat(AveragingFrequency.measured(rounds(24, 24, 4), 1_000_000, 50))
                .isEqualTo(50);
        assertThat(trials).containsExactly(8, 16, 32, 50);
        assertThat(AveragingFrequency.measured(rounds(24, 24, 4), 1_000_000, 1)).isEqualTo(1);
    }

    @Test
    void trialsTakeLittleOfAShortRun() {
        // 5,000 steps, a fiftieth of them for trials: 8 + 16 + 32 with the time that they take beside.
        assertThat(AveragingFrequency.measured(rounds(24, 24, 4), 5000, 2000)).isEqualTo(200);
        assertThat(trials).containsExactly(8, 16, 32);
    }

    /** Rounds whose overhead falls from the first to the last value within three of them. */
    private IntFunction<RoundOutcome> rounds(long firstOverhead, long overhead, long step) {
        trials.clear();
        return steps -> {
            trials.add(steps);
            long own = trials.size() <= 3 ? firstOverhead : overhead;
            long compute = steps * step * MILLISECOND;
            return new RoundOutcome(null, new RoundSums(), own * MILLISECOND + compute, compute);
        };
    }
}
