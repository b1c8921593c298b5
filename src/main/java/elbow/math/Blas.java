package elbow.math;

import org.bytedeco.openblas.global.openblas;

/**
 * Single-precision matrix products on off-heap memory, by the library that {@link BlasChoice} settles on.
 *
 * <p>Each product runs on the calling thread alone, whatever number of threads the library was given elsewhere:
 * parallelism comes from replicas, more threads than cores measured three to five times slower, and a product's
 * rounding must not depend on which thread makes it.
 */
public final class Blas {
    private static final Products PRODUCTS = BlasChoice.products();

    private Blas() {}

    /** Whether a matrix enters a product as it is stored or transposed. */
    public enum Transpose {
        /** As it is stored. */
        NO,
        /** Transposed. */
        YES
    }

    /** What a product does with the content of its destination. */
    public enum Destination {
        /** Replaces it. */
        OVERWRITE(0f),
        /** Adds to it. */
        ACCUMULATE(1f);

        private final float factor;

        Destination(float factor) {
            this.factor = factor;
        }

        float factor() {
            return factor;
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
        PRODUCTS.multiply(transposeA, transposeB, rows, columns, inner, a, b, c, destination);
    }

    /** Has the library behind ND4J's own products use one thread, too, until ND4J is set otherwise; for comparisons. */
    public static void useOneThread() {
        openblas.blas_set_num_threads(1);
    }

    /** Whose products these are: "onednn", "openblas", "mkl", "java", or "unknown (CODE)". */
    public static String vendor() {
        return PRODUCTS.vendor();
    }

    /** Vendor and, where it is known, the kernels in use: "onednn AVX-512", "openblas SkylakeX", "mkl", "java". */
    public static String description() {
        return PRODUCTS.description();
    }

    static void require(String name, FloatMemory memory, int rows, int columns) {
        // Message is built only on failure: this runs at every product.
        if (rows < 1 || columns < 1 || (long) rows * columns > memory.length()) {
            throw new IllegalArgumentException(name + " must hold " + rows + " x " + columns
                    + " floats with both sizes at least 1, but has length " + memory.length());
        }
    }
}
