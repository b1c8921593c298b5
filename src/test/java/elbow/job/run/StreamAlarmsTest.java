package elbow.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.data.reference.ColumnTallies;
import elbow.model.Calibration;
import elbow.model.ThresholdRule;
import elbow.model.TrainedModel;
import elbow.score.ScoredCounts;
import elbow.score.SmallModels;
import elbow.score.alarm.AlarmCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of a model by which a hundredth of normal rows is flagged. */
class StreamAlarmsTest {
    private final TrainedModel model = model();
    private final List<String> warnings = new ArrayList<>();
    private final StreamAlarms alarms = new StreamAlarms(
            microBatch -> Optional.empty(),
            new AlarmCheck(model, Optional.empty(), model.calibration().threshold()),
            warnings::add);

    @Test
    void smallMicroBatchesAreJudgedTogether() {
        alarms.judge(counts(50, 8));
        assertThat(warnings).isEmpty();
        assertThat(alarms.raised()).isFalse();

        alarms.judge(counts(50, 8));

        assertThat(warnings).singleElement().asString().startsWith("16 of 100 rows are flagged, 16 %, ");
        assertThat(alarms.raised()).isTrue();
    }

    @Test
    void aThousandRowsAreNotJudgedWithWhatComesAfterThem() {
        alarms.judge(counts(StreamAlarms.ROWS, 10));

        alarms.judge(counts(100, 20));

        assertThat(warnings).singleElement().asString().startsWith("20 of 100 rows are flagged, 20 %, ");
    }

    @Test
    void smallBatchesAreJoinedWithLaterOnes() {
        alarms.judge(counts(StreamAlarms.ROWS - 1, 10));

        alarms.judge(counts(100, 20));
        assertThat(warnings).isEmpty();

        // With these they were a thousand: the next are judged alone.
        alarms.judge(counts(100, 20));
        assertThat(warnings).singleElement().asString().startsWith("20 of 100 rows are flagged, 20 %, ");
    }

    @Test
    void lastingAlarmIsReportedOnceAndARecurringOneAgain() {
        alarms.judge(counts(StreamAlarms.ROWS, 500));
        alarms.judge(counts(StreamAlarms.ROWS, 600));
        assertThat(warnings).singleElement().asString().startsWith("500 of 1,000 rows are flagged, 50 %, ");

        alarms.judge(counts(StreamAlarms.ROWS, 10));
        alarms.judge(counts(StreamAlarms.ROWS, 700));

        assertThat(warnings).hasSize(2).last().asString().startsWith("700 of 1,000 rows are flagged, 70 %, ");
        assertThat(alarms.raised()).isTrue();
    }

    private ScoredCounts counts(long rows, long flagged) {
        return new ScoredCounts(rows, flagged, 0, ColumnTallies.of(model.encoder(), Optional.empty()));
    }

    private static TrainedModel model() {
        TrainedModel small = SmallModels.mixed();
        double[] scores = IntStream.range(0, 1000).mapToDouble(i -> i).toArray();
        Calibration calibration = Calibration.of(scores, new ThresholdRule.Quantile(0.99), 0, Optional.empty());
        return new TrainedModel(
                small.manifest(),
                small.encoder(),
                small.network(),
                calibration,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
