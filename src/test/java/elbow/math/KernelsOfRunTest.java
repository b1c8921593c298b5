package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class KernelsOfRunTest {
    @Test
    void runIsLeftOutWhereTheCpuCannotMakeIt() {
        assertThat(KernelsOfRun.missingFor("openblas Haswell", Set.of("fma", "sse4_1")))
                .hasValueSatisfying(reason -> assertThat(reason).contains("avx2"));
        assertThat(KernelsOfRun.missingFor("onednn SSE4.1", Set.of())).isPresent();
        assertThat(KernelsOfRun.missingFor("onednn AVX2", Set.of("avx2", "fma", "sse4_1")))
                .isEmpty();
        assertThat(KernelsOfRun.missingFor("java", Set.of())).isEmpty();
    }
}
