package elbow;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

class SparkJvmOptionsTest {
    @Test
    void testsRunWithTheModuleOptionsThatThisSparkNeeds() {
        List<String> needed = List.of(JavaModuleOptions.defaultModuleOptions().split("\\s+"));

        assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments()).containsAll(needed);
    }
}
