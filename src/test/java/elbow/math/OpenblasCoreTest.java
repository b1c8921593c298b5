package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
    void processThatIsToldNothingRunsTheKernelsSuitedToItsCpu() throws Exception {
        Optional<String> suited = OpenblasCore.suitedTo(OpenblasCore.cpuFlags());
        assumeThat(suited).as("a CPU that this class chooses for").isPresent();
        assertThat(run(Print.class, null)).isEqualTo("openblas " + suited.orElseThrow());
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

    private static String run(Class<?> program, @Nullable String core) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName());
        builder.environment().remove(VARIABLE);
        if (core != null) {
            builder.environment().put(VARIABLE, core);
        }
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}
