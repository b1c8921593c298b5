package elbow.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import elbow.JavaProgram;
import elbow.math.Blas;
import elbow.vae.VaeSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

final class Nd4jKernelsTest {
    @ParameterizedTest
    @ValueSource(strings = {"-Dany=thing", "-Delbow.blas=openblas"})
    void networkThatIsMadeFirstDoesNotKeepTheKernelsFromBeingChosen(String option) throws Exception {
        assertThat(run(NetworkFirst.class, option)).isEqualTo(run(KernelFirst.class, option));
    }

    @Test
    void arrayThatIsMadeFirstLeavesOpenblas() throws Exception {
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        assumeThat(platform).as("where ND4J brings an OpenMP library").isEqualTo("Linux amd64");
        assertThat(run(ArrayFirst.class, "-Dany=thing")).startsWith("openblas");
    }

    /** ND4J loads OpenMP, with as many threads as it likes. */
    static final class ArrayFirst {
        private ArrayFirst() {}

        public static void main(String[] arguments) {
            Nd4j.zeros(2);
            System.out.print(Blas.description());
        }
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

    private static String run(Class<?> program, String option) throws Exception {
        return JavaProgram.output(program, List.of(option), Map.of("OPENBLAS_CORETYPE", "", "OMP_NUM_THREADS", ""));
    }
}
