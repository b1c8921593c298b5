package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import elbow.JavaProgram;
import elbow.base.ElbowException;
import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BlasChoiceTest {
    private static final String THREADS = "OMP_NUM_THREADS";
    private static final Map<String, String> UNSET = Map.of(THREADS, "", "OPENBLAS_CORETYPE", "");

    /** A large product on a thread of a name that threads which OpenMP makes would inherit. */
    static final class Threads {
        private Threads() {}

        public static void main(String[] arguments) throws Exception {
            Thread thread = new Thread(Threads::multiply, "product");
            thread.start();
            thread.join();
        }

        private static void multiply() {
            int size = 500;
            long length = (long) size * size;
            try (FloatMemory a = FloatMemory.allocate(length);
                    FloatMemory b = FloatMemory.allocate(length);
                    FloatMemory c = FloatMemory.allocate(length)) {
                Blas.multiply(Transpose.NO, Transpose.NO, size, size, size, a, b, c, Destination.OVERWRITE);
                System.out.print(Blas.vendor() + " " + tasksNamed("product"));
            }
        }

        private static long tasksNamed(String name) {
            try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
                return tasks.filter(task -> name.equals(nameOf(task))).count();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String nameOf(Path task) {
            try {
                return Files.readString(task.resolve("comm")).strip();
            } catch (IOException e) {
                // It has ended meanwhile.
                return "";
            }
        }
    }

    /** Which library it is. */
    static final class Print {
        private Print() {}

        public static void main(String[] arguments) {
            System.out.print(Blas.vendor());
        }
    }

    @BeforeEach
    void oneDnnIsForOnePlatform() {
        boolean here = BlasChoice.isLinuxOnX86();
        assumeThat(here).as("the platform that oneDNN is used on").isTrue();
    }

    @Test
    void productRunsOnOneThreadWhateverTheCores() throws Exception {
        assertThat(JavaProgram.output(Threads.class, List.of(), UNSET)).isEqualTo("onednn 1");
        assertThat(JavaProgram.output(Threads.class, List.of(), Map.of(THREADS, "1")))
                .isEqualTo("onednn 1");
    }

    @Test
    void moreThreadsOfOpenMpLeaveOpenblas() throws Exception {
        assertThat(JavaProgram.output(Print.class, List.of(), Map.of(THREADS, "2")))
                .isEqualTo("openblas");
    }

    @Test
    void propertiesDecide() throws Exception {
        assertThat(JavaProgram.output(Print.class, List.of("-Delbow.blas=openblas"), UNSET))
                .isEqualTo("openblas");
        assertThat(JavaProgram.output(Print.class, List.of("-Dorg.bytedeco.openblas.load=openblas@.0"), UNSET))
                .isEqualTo("openblas");
    }

    @Test
    void unknownLibraryIsRefused() {
        assertThatThrownBy(() -> BlasChoice.requireKnown("atlas"))
                .isInstanceOf(ElbowException.class)
                .hasMessage("elbow.blas must be openblas or not set, but is atlas");
    }
}
