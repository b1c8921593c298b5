package elbow.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.batch.BatchOutcome;
import elbow.batch.ScoredPartition;
import elbow.score.alarm.AlarmAction;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a notebook is told of a run of batches. */
class BatchesTest {
    @Test
    void scoredAndFailedPartitionsAndWarningsHaveALineEach() {
        ScoredPartition scored = new ScoredPartition(
                LocalDate.parse("2026-11-22"), false, 10, 2, OptionalLong.empty(), -3, 0.1, List.of(), "scores");
        BatchOutcome outcome = new BatchOutcome(
                "abc",
                List.of(scored),
                new TreeMap<>(Map.of(
                        LocalDate.parse("2026-11-23"), new ElbowException(ErrorCategory.INPUT, "no file is there"))),
                List.of("metrics could not be written to metrics.prom: disk full", "the webhook answered 500"),
                AlarmAction.WARN);

        assertThat(Batches.lines(outcome))
                .containsExactly(
                        "2026-11-22: 10 rows, 2 anomalies",
                        "2026-11-23: no file is there",
                        "warning: metrics could not be written to metrics.prom: disk full",
                        "warning: the webhook answered 500");
    }
}
