package elbow.math;

import elbow.base.Check;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which library makes the kernel's matrix products, which BLAS the openblas preset loads for ND4J, and which of
 * OpenBLAS's kernels run: decided once per process, by system properties and environment variables that must be set
 * before any of them is used.
 *
 * <p>The kernel's products are oneDNN's where {@link OneDnn} can be used, unless the property {@value #LIBRARY} is
 * {@value #OPENBLAS} or the property {@value #PRESET} names a library for the openblas preset: the kernel then goes
 * through that preset, too. A job jar that was built with MKL in it uses MKL for everything, unless one of the
 * properties says otherwise. OpenBLAS's kernels are those that the CPU is able to run, unless the environment variable
 * {@code OPENBLAS_CORETYPE} says otherwise.
 */
public final class BlasChoice {
    /** The property that decides on the kernel's library. */
    public static final String LIBRARY = "elbow.blas";

    private static final String OPENBLAS = "openblas";
    private static final String PRESET = "org.bytedeco.openblas.load";
    private static final String MKL = "mkl_rt";
    private static final String MKL_CLASS = "/org/bytedeco/mkl/global/" + MKL + ".class";

    private static boolean settled;
    private static boolean oneDnn;

    private BlasChoice() {}

    /** Settles this process's choice. Idempotent. */
    public static synchronized void settle() {
        if (settled) {
            return;
        }
        @Nullable String wanted = System.getProperty(LIBRARY);
        if (wanted != null) {
            requireKnown(wanted);
        }
        settled = true;
        if (wanted == null && System.getProperty(PRESET) == null && BlasChoice.class.getResource(MKL_CLASS) != null) {
            System.setProperty(PRESET, MKL);
        }
        OpenblasCore.choose();
        oneDnn = wanted == null && System.getProperty(PRESET) == null && OneDnn.load();
    }

    /** Whether this is the one platform for which there is a choice to make. */
    static boolean isLinuxOnX86() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    static void requireKnown(String library) {
        Check.usage(library.equals(OPENBLAS), LIBRARY, "be " + OPENBLAS + " or not set", library);
    }

    /** Whether the kernel's products are oneDNN's, after {@link #settle}. */
    static synchronized boolean isOneDnn() {
        settle();
        return oneDnn;
    }

    /** The JVM options that give another process this one's choice; empty if it is the default. */
    public static String jvmOption() {
        return Stream.of(LIBRARY, PRESET)
                .filter(property -> System.getProperty(property) != null)
                .map(property -> "-D" + property + "=" + System.getProperty(property))
                .collect(Collectors.joining(" "));
    }
}
