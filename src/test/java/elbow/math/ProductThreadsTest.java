package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import elbow.JavaProgram;
import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A library's number of threads is not the product's, in whatever thread somebody has raised it. */
final class ProductThreadsTest {
    /** Shapes of scoring, of which oneDNN divides some by rows, some by columns and some by the inner dimension. */
    private static final int[][] SHAPES = {
        {192, 64, 8}, {192, 128, 128}, {192, 2, 784}, {192, 784, 256}, {500, 500, 500}
    };

    /** Products in a thread of its own, whose name those that it starts would inherit. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws Exception {
            int[] plain = new int[SHAPES.length];
            int[] raised = new int[SHAPES.length];
            String[] seen = new String[1];
            inThread("plain", () -> hashes(plain));
            inThread("raised", () -> {
                ThreadCount threads = threads();
                threads.set(4);
                hashes(raised);
                seen[0] = tasksNamed("raised") + " of " + threads.get();
            });
            System.out.print(seen[0] + (Arrays.equals(plain, raised) ? ", the same" : ", others"));
        }

        private static ThreadCount threads() {
            return Blas.vendor().equals("openblas")
                    ? ThreadCount.ofOpenblas().orElseThrow()
                    : ThreadCount.ofOpenMp().orElseThrow();
        }

        private static void inThread(String name, Runnable work) throws InterruptedException {
            Thread thread = new Thread(work, name);
            thread.start();
            thread.join();
        }

        private static void hashes(int[] hashes) {
            Random random = new Random(1);
            for (int i = 0; i < SHAPES.length; i++) {
                hashes[i] = product(random, SHAPES[i][0], SHAPES[i][1], SHAPES[i][2]);
            }
        }

        private static int product(Random random, int rows, int columns, int inner) {
            try (FloatMemory a = random(random, rows * inner);
                    FloatMemory b = random(random, inner * columns);
                    FloatMemory c = FloatMemory.allocate((long) rows * columns)) {
                // Columns first, as scoring has it.
                Blas.multiply(Transpose.YES, Transpose.YES, columns, rows, inner, b, a, c, Destination.OVERWRITE);
                return Arrays.hashCode(c.toArray());
            }
        }

        private static FloatMemory random(Random random, int length) {
            FloatMemory memory = FloatMemory.allocate(length);
            float[] values = new float[length];
            for (int i = 0; i < length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            memory.put(0, values, length);
            return memory;
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

    @ParameterizedTest
    @ValueSource(strings = {"AVX512_CORE", "AVX2", "AVX", "SSE41"})
    void oneDnnMakesProductsOnOneThreadToTheSameBits(String instructions) throws Exception {
        assumeOneDnn();
        Map<String, String> environment = Map.of("ONEDNN_MAX_CPU_ISA", instructions, "OMP_NUM_THREADS", "");
        assertThat(JavaProgram.output(Program.class, List.of(), environment)).isEqualTo("1 of 4, the same");
    }

    /** OpenMP starts fewer threads than it says it would then, and oneDNN leaves their shares of the product undone. */
    @ParameterizedTest
    @CsvSource({"AVX512_CORE, 1", "AVX2, 1", "AVX2, 3"})
    void oneDnnsProductsAreWholeWhereThreadsAreLimited(String instructions, String limit) throws Exception {
        assumeOneDnn();
        Map<String, String> environment = Map.of("ONEDNN_MAX_CPU_ISA", instructions, "OMP_THREAD_LIMIT", limit);
        assertThat(JavaProgram.output(Program.class, List.of(), environment)).isEqualTo("1 of 4, the same");
    }

    @Test
    void openblasIsSetBackToOneThread() throws Exception {
        assumeThat(System.getProperty("os.name"))
                .as("where threads can be told by name")
                .isEqualTo("Linux");
        // Being given threads it starts them; the products leave them idle.
        assertThat(JavaProgram.output(Program.class, List.of("-Delbow.blas=openblas"), Map.of()))
                .endsWith(" of 1, the same");
    }

    private static void assumeOneDnn() {
        boolean here = BlasChoice.isLinuxOnX86();
        assumeThat(here).as("the platform that oneDNN is used on").isTrue();
    }
}
