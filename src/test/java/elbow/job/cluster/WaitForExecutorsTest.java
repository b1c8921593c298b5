package elbow.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waits of a run for executors, second by second, and what {@link ExecutorWatch} makes of the setting. */
class WaitForExecutorsTest {
    private static final String SETTING = "spark.elbow.no-executor-timeout";

    private final List<String> notes = new ArrayList<>();
    private final Given cluster = new Given();

    private static final class Given implements WaitForExecutors.Cluster {
        private boolean executor;
        private boolean work = true;
        private final List<String> cancelled = new ArrayList<>();

        @Override
        public boolean hasExecutor() {
            return executor;
        }

        @Override
        public boolean hasWork() {
            return work;
        }

        @Override
        public void cancel(String reason) {
            cancelled.add(reason);
        }
    }

    private WaitForExecutors wait(Optional<Duration> most) {
        return new WaitForExecutors(cluster, Duration.ofMinutes(1), most, notes::add);
    }

    private static void look(WaitForExecutors wait, int from, int to) {
        for (int second = from; second <= to; second++) {
            wait.look(TimeUnit.SECONDS.toNanos(second));
        }
    }

    @Test
    void aWaitIsToldOnceAfterAMinuteAndNeverEndedByItself() {
        WaitForExecutors wait = wait(Optional.empty());

        look(wait, 100, 159);
        assertThat(notes).isEmpty();

        look(wait, 160, 100_000);
        assertThat(notes)
                .containsExactly(
                        "the run has waited 60 s for the cluster, which has no executor for it: its queue is full,"
                                + " its workers are gone, or none has room for what an executor asks for; it waits for as long"
                                + " as it takes (spark.elbow.no-executor-timeout would end it)");
        assertThat(cluster.cancelled).isEmpty();
    }

    @Test
    void theEndOfAWaitIsToldAndTheNextOneBeginsAnew() {
        WaitForExecutors wait = wait(Optional.of(Duration.ofSeconds(200)));
        look(wait, 0, 90);
        cluster.executor = true;
        look(wait, 91, 92);
        assertThat(notes).hasSize(2);
        assertThat(notes.get(1)).isEqualTo("the cluster has given an executor, after 91 s: the run goes on");

        cluster.executor = false;
        look(wait, 93, 292);
        assertThat(notes).hasSize(3);
        assertThat(cluster.cancelled).isEmpty();
        look(wait, 293, 293);
        assertThat(cluster.cancelled).containsExactly("no executor for 200 s, " + SETTING);
    }

    @Test
    void whatHasNothingToComputeWaitsForNothing() {
        cluster.work = false;
        WaitForExecutors wait = wait(Optional.of(Duration.ofSeconds(10)));
        look(wait, 0, 3_600);
        cluster.work = true;
        look(wait, 3_601, 3_610);
        assertThat(cluster.cancelled).isEmpty();
        assertThat(notes).singleElement().asString().startsWith("the run has waited 5 s");
    }

    @Test
    void workThatFollowsWhatWasGivenUpIsGivenUpAtOnceUntilThereIsAnExecutor() {
        WaitForExecutors wait = wait(Optional.of(Duration.ofSeconds(10)));
        look(wait, 0, 10);
        cluster.work = false;
        look(wait, 11, 20);
        cluster.work = true;
        look(wait, 21, 21);
        assertThat(cluster.cancelled)
                .containsExactly("no executor for 10 s, " + SETTING, "no executor for 21 s, " + SETTING);

        cluster.executor = true;
        look(wait, 22, 22);
        cluster.executor = false;
        look(wait, 23, 32);
        assertThat(cluster.cancelled).hasSize(2);
    }

    @Test
    void theSettingIsATimeOfSparks() {
        assertThat(ExecutorWatch.most(new SparkConf(false))).isEmpty();
        assertThat(ExecutorWatch.most(new SparkConf(false).set(SETTING, "30min")))
                .contains(Duration.ofMinutes(30));
        assertThat(ExecutorWatch.most(new SparkConf(false).set(SETTING, "90"))).contains(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5s", "500ms", "soon", ""})
    void anythingElseIsRefused(String value) {
        assertThatThrownBy(() -> ExecutorWatch.most(new SparkConf(false).set(SETTING, value)))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessage(SETTING + " must be a time of at least a second, such as 30min, but is " + value);
    }
}
