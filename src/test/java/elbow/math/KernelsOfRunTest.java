package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

    @Test
    void runThatWouldBeTheSameAsAnotherIsLeftOut() {
        Set<String> avx2 = Set.of("avx2", "fma", "sse4_1");
        Set<String> avx512 = Set.of("avx2", "fma", "avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl");

        assertThat(KernelsOfRun.ranAlready("onednn AVX2", avx2)).isPresent();
        assertThat(KernelsOfRun.ranAlready("openblas", avx2)).isPresent();
        for (String kernels : List.of("onednn SSE4.1", "openblas Haswell", "java")) {
            assertThat(KernelsOfRun.ranAlready(kernels, avx2)).isEmpty();
        }
        for (String kernels : List.of("onednn AVX2", "onednn SSE4.1", "openblas", "openblas Haswell", "java")) {
            assertThat(KernelsOfRun.ranAlready(kernels, avx512)).isEmpty();
        }
    }
}
