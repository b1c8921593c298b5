package elbow.math;

import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;

/** What makes the matrix products of {@link Blas}; all of them on the calling thread alone. */
interface Products {
    /** As {@link Blas#multiply}, sizes checked. */
    void multiply(
            Transpose transposeA,
            Transpose transposeB,
            int rows,
            int columns,
            int inner,
            FloatMemory a,
            FloatMemory b,
            FloatMemory c,
            Destination destination);

    /** Whose products they are. */
    String vendor();

    /** Which of the vendor's kernels run; empty if that is not known. */
    String kernels();

    /** Vendor and, where they are known, kernels. */
    default String description() {
        return kernels().isEmpty() ? vendor() : vendor() + " " + kernels();
    }
}
