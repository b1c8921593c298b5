package elbow.math;

import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;

/** Matrix products in one {@link Precision}, with the memory they need. Not thread-safe: one for each replica. */
public interface Multiplier extends AutoCloseable {
    /** Rows, columns and inner size of the smallest product that is made in less than float32. */
    int LEAST_REDUCED = 64;

    /** Products in float32, which need no memory; for any number of threads. */
    Multiplier FLOAT32 = new Multiplier() {
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
            Blas.multiply(transposeA, transposeB, rows, columns, inner, a, b, c, destination);
        }

        @Override
        public void close() {
            // Has nothing.
        }
    };

    /**
     * What makes products in that precision, to be closed.
     *
     * @throws IllegalStateException if this process cannot multiply so, see {@link Precision#obstacle}
     */
    static Multiplier of(Precision precision) {
        return precision == Precision.FLOAT32 ? FLOAT32 : new BfloatProducts();
    }

    /** As {@link Blas#multiply}. */
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

    @Override
    void close();
}
