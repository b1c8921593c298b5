package elbow.train.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.shard.GroupShards.GroupSize;
import elbow.model.ThresholdRule;
import elbow.model.ThresholdRule.TailFitMethod;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class GroupTrainingTest {
    private static List<GroupSize> groups(int count, int heldOut) {
        return IntStream.range(0, count)
                .mapToObj(i -> new GroupSize("[\"" + i + "\"]", 10L * heldOut, heldOut))
                .toList();
    }

    @Test
    void aListOfGroupsThatNoLoadWouldReadIsRefused() {
        // 3,000 groups take about 26 * 2,000 * 3,000 = 156 MB; 4,000 take 208 MB.
        List<GroupSize> fit = groups(3_000, 5_000);
        List<GroupSize> many = groups(4_000, 5_000);

        assertThatCode(() -> GroupLimits.requireRoomInIndex(fit, fit, List.of("x", "y"), 2_000))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> GroupLimits.requireRoomInIndex(many, many, List.of("x", "y"), 2_000))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageContaining("the held-out scores of 4,000 groups")
                .hasMessageContaining("must fit into 200 MB, but may need 211 MB: raise data.group-least-rows");
    }

    @Test
    void resultsThatTheDriverWouldRefuseAreRefusedBeforeTraining() {
        SparkConf settings = new SparkConf(false).set("spark.driver.maxResultSize", "64m");

        assertThatCode(() -> GroupLimits.requireRoomForResults(settings, 64L << 20, 5))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> GroupLimits.requireRoomForResults(settings, (64L << 20) + 1, 5))
                .hasMessage("spark.driver.maxResultSize must be 0, for no limit, or at least what the networks of 5"
                        + " groups may take, 65 MB, but is 64 MB; raise it, or raise data.group-least-rows");
        settings.set("spark.driver.maxResultSize", "0");
        assertThatCode(() -> GroupLimits.requireRoomForResults(settings, 1L << 40, 5))
                .doesNotThrowAnyException();
    }

    @Test
    void wideRowsAreFewerInATask() {
        assertThat(GroupLimits.mostRows(8)).isEqualTo(100_000);
        assertThat(GroupLimits.mostRows(10_000)).isEqualTo(6_710);
        assertThat(GroupLimits.mostRows(1_000_000)).isEqualTo(2_000);
        assertThat(GroupLimits.mostHeldOut(10_000)).isEqualTo(2_000);
        assertThat(GroupLimits.mostHeldOut(1_000_000)).isEqualTo(500);
    }

    @Test
    void aThresholdNeedsHeldOutRowsForOneBeyondIt() {
        ThresholdRule quantile = new ThresholdRule.Quantile(0.99);

        assertThat(GroupTraining.isEnough(100, quantile)).isTrue();
        assertThat(GroupTraining.isEnough(99, quantile)).isFalse();
        assertThat(GroupTraining.isEnough(10, new ThresholdRule.Quantile(0.9))).isTrue();
        assertThat(GroupTraining.isEnough(49, new ThresholdRule.Contamination(0.02)))
                .isFalse();
        assertThat(GroupTraining.isEnough(50, new ThresholdRule.Contamination(0.02)))
                .isTrue();
        assertThat(GroupTraining.isEnough(1, new ThresholdRule.Tail(0.001, 0.9, TailFitMethod.LIKELIHOOD)))
                .isTrue();
    }
}
