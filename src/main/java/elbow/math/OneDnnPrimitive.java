package elbow.math;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** A kernel that oneDNN has compiled, with its arguments. */
final class OneDnnPrimitive implements AutoCloseable {
    private final OneDnnEngine engine;
    private final dnnl_primitive primitive = new dnnl_primitive();
    private final dnnl_memory scratchpad;
    private final dnnl_exec_arg_t arguments;
    private final int count;
    private final String kernel;
    private final long scratchBytes;

    /**
     * @param description whose kernel is taken; destroyed here
     * @param names of the arguments
     * @param memories they are in, which stay the caller's
     */
    OneDnnPrimitive(OneDnnEngine engine, dnnl_primitive_desc description, int[] names, dnnl_memory[] memories) {
        this.engine = engine;
        kernel = nameOf(description);
        dnnl_memory_desc_t work = dnnl.dnnl_primitive_desc_query_md(description, dnnl.dnnl_query_scratchpad_md, 0);
        scratchBytes = dnnl.dnnl_memory_desc_get_size(work);
        scratchpad = engine.memory(work);
        OneDnnEngine.check(dnnl.dnnl_primitive_create(primitive, description));
        count = names.length + 1;
        arguments = new dnnl_exec_arg_t(count);
        for (int i = 0; i < names.length; i++) {
            arguments.position(i).arg(names[i]).memory(memories[i]);
        }
        arguments.position(names.length).arg(dnnl.DNNL_ARG_SCRATCHPAD).memory(scratchpad);
        arguments.position(0);
        dnnl.dnnl_primitive_desc_destroy(description);
    }

    private static String nameOf(dnnl_primitive_desc description) {
        try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
            OneDnnEngine.check(
                    dnnl.dnnl_primitive_desc_query(description, dnnl.dnnl_query_impl_info_str, 0, name));
            return new BytePointer(name.get(0)).getString();
        }
    }

    String kernel() {
        return kernel;
    }

    long scratchBytes() {
        return scratchBytes;
    }

    /** @param scratch room for {@link #scratchBytes} */
    void run(Pointer scratch) {
        OneDnnEngine.put(scratch, scratchpad);
        OneDnnEngine.check(dnnl.dnnl_primitive_execute(primitive, engine.stream(), count, arguments));
    }

    @Override
    public void close() {
        dnnl.dnnl_primitive_destroy(primitive);
        dnnl.dnnl_memory_destroy(scratchpad);
        arguments.close();
    }
}
