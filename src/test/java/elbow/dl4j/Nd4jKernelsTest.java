package elbow.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.JavaProgram;
import elbow.math.Blas;
import elbow.vae.VaeSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

final class Nd4jKernelsTest {
    @ParameterizedTest
    @ValueSource(strings = {"-Dany=thing", "-Delbow.blas=openblas"})
    void networkThatIsMadeFirstDoesNotKeepTheKernelsFromBeingChosen(String option) throws Exception {
        assertThat(run(NetworkFirst.class, option)).isEqualTo(run(KernelFirst.class, option));
    }

    @Test
    void arrayThatIsMadeFirstDoesNotKeepTheLibraryFromBeingChosen() throws Exception {
        assertThat(run(ArrayFirst.class, "-Dany=thing")).isEqualTo(run(KernelFirst.class, "-Dany=thing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ANY=thing", "ONEDNN_MAX_CPU_ISA=AVX2", "OMP_THREAD_LIMIT=1", "OPENBLAS_CORETYPE=Haswell"})
    void threadThatNd4jHasGivenThreadsScoresAsOthersDo(String variable) throws Exception {
        int at = variable.indexOf('=');
        Map<String, String> environment = Map.of(variable.substring(0, at), variable.substring(at + 1));
        List<String> options = variable.startsWith("OPENBLAS") ? List.of("-Delbow.blas=openblas") : List.of();
        assertThat(JavaProgram.output(ThreadsOfNd4j.class, options, environment))
                .isEqualTo("the same, 4 threads");
    }

    /** Scores rows in a thread that has given ND4J's own work four threads, and in one that has not. */
    static final class ThreadsOfNd4j {
        private static final int ROWS = 50;
        private static final int COLUMNS = 3;

        private ThreadsOfNd4j() {}

        public static void main(String[] arguments) throws Exception {
            VaeSpec spec = VaeSpec.builder(COLUMNS, 2)
                    .encoder(128, 128)
                    .decoder(128, 128)
                    .build();
            MultiLayerNetwork network = VaeNetworks.create(spec, 4, new Sgd(0.1), 1, new float[COLUMNS]);
            INDArray rows = Nd4j.rand(ROWS, COLUMNS);
            DataSet data = new DataSet(rows, rows);
            double[][] scores = new double[1][];
            Thread other = new Thread(
                    () -> scores[0] = network.scoreExamples(data, false).toDoubleVector());
            other.start();
            other.join();

            NativeOps operations = NativeOpsHolder.getInstance().getDeviceNativeOps();
            operations.setOmpNumThreads(4);
            boolean same = Arrays.equals(network.scoreExamples(data, false).toDoubleVector(), scores[0]);
            System.out.print((same ? "the same, " : "others, ") + operations.ompGetMaxThreads() + " threads");
        }
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
