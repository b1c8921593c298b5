package elbow.math;

import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;

/** The CPU as oneDNN's primitives run on it, in the order in which they are called. */
final class OneDnnEngine implements AutoCloseable {
    private final dnnl_engine engine = new dnnl_engine();
    private final dnnl_stream stream = new dnnl_stream();

    OneDnnEngine() {
        check(dnnl.dnnl_engine_create(engine, dnnl.dnnl_cpu, 0));
        check(dnnl.dnnl_stream_create(stream, engine, dnnl.dnnl_stream_default_flags));
    }

    dnnl_engine engine() {
        return engine;
    }

    dnnl_stream stream() {
        return stream;
    }

    /** A memory object that points nowhere yet. */
    dnnl_memory memory(dnnl_memory_desc_t description) {
        dnnl_memory memory = new dnnl_memory();
        // A null pointer, which the library takes as "none": its DNNL_MEMORY_NONE.
        check(dnnl.dnnl_memory_create(memory, description, engine, new Pointer()));
        return memory;
    }

    /** Has a memory object point somewhere else. */
    static void put(Pointer data, dnnl_memory memory) {
        check(dnnl.dnnl_memory_set_data_handle(memory, data));
    }

    /** Attributes of primitives that work in memory of the caller's: so they belong to no thread. */
    static dnnl_primitive_attr attributes() {
        dnnl_primitive_attr attributes = new dnnl_primitive_attr();
        check(dnnl.dnnl_primitive_attr_create(attributes));
        check(dnnl.dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl.dnnl_scratchpad_mode_user));
        return attributes;
    }

    static void check(int status) {
        if (status != dnnl.dnnl_success) {
            throw new IllegalStateException("oneDNN must do as it is told, but returned status " + status);
        }
    }

    @Override
    public void close() {
        dnnl.dnnl_stream_destroy(stream);
        dnnl.dnnl_engine_destroy(engine);
    }
}
