package elbow.math;

import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.dnnl_matmul_desc_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Products of bfloat16 factors with float32 sums, by oneDNN on CPUs that have instructions for them: AMX, or AVX-512
 * BF16. Factors are rounded to the nearest bfloat16, the even one of two, at every product.
 *
 * <p>A product with a size below {@link Multiplier#LEAST_REDUCED} is made in float32, as rounding and packing factors
 * takes longer than that saves. The same product gives the same bits on one type of CPU, whatever else runs.
 */
final class BfloatProducts implements Multiplier {
    private static final String AMX = "amx_bf16";
    private static final String AVX512 = "avx512_bf16";

    private final List<Product> products = new ArrayList<>();
    private final ThreadCount threads;
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
        threads = ThreadCount.ofOpenMp().orElseThrow();
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
                Product product = new Product(
                        engine, new Product.Shape(false, false, LEAST_REDUCED, LEAST_REDUCED, LEAST_REDUCED, false))) {
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
            Product product = product(
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
    private Product product(
            boolean transposedA, boolean transposedB, int rows, int columns, int inner, boolean accumulates) {
        for (int i = 0; i < products.size(); i++) {
            if (products.get(i).is(transposedA, transposedB, rows, columns, inner, accumulates)) {
                return products.get(i);
            }
        }
        Product made =
                new Product(engine, new Product.Shape(transposedA, transposedB, rows, columns, inner, accumulates));
        products.add(made);
        return made;
    }

    @Override
    public void close() {
        products.forEach(Product::close);
        products.clear();
        engine.close();
        a.close();
        b.close();
        scratch.close();
    }

    /** A product of one shape: rounds both factors to bfloat16, multiplies, and sums in float32. */
    private static final class Product implements AutoCloseable {
        private final Shape shape;
        private final OneDnnEngine engine;
        private final dnnl_memory first;
        private final dnnl_memory second;
        private final dnnl_memory result;
        private final dnnl_memory roundedFirst;
        private final dnnl_memory roundedSecond;
        private final OneDnnEngine.Primitive roundFirst;
        private final OneDnnEngine.Primitive roundSecond;
        private final OneDnnEngine.Primitive product;

        /** op(a) of rows x inner times op(b) of inner x columns, row-major. */
        record Shape(boolean transposedA, boolean transposedB, int rows, int columns, int inner, boolean accumulates) {}

        /** @throws UnsupportedOperationException if oneDNN has no such products for the CPU, or as it is held to */
        Product(OneDnnEngine engine, Shape shape) {
            this.engine = engine;
            this.shape = shape;
            dnnl_memory_desc_t a = matrix(dnnl.dnnl_f32, shape.rows, shape.inner, shape.transposedA);
            dnnl_memory_desc_t b = matrix(dnnl.dnnl_f32, shape.inner, shape.columns, shape.transposedB);
            dnnl_memory_desc_t c = matrix(dnnl.dnnl_f32, shape.rows, shape.columns, false);
            dnnl_memory_desc_t roundedA = matrix(dnnl.dnnl_bf16, shape.rows, shape.inner, shape.transposedA);
            dnnl_memory_desc_t roundedB = matrix(dnnl.dnnl_bf16, shape.inner, shape.columns, shape.transposedB);
            first = engine.memory(a);
            second = engine.memory(b);
            result = engine.memory(c);
            roundedFirst = engine.memory(roundedA);
            roundedSecond = engine.memory(roundedB);
            roundFirst = reorder(a, first, roundedA, roundedFirst);
            roundSecond = reorder(b, second, roundedB, roundedSecond);
            product = product(roundedA, roundedB, c);
        }

        private static dnnl_memory_desc_t matrix(int type, long rows, long columns, boolean transposed) {
            dnnl_memory_desc_t description = new dnnl_memory_desc_t();
            OneDnnEngine.check(dnnl.dnnl_memory_desc_init_by_strides(
                    description,
                    2,
                    new long[] {rows, columns},
                    type,
                    transposed ? new long[] {1, rows} : new long[] {columns, 1}));
            return description;
        }

        private OneDnnEngine.Primitive reorder(
                dnnl_memory_desc_t given, dnnl_memory from, dnnl_memory_desc_t wanted, dnnl_memory to) {
            dnnl_primitive_attr attributes = OneDnnEngine.attributes();
            dnnl_primitive_desc description = new dnnl_primitive_desc();
            OneDnnEngine.check(dnnl.dnnl_reorder_primitive_desc_create(
                    description, given, engine.engine(), wanted, engine.engine(), attributes));
            dnnl.dnnl_primitive_attr_destroy(attributes);
            return new OneDnnEngine.Primitive(
                    engine, description, new int[] {dnnl.DNNL_ARG_FROM, dnnl.DNNL_ARG_TO}, new dnnl_memory[] {from, to
                    });
        }

        private OneDnnEngine.Primitive product(dnnl_memory_desc_t a, dnnl_memory_desc_t b, dnnl_memory_desc_t c) {
            dnnl_matmul_desc_t operation = new dnnl_matmul_desc_t();
            OneDnnEngine.check(dnnl.dnnl_matmul_desc_init(operation, a, b, null, c));
            dnnl_primitive_attr attributes = OneDnnEngine.attributes();
            if (shape.accumulates) {
                dnnl_post_ops after = new dnnl_post_ops();
                OneDnnEngine.check(dnnl.dnnl_post_ops_create(after));
                OneDnnEngine.check(dnnl.dnnl_post_ops_append_sum(after, 1f));
                OneDnnEngine.check(dnnl.dnnl_primitive_attr_set_post_ops(attributes, after));
                dnnl.dnnl_post_ops_destroy(after);
            }
            dnnl_primitive_desc description = new dnnl_primitive_desc();
            int status = dnnl.dnnl_primitive_desc_create(
                    description, new const_dnnl_op_desc_t(operation), attributes, engine.engine(), null);
            if (status == dnnl.dnnl_unimplemented) {
                throw new UnsupportedOperationException("oneDNN has no product of bfloat16 for this CPU");
            }
            OneDnnEngine.check(status);
            dnnl.dnnl_primitive_attr_destroy(attributes);
            return new OneDnnEngine.Primitive(
                    engine,
                    description,
                    new int[] {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_WEIGHTS, dnnl.DNNL_ARG_DST},
                    new dnnl_memory[] {roundedFirst, roundedSecond, result});
        }

        boolean is(boolean transposedA, boolean transposedB, int rows, int columns, int inner, boolean accumulates) {
            return shape.rows == rows
                    && shape.columns == columns
                    && shape.inner == inner
                    && shape.transposedA == transposedA
                    && shape.transposedB == transposedB
                    && shape.accumulates == accumulates;
        }

        /** oneDNN's name of the kernel. */
        String kernel() {
            return product.kernel();
        }

        /** Bytes of the first factor when it is rounded. */
        long firstBytes() {
            return (long) Short.BYTES * shape.rows * shape.inner;
        }

        /** Bytes of the second factor when it is rounded. */
        long secondBytes() {
            return (long) Short.BYTES * shape.inner * shape.columns;
        }

        /** Bytes that the kernels work in. */
        long scratchBytes() {
            return Math.max(product.scratchBytes(), Math.max(roundFirst.scratchBytes(), roundSecond.scratchBytes()));
        }

        /**
         * Makes the product.
         *
         * @param roundedA room for {@link #firstBytes}
         * @param roundedB room for {@link #secondBytes}
         * @param scratch room for {@link #scratchBytes}
         */
        void run(Pointer a, Pointer b, Pointer c, Pointer roundedA, Pointer roundedB, Pointer scratch) {
            OneDnnEngine.put(a, first);
            OneDnnEngine.put(b, second);
            OneDnnEngine.put(c, result);
            OneDnnEngine.put(roundedA, roundedFirst);
            OneDnnEngine.put(roundedB, roundedSecond);
            roundFirst.run(scratch);
            roundSecond.run(scratch);
            product.run(scratch);
        }

        @Override
        public void close() {
            roundFirst.close();
            roundSecond.close();
            product.close();
            for (dnnl_memory memory : new dnnl_memory[] {first, second, result, roundedFirst, roundedSecond}) {
                dnnl.dnnl_memory_destroy(memory);
            }
        }
    }
}
