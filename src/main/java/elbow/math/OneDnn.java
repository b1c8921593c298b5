package elbow.math;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products by oneDNN, which compiles its kernels at run time for the CPU it finds, of whichever maker: on the
 * products of a small VAE they run as fast as MKL's, half as fast again as OpenBLAS's.
 *
 * <p>For x86-64 Linux only. It divides a product among the threads of OpenMP, whose number a process can only choose
 * before the OpenMP library is loaded. So it is not used where that has already happened, or where the environment
 * variable {@code OMP_NUM_THREADS} asks for more than one.
 */
final class OneDnn {
    private static final String THREADS = "OMP_NUM_THREADS";
    private static final String OPENMP = "libgomp";
    private static final Path LOADED = Path.of("/proc/self/maps");
    private static final byte AS_STORED = 'N';
    private static final byte TRANSPOSED = 'T';

    private OneDnn() {}

    /** Loads it if it can be used here. */
    static boolean load() {
        if (!BlasChoice.isLinuxOnX86() || !takesOneThread()) {
            return false;
        }
        try {
            Loader.load(dnnl.class);
            return true;
        } catch (LinkageError e) {
            // Its natives are not on the class path, or a system library that they need is missing.
            return false;
        }
    }

    private static boolean takesOneThread() {
        @Nullable String threads = System.getenv(THREADS);
        if (threads != null) {
            return threads.strip().equals("1");
        }
        return !isOpenMpLoaded() && NativeEnvironment.add(THREADS, "1");
    }

    private static boolean isOpenMpLoaded() {
        try (Stream<String> libraries = Files.lines(LOADED)) {
            return libraries.anyMatch(line -> line.contains(OPENMP));
        } catch (IOException e) {
            // Nothing is lost but speed.
            return true;
        }
    }

    /** The instructions that its kernels are made of. */
    static String kernels() {
        return switch (dnnl.dnnl_get_effective_cpu_isa()) {
            case dnnl.dnnl_cpu_isa_sse41 -> "SSE4.1";
            case dnnl.dnnl_cpu_isa_avx -> "AVX";
            case dnnl.dnnl_cpu_isa_avx2, dnnl.dnnl_cpu_isa_avx2_vnni -> "AVX2";
            // Later extensions have no single-precision products of their own.
            default -> "AVX-512";
        };
    }

    /** As {@link Blas#multiply}, sizes checked. */
    static void multiply(
            boolean transposeA,
            boolean transposeB,
            int rows,
            int columns,
            int inner,
            FloatMemory a,
            FloatMemory b,
            FloatMemory c,
            float factor) {
        int status = dnnl.dnnl_sgemm(
                transposeA ? TRANSPOSED : AS_STORED,
                transposeB ? TRANSPOSED : AS_STORED,
                rows,
                columns,
                inner,
                1f,
                a.pointer(),
                transposeA ? rows : inner,
                b.pointer(),
                transposeB ? inner : columns,
                factor,
                c.pointer(),
                columns);
        if (status != dnnl.dnnl_success) {
            throw new IllegalStateException("oneDNN must make the product " + rows + " x " + inner + " x " + columns
                    + ", but returned status " + status);
        }
    }
}
