package elbow.math;

import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.openblas.presets.openblas_nolapack.MklSetNumThreadsLocal;
import org.bytedeco.openblas.presets.openblas_nolapack.SetNumThreads;
import org.jspecify.annotations.Nullable;

/**
 * How many threads a loaded library may use, read and set by the library's own C functions.
 *
 * <p>JavaCPP binds none of OpenMP's, but the presets of OpenBLAS have function pointers of the signatures that are
 * needed, and these call whatever address they hold. A call takes about 10 ns.
 */
final class ThreadCount {
    /** {@code void (*)(int)}. */
    private final SetNumThreads setter;

    /** {@code int (*)(void)}: the one argument that this type passes is never read. */
    private final MklSetNumThreadsLocal getter;

    private ThreadCount(Pointer setter, Pointer getter) {
        this.setter = new SetNumThreads(holding(setter));
        this.getter = new MklSetNumThreadsLocal(holding(getter));
    }

    /** Of the calling thread in OpenMP's parallel regions; empty if no OpenMP library is loaded. */
    static Optional<ThreadCount> ofOpenMp() {
        return of("omp_set_num_threads", "omp_get_max_threads");
    }

    /** Of the process in OpenBLAS; empty if it is not loaded. */
    static Optional<ThreadCount> ofOpenblas() {
        return of("openblas_set_num_threads", "openblas_get_num_threads");
    }

    private static Optional<ThreadCount> of(String setter, String getter) {
        @Nullable Pointer set = Loader.addressof(setter);
        @Nullable Pointer get = Loader.addressof(getter);
        return set == null || get == null ? Optional.empty() : Optional.of(new ThreadCount(set, get));
    }

    // JavaCPP's function pointers point at memory that begins with the function's address.
    private static Pointer holding(Pointer function) {
        return new PointerPointer<>(1).put(0, function);
    }

    int get() {
        return getter.call(0);
    }

    void set(int count) {
        setter.call(count);
    }

    /** Sets how many they are, and returns how many they were. */
    int exchange(int count) {
        int before = get();
        if (before != count) {
            set(count);
        }
        return before;
    }
}
