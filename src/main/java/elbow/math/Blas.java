package elbow.math;

import java.util.Locale;
import org.bytedeco.openblas.global.openblas;

/**
 * Single-precision matrix products on off-heap memory, by the library that {@link BlasChoice} settles on: oneDNN, or
 * what the openblas preset loaded, OpenBLAS or MKL.
 *
 * <p>Each product runs on one thread: parallelism comes from replicas, and more threads than cores measured three to
 * five times slower.
 */
public final class Blas {
    private static final boolean ONEDNN = BlasChoice.isOneDnn();

    static {
        // ND4J's products go through it in any case.
        openblas.blas_set_num_threads(1);
    }

    private Blas() {}

    /** Whether a matrix enters a product as it is stored or transposed. */
    public enum Transpose {
        NO(openblas.CblasNoTrans),
        YES(openblas.CblasTrans);

        private final int code;

        Transpose(int code) {
            this.code = code;
        }
    }

    /** What a product does with the content of its destination. */
    public enum Destination {
        OVERWRITE(0f),
        ACCUMULATE(1f);

        private final float factor;

        Destination(float factor) {
            this.factor = factor;
        }
    }

    /**
     * c = op(a) op(b), or c += op(a) op(b), with op(a) of {@code rows x inner}, op(b) of {@code inner x columns} and c
     * of {@code rows x columns}, all row-major and dense.
     *
     * @throws IllegalArgumentException if a memory is too small for its matrix
     */
    public static void multiply(
            Transpose transposeA,
            Transpose transposeB,
            int rows,
            int columns,
            int inner,
            FloatMemory a,
            FloatMemory b,
            FloatMemory c,
            Destination destination) {
        require("a", a, rows, inner);
        require("b", b, inner, columns);
        require("c", c, rows, columns);
        if (ONEDNN) {
            OneDnn.multiply(
                    transposeA == Transpose.YES,
                    transposeB == Transpose.YES,
                    rows,
                    columns,
                    inner,
                    a,
                    b,
                    c,
                    destination.factor);
            return;
        }
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                transposeA.code,
                transposeB.code,
                rows,
                columns,
                inner,
                1f,
                a.pointer(),
                transposeA == Transpose.NO ? inner : rows,
                b.pointer(),
                transposeB == Transpose.NO ? columns : inner,
                destination.factor,
                c.pointer(),
                columns);
    }

    /** Makes sure that this class's static state, the one BLAS thread, is in effect. Idempotent. */
    public static void useOneThread() {
        openblas.blas_set_num_threads(1);
    }

    /** The number of threads that one product may use. */
    public static int threads() {
        return openblas.blas_get_num_threads();
    }

    /** Whose products these are: "onednn", "openblas", "mkl", or "unknown (CODE)". */
    public static String vendor() {
        if (ONEDNN) {
            return "onednn";
        }
        int code = openblas.blas_get_vendor();
        return switch (code) {
            case 2 -> "openblas";
            case 3 -> "mkl";
            default -> String.format(Locale.ROOT, "unknown (%d)", code);
        };
    }

    /** Vendor and, where it can be told, the kernels in use: "onednn AVX-512", "openblas SkylakeX", "mkl". */
    public static String description() {
        if (ONEDNN) {
            return vendor() + " " + OneDnn.kernels();
        }
        return vendor() + OpenblasCore.loaded().map(core -> " " + core).orElse("");
    }

    private static void require(String name, FloatMemory memory, int rows, int columns) {
        // Built only on failure: this runs at every product.
        if (rows < 1 || columns < 1 || (long) rows * columns > memory.length()) {
            throw new IllegalArgumentException(name + " must hold " + rows + " x " + columns
                    + " floats with both sizes at least 1, but has length " + memory.length());
        }
    }
}
