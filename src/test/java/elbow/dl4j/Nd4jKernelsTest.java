package elbow.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.math.Blas;
import elbow.vae.VaeSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Sgd;

final class Nd4jKernelsTest {
    @Test
    void networkThatIsMadeFirstDoesNotKeepTheKernelsFromBeingChosen() throws Exception {
        assertThat(run(NetworkFirst.class)).isEqualTo(run(KernelFirst.class)).startsWith("openblas");
    }

    /** ND4J loads the BLAS. */
    static final class NetworkFirst {
        private NetworkFirst() {}

        public static void main(String[] arguments) {
            VaeSpec spec = VaeSpec.builder(2, 1).build();
            VaeNetworks.create(spec, 0, new Sgd(0.1), 1, new float[2]);
            System.out.print(Blas.description());
        }
    }

    /** The kernel loads the BLAS. */
    static final class KernelFirst {
        private KernelFirst() {}

        public static void main(String[] arguments) {
            System.out.print(Blas.description());
        }
    }

    private static String run(Class<?> program) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName());
        builder.environment().remove("OPENBLAS_CORETYPE");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}
