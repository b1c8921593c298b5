package elbow.math;

import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.presets.openblas_nolapack.MklSetNumThreadsLocal;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products by what the openblas preset has loaded: OpenBLAS, MKL, or a library that the user names.
 *
 * <p>ND4J sets its number of threads when it loads, at whatever time that is. OpenBLAS has one number for the process:
 * it is set back to 1 before a product, and stays. MKL has one for each thread: it is 1 while a product runs.
 */
final class PresetProducts implements Products {
    private static final String MKL_SETTER = "MKL_Set_Num_Threads_Local";

    private final Optional<ThreadCount> openblasThreads;
    private final @Nullable MklSetNumThreadsLocal mklThreads;

    private PresetProducts() {
        openblasThreads = ThreadCount.ofOpenblas();
        @Nullable Pointer function = Loader.addressof(MKL_SETTER);
        mklThreads = function == null ? null : new MklSetNumThreadsLocal(new PointerPointer<>(1).put(0, function));
    }

    /** Loads it; empty if its natives are not on the class path. */
    static Optional<Products> load() {
        try {
            openblas.blas_set_num_threads(1);
        } catch (LinkageError e) {
            return Optional.empty();
        }
        return Optional.of(new PresetProducts());
    }

    @Override
    public String vendor() {
        int code = openblas.blas_get_vendor();
        return switch (code) {
            case 2 -> "openblas";
            case 3 -> "mkl";
            default -> String.format(Locale.ROOT, "unknown (%d)", code);
        };
    }

    @Override
    public String kernels() {
        return OpenblasCore.loaded().orElse("");
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
        openblasThreads.ifPresent(threads -> threads.exchange(1));
        int before = mklThreads == null ? 1 : mklThreads.call(1);
        try {
            openblas.cblas_sgemm(
                    openblas.CblasRowMajor,
                    code(transposeA),
                    code(transposeB),
                    rows,
                    columns,
                    inner,
                    1f,
                    a.pointer(),
                    transposeA == Transpose.NO ? inner : rows,
                    b.pointer(),
                    transposeB == Transpose.NO ? columns : inner,
                    destination.factor(),
                    c.pointer(),
                    columns);
        } finally {
            if (mklThreads != null) {
                mklThreads.call(before);
            }
        }
    }

    private static int code(Transpose transpose) {
        return transpose == Transpose.NO ? openblas.CblasNoTrans : openblas.CblasTrans;
    }
}
