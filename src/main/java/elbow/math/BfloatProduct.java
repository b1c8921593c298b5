package elbow.math;

import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.dnnl_matmul_desc_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;

/** A product of one shape: rounds both factors to bfloat16, multiplies, and sums in float32. */
final class BfloatProduct implements AutoCloseable {
    private final Shape shape;
    private final OneDnnEngine engine;
    private final dnnl_memory first;
    private final dnnl_memory second;
    private final dnnl_memory result;
    private final dnnl_memory roundedFirst;
    private final dnnl_memory roundedSecond;
    private final OneDnnPrimitive roundFirst;
    private final OneDnnPrimitive roundSecond;
    private final OneDnnPrimitive product;

    /** op(a) of rows x inner times op(b) of inner x columns, row-major. */
    record Shape(
            boolean transposedA, boolean transposedB, int rows, int columns, int inner, boolean accumulates) {}

    /** @throws UnsupportedOperationException if oneDNN has no such products for the CPU, or as it is held to */
    BfloatProduct(OneDnnEngine engine, Shape shape) {
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

    private OneDnnPrimitive reorder(
            dnnl_memory_desc_t given, dnnl_memory from, dnnl_memory_desc_t wanted, dnnl_memory to) {
        dnnl_primitive_attr attributes = OneDnnEngine.attributes();
        dnnl_primitive_desc description = new dnnl_primitive_desc();
        OneDnnEngine.check(dnnl.dnnl_reorder_primitive_desc_create(
                description, given, engine.engine(), wanted, engine.engine(), attributes));
        dnnl.dnnl_primitive_attr_destroy(attributes);
        return new OneDnnPrimitive(
                engine,
                description,
                new int[] {dnnl.DNNL_ARG_FROM, dnnl.DNNL_ARG_TO},
                new dnnl_memory[] {from, to});
    }

    private OneDnnPrimitive product(dnnl_memory_desc_t a, dnnl_memory_desc_t b, dnnl_memory_desc_t c) {
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
        return new OneDnnPrimitive(
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
