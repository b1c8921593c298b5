package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Part of the build's runs on other kernels alone: a run that imitates nothing must not pass. */
@Tag("kernels")
final class KernelsCheck {
    @Test
    void productsAreMadeByWhatTheRunIsFor() throws IOException {
        System.out.println("Kernels: " + cpu() + ", products by " + Blas.description() + ", Java's vectors of "
                + vectorSize() + " bytes");
        assertThat(Blas.description()).startsWith(System.getProperty(KernelsOfRun.KERNELS));
    }

    private static String vectorSize() {
        return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("MaxVectorSize")
                .getValue();
    }

    private static String cpu() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.exists(info)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
