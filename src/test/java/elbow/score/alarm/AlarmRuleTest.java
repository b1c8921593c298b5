package elbow.score.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AlarmRuleTest {
    @Test
    void theRatioIsThatOfTwoSamples() {
        // 30 of 100 and 10 of 100, pooled 0.2:
        // 30 ln 1.5 + 70 ln 0.875 + 10 ln 0.5 + 90 ln 1.125.
        double byHand = 30 * Math.log(1.5) + 70 * Math.log(0.875) + 10 * Math.log(0.5) + 90 * Math.log(1.125);
        assertThat(AlarmRule.logLikelihoodRatio(30, 100, 10, 100)).isCloseTo(byHand, within(1e-12));
        assertThat(byHand).isCloseTo(6.4858, within(1e-4));
        assertThat(AlarmRule.logLikelihoodRatio(20, 200, 10, 100)).isCloseTo(0, within(1e-12));
    }

    @Test
    void sharesOfNoneAndAllHaveARatio() {
        // m ln((n + m) / m) + n ln((n + m) / n).
        assertThat(AlarmRule.logLikelihoodRatio(50, 50, 0, 50)).isCloseTo(100 * Math.log(2), within(1e-12));
        assertThat(AlarmRule.logLikelihoodRatio(0, 50, 0, 50)).isZero();
        assertThat(AlarmRule.logLikelihoodRatio(50, 50, 50, 50)).isZero();
    }

    @Test
    void aHandfulOfRowsIsNoAlarmHoweverStrangeTheyAre() {
        assertThat(AlarmRule.isFarAbove(9, 9, 100, 10_000)).isFalse();
        assertThat(AlarmRule.isFarAbove(12, 12, 100, 10_000)).isTrue();
    }

    @Test
    void whatChanceGivesIsNoAlarm() {
        // A tenth instead of a hundredth, in so few rows against so few.
        assertThat(AlarmRule.logLikelihoodRatio(10, 100, 2, 200)).isCloseTo(6.6746, within(1e-4));
        assertThat(AlarmRule.isFarAbove(10, 100, 2, 200)).isFalse();
        assertThat(AlarmRule.isFarAbove(100, 1_000, 20, 2_000)).isTrue();
    }

    @Test
    void aShareThatIsLittleHigherIsNoAlarmHoweverManyRowsThereAre() {
        assertThat(AlarmRule.isFarAbove(40_000, 1_000_000, 10_000, 1_000_000)).isFalse();
        assertThat(AlarmRule.isFarAbove(90_000, 1_000_000, 0, 1_000_000)).isFalse();
        assertThat(AlarmRule.isFarAbove(110_000, 1_000_000, 0, 1_000_000)).isTrue();
        assertThat(AlarmRule.isFarAbove(400_000, 1_000_000, 100_000, 1_000_000)).isFalse();
        assertThat(AlarmRule.isFarAbove(500_000, 1_000_000, 100_000, 1_000_000)).isTrue();
    }

    @Test
    void ofALargeShareTheRestCounts() {
        assertThat(AlarmRule.isFarAbove(800, 1_000, 400, 1_000)).isFalse();
        assertThat(AlarmRule.isFarAbove(900, 1_000, 400, 1_000)).isTrue();
        assertThat(AlarmRule.isFarAbove(1_000, 1_000, 9_500, 10_000)).isTrue();
        assertThat(AlarmRule.isFarAbove(1_000, 1_000, 1_000, 1_000)).isFalse();
    }

    @Test
    void withoutAnythingToCompareWithThereIsNoAlarm() {
        assertThat(AlarmRule.isFarAbove(500, 1_000, 0, 0)).isFalse();
        assertThat(AlarmRule.isFarAbove(0, 0, 10, 1_000)).isFalse();
    }
}
