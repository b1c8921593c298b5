package elbow.math;

import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/**
 * Matrix products by oneDNN, which compiles its kernels at run time for the CPU it finds, of whichever maker: on the
 * products of a small VAE they run as fast as MKL's, half as fast again as OpenBLAS's.
 *
 * <p>For x86-64 Linux only. It divides a product among as many threads as OpenMP gives to the calling thread, which
 * ND4J raises in the thread that loads it. Divided products round differently with some kernels (AVX2's), and are left
 * unfinished without an error where OpenMP then starts fewer threads than that, as with {@code OMP_THREAD_LIMIT}. So
 * the calling thread's number is 1 while a product runs, and afterwards what it was: ND4J's own work keeps its threads.
 */
final class OneDnn implements Products {
    private static final String OPENMP = "libgomp";
    private static final Path LOADED = Path.of("/proc/self/maps");
    private static final byte AS_STORED = 'N';
    private static final byte TRANSPOSED = 'T';

    private final ThreadCount threads;

    private OneDnn(ThreadCount threads) {
        this.threads = threads;
    }

    /** Loads it if it can be used here. */
    static Optional<Products> load() {
        if (!BlasChoice.isLinuxOnX86()) {
            return Optional.empty();
        }
        try {
            Loader.load(dnnl.class);
            Loader.load(org.bytedeco.openblas.presets.openblas_nolapack.class);
        } catch (LinkageError e) {
            // Its natives are not on the class path, or a system library that they need is missing.
            return Optional.empty();
        }
        return loadedOpenMpLibraries() == 1 ? ThreadCount.ofOpenMp().map(OneDnn::new) : Optional.empty();
    }

    /**
     * With two of them in one process, the threads' numbers could be read and set in the one that oneDNN is not using.
     */
    private static long loadedOpenMpLibraries() {
        try (Stream<String> mappings = Files.lines(LOADED)) {
            return mappings.filter(mapping -> mapping.contains(OPENMP))
                    .map(mapping -> mapping.substring(mapping.indexOf('/')))
                    .distinct()
                    .count();
        } catch (IOException e) {
            // Nothing is lost but speed.
            return 0;
        }
    }

    @Override
    public String vendor() {
        return "onednn";
    }

    @Override
    public String kernels() {
        return switch (dnnl.dnnl_get_effective_cpu_isa()) {
            case dnnl.dnnl_cpu_isa_sse41 -> "SSE4.1";
            case dnnl.dnnl_cpu_isa_avx -> "AVX";
            case dnnl.dnnl_cpu_isa_avx2, dnnl.dnnl_cpu_isa_avx2_vnni -> "AVX2";
            // Later extensions have no single-precision products of their own.
            default -> "AVX-512";
        };
    }

    @Override
    public void multiply(
            Transpose transposeA,
            Transpose transposeB,
            int rows,
            int columns,
            int inner,
            FloatMemory a,
            FloatMemory b,
            FloatMemory c,
            Destination destination) {
        boolean transposedA = transposeA == Transpose.YES;
        boolean transposedB = transposeB == Transpose.YES;
        int status;
        int before = threads.exchange(1);
        try {
            status = dnnl.dnnl_sgemm(
                    transposedA ? TRANSPOSED : AS_STORED,
                    transposedB ? TRANSPOSED : AS_STORED,
                    rows,
                    columns,
                    inner,
                    1f,
                    a.pointer(),
                    transposedA ? rows : inner,
                    b.pointer(),
                    transposedB ? inner : columns,
                    destination.factor(),
                    c.pointer(),
                    columns);
        } finally {
            if (before != 1) {
                threads.set(before);
            }
        }
        if (status != dnnl.dnnl_success) {
            throw new IllegalStateException("oneDNN must make the product " + rows + " x " + inner + " x " + columns
                    + ", but returned status " + status);
        }
    }
}
