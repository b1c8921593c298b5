package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import elbow.JavaProgram;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenblasCoreTest {
    private static final String VARIABLE = "OPENBLAS_CORETYPE";

    @Test
    void kernelsGoByWhatTheCpuCanDo() {
        Set<String> avx512 =
                Set.of("sse2", "fma", "avx2", "avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl", "avx512_bf16");
        assertThat(OpenblasCore.suitedTo(avx512)).contains("SkylakeX");
        // Knights Landing: no AVX-512 BW, DQ, VL.
        assertThat(OpenblasCore.suitedTo(Set.of("avx2", "fma", "avx512f", "avx512cd", "avx512er")))
                .contains("Haswell");
        assertThat(OpenblasCore.suitedTo(Set.of("fma", "avx2"))).contains("Haswell");
        assertThat(OpenblasCore.suitedTo(Set.of("avx2"))).isEmpty();
        assertThat(OpenblasCore.suitedTo(Set.of())).isEmpty();
    }

    @Test
    void withoutAChoiceAProcessRunsTheKernelsSuitedToItsCpu() throws Exception {
        Optional<String> suited = OpenblasCore.suitedTo(OpenblasCore.cpuFlags());
        assumeThat(suited).as("a CPU that this class chooses for").isPresent();
        assertThat(run(Print.class, "")).isEqualTo("openblas " + suited.orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nehalem", "Haswell"})
    void usersChoiceWins(String core) throws Exception {
        assumeThat(OpenblasCore.cpuFlags()).as("a CPU that can run them").contains("avx2", "fma");
        assertThat(run(Print.class, core)).isEqualTo("openblas " + core);
    }

    /** A program of its own: what is loaded stays loaded. */
    static final class Print {
        private Print() {}

        public static void main(String[] arguments) {
            System.out.print(Blas.description());
        }
    }

    private static String run(Class<?> program, String core) throws IOException, InterruptedException {
        return JavaProgram.output(program, List.of("-Delbow.blas=openblas"), Map.of(VARIABLE, core));
    }
}
