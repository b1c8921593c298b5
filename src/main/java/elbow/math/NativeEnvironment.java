package elbow.math;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * The process's environment as native libraries see it. Java has no way to change it: {@link System#getenv} is a copy,
 * which stays as it was, and so does what child processes get.
 */
final class NativeEnvironment {
    // Read by native code from now on: must stay reachable, or the collector frees them.
    private static final List<Pointer> IN_USE = new ArrayList<>();

    private NativeEnvironment() {}

    /**
     * Adds a variable that is not there yet. POSIX lets a program assign {@code environ}; nothing that is in use is
     * changed or freed, so that threads that are just reading the environment go on undisturbed.
     *
     * @return whether this platform has {@code environ}
     */
    static synchronized boolean add(String name, String value) {
        Loader.load(org.bytedeco.javacpp.presets.javacpp.class);
        @Nullable Pointer symbol = Loader.addressof("environ");
        if (symbol == null) {
            return false;
        }
        PointerPointer<Pointer> environ = new PointerPointer<>(symbol);
        PointerPointer<Pointer> old = new PointerPointer<>(environ.get(0));
        int count = 0;
        while (old.get(count) != null) {
            count++;
        }
        BytePointer added = new BytePointer(name + "=" + value);
        PointerPointer<BytePointer> longer = new PointerPointer<>(count + 2L);
        for (int i = 0; i < count; i++) {
            longer.put(i, old.get(i));
        }
        longer.put(count, added);
        longer.put(count + 1, (Pointer) null);
        environ.put(0, longer);
        IN_USE.add(added);
        IN_USE.add(longer);
        return true;
    }
}
