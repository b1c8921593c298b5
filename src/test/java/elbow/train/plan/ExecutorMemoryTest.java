package elbow.train.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ExecutorMemoryTest {
    private static final long MEGABYTE = 1 << 20;

    @Test
    void anExecutorThatIsTooSmallIsRefusedBeforeTheRun() {
        SparkConf settings = new SparkConf(false).set("spark.executor.memory", "512m");
        assertThatThrownBy(() -> memory(300, 2, settings, "spark://host:7077").check())
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessage("a process's heap must be at least the off-heap memory of the 2 replicas that it trains at"
                        + " once, 600 MB, but is 512 MB; raise it (spark.executor.memory), or run fewer at once");
        assertThatCode(() -> memory(250, 2, settings, "spark://host:7077").check())
                .doesNotThrowAnyException();
    }

    @Test
    void configuredOffHeapLimitReplacesTheDefaultOne() {
        SparkConf settings = new SparkConf(false)
                .set("spark.executor.memory", "512m")
                .set("spark.executor.extraJavaOptions", "-Dorg.bytedeco.javacpp.maxbytes=2g");
        assertThatCode(() -> memory(300, 2, settings, "spark://host:7077").check())
                .doesNotThrowAnyException();
    }

    @Test
    void containersAreLimitedByTheirMemoryOverhead() {
        SparkConf settings = new SparkConf(false).set("spark.executor.memory", "1g");
        assertThatThrownBy(() -> memory(200, 2, settings, "yarn").check())
                .hasMessage("a process's memory overhead must be at least the off-heap memory of the 2 replicas that it"
                        + " trains at once, 400 MB, but is 384 MB; raise it (spark.executor.memoryOverhead), or"
                        + " run fewer at once");
        settings.set("spark.executor.memoryOverhead", "500m");
        assertThatCode(() -> memory(200, 2, settings, "yarn").check()).doesNotThrowAnyException();
    }

    @Test
    void theOverheadMayBeAnotherShareOfTheHeap() {
        SparkConf settings = new SparkConf(false)
                .set("spark.executor.memory", "1g")
                .set("spark.executor.memoryOverheadFactor", "0.5");
        assertThatCode(() -> memory(250, 2, settings, "yarn").check()).doesNotThrowAnyException();
        assertThatThrownBy(() -> memory(260, 2, settings, "yarn").check())
                .hasMessageContaining("520 MB, but is 512 MB");
    }

    @Test
    void aLimitOfThisProcessReplacesTheDefaultOneInLocalMode() {
        long heap = Runtime.getRuntime().maxMemory() / MEGABYTE;
        ExecutorMemory memory = memory(heap + 100, 1, new SparkConf(false), "local[2]");
        assertThat(memory.suffices()).isFalse();
        System.setProperty("org.bytedeco.javacpp.maxbytes", "64g");
        try {
            assertThat(memory.suffices()).isTrue();
        } finally {
            System.clearProperty("org.bytedeco.javacpp.maxbytes");
        }
    }

    @Test
    void requirementsAreDescribedInWords() {
        assertThat(memory(15, 2, new SparkConf(false), "local[2]").describe())
                .isEqualTo("15 MB beside the heap and 8 MB on it for each replica, up to 2 at once in a process");
    }

    private static ExecutorMemory memory(long megabytes, int atOnce, SparkConf settings, String master) {
        return new ExecutorMemory(megabytes * MEGABYTE, 8 * MEGABYTE, atOnce, settings, master);
    }
}
