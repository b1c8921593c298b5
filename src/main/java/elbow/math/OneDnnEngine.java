package elbow.math;

import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

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
            throw new IllegalStateException("a call of oneDNN must succeed, but returned status " + status);
        }
    }

    @Override
    public void close() {
        dnnl.dnnl_stream_destroy(stream);
        dnnl.dnnl_engine_destroy(engine);
    }

    /** A kernel that oneDNN has compiled, with its arguments. */
    static final class Primitive implements AutoCloseable {
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
        Primitive(OneDnnEngine engine, dnnl_primitive_desc description, int[] names, dnnl_memory[] memories) {
            this.engine = engine;
            kernel = nameOf(description);
            dnnl_memory_desc_t work = dnnl.dnnl_primitive_desc_query_md(description, dnnl.dnnl_query_scratchpad_md, 0);
            scratchBytes = dnnl.dnnl_memory_desc_get_size(work);
            scratchpad = engine.memory(work);
            check(dnnl.dnnl_primitive_create(primitive, description));
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
                check(dnnl.dnnl_primitive_desc_query(description, dnnl.dnnl_query_impl_info_str, 0, name));
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
            put(scratch, scratchpad);
            check(dnnl.dnnl_primitive_execute(primitive, engine.stream, count, arguments));
        }

        @Override
        public void close() {
            dnnl.dnnl_primitive_destroy(primitive);
            dnnl.dnnl_memory_destroy(scratchpad);
            arguments.close();
        }
    }
}
