package elbow.math;

import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;

/**
 * Products of bfloat16 factors with float32 sums, by oneDNN on CPUs that have instructions for them: AMX, or AVX-512
 * BF16. Factors are rounded to the nearest bfloat16, the even one of two, at every product.
 *
 * <p>A product with a size below {@link Multiplier#LEAST_REDUCED} is made in float32, as rounding and packing factors takes longer
 * than that saves. The same product gives the same bits on one type of CPU, whatever else runs.
 */
final class BfloatProducts implements Multiplier {
    private static final String AMX = "amx_bf16";
    private static final String AVX512 = "avx512_bf16";

    private final List<BfloatProduct> products = new ArrayList<>();
    private final ThreadNumber threads;
    private final OneDnnEngine engine;
    private final Buffer a = new Buffer();
    private final Buffer b = new Buffer();
    private final Buffer scratch = new Buffer();

    /** Off-heap memory that grows with what it has to hold. */
    private static final class Buffer implements AutoCloseable {
        private BytePointer memory = new BytePointer(1);

        BytePointer ofAtLeast(long bytes) {
            if (memory.capacity() < bytes) {
                memory.close();
                memory = new BytePointer(bytes);
            }
            return memory;
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    BfloatProducts() {
        obstacle().ifPresent(reason -> {
            throw new IllegalStateException("bfloat16 products cannot be made: " + reason);
        });
        threads = ThreadNumber.ofOpenMp().orElseThrow();
        engine = new OneDnnEngine();
    }

    /** Why there are none in this process, as a clause; empty if there are. */
    static Optional<String> obstacle() {
        if (!Blas.vendor().equals("onednn")) {
            return Optional.of("matrix products are those of " + Blas.vendor() + ", not of oneDNN");
        }
        Set<String> flags = OpenblasCore.cpuFlags();
        if (!flags.contains(AMX) && !flags.contains(AVX512)) {
            return Optional.of("the CPU has neither AMX (" + AMX + ") nor AVX-512 BF16 (" + AVX512 + ")");
        }
        return kernel().contains("bf16")
                ? Optional.empty()
                : Optional.of("oneDNN is held to kernels without them, as by ONEDNN_MAX_CPU_ISA");
    }

    /** Whose instructions multiply. */
    static String instructions() {
        return kernel().contains("amx") ? "AMX" : "AVX-512 BF16";
    }

    // oneDNN's own name of what makes such products here; empty if nothing does.
    private static String kernel() {
        try (OneDnnEngine engine = new OneDnnEngine();
                BfloatProduct product = new BfloatProduct(
                        engine, new BfloatProduct.Shape(false, false, LEAST_REDUCED, LEAST_REDUCED, LEAST_REDUCED, false))) {
            return product.kernel();
        } catch (UnsupportedOperationException e) {
            return "";
        }
    }

    @Override
    public void multiply(
            Transpose transposeA,
            Transpose transposeB,
            int rows,
            int columns,
            int inner,
            FloatMemory first,
            FloatMemory second,
            FloatMemory result,
            Destination destination) {
        if (Math.min(Math.min(rows, columns), inner) < LEAST_REDUCED) {
            Blas.multiply(transposeA, transposeB, rows, columns, inner, first, second, result, destination);
            return;
        }
        Blas.require("a", first, rows, inner);
        Blas.require("b", second, inner, columns);
        Blas.require("c", result, rows, columns);
        // A primitive is made for as many threads as there are when it is made.
        int before = threads.exchange(1);
        try {
            BfloatProduct product = product(
                    transposeA == Transpose.YES,
                    transposeB == Transpose.YES,
                    rows,
                    columns,
                    inner,
                    destination == Destination.ACCUMULATE);
            product.run(
                    first.pointer(),
                    second.pointer(),
                    result.pointer(),
                    a.ofAtLeast(product.firstBytes()),
                    b.ofAtLeast(product.secondBytes()),
                    scratch.ofAtLeast(product.scratchBytes()));
        } finally {
            if (before != 1) {
                threads.set(before);
            }
        }
    }

    // A network has few shapes, and looking for one must not allocate.
    private BfloatProduct product(
            boolean transposedA, boolean transposedB, int rows, int columns, int inner, boolean accumulates) {
        for (int i = 0; i < products.size(); i++) {
            if (products.get(i).is(transposedA, transposedB, rows, columns, inner, accumulates)) {
                return products.get(i);
            }
        }
        BfloatProduct made = new BfloatProduct(
                engine, new BfloatProduct.Shape(transposedA, transposedB, rows, columns, inner, accumulates));
        products.add(made);
        return made;
    }

    @Override
    public void close() {
        products.forEach(BfloatProduct::close);
        products.clear();
        engine.close();
        a.close();
        b.close();
        scratch.close();
    }
}
