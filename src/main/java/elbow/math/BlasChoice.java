package elbow.math;

import org.jspecify.annotations.Nullable;

/**
 * Which BLAS the openblas preset loads, and which of OpenBLAS's kernels run, for the kernel and ND4J alike: decided
 * once per process, by a system property and an environment variable that must be set before either is used.
 *
 * <p>A job jar that was built with MKL in it uses MKL, unless the property {@code org.bytedeco.openblas.load} says
 * otherwise. OpenBLAS's kernels are those that the CPU is able to run, unless the environment variable
 * {@code OPENBLAS_CORETYPE} says otherwise.
 */
public final class BlasChoice {
    private static final String PROPERTY = "org.bytedeco.openblas.load";
    private static final String MKL = "mkl_rt";
    private static final String MKL_CLASS = "/org/bytedeco/mkl/global/" + MKL + ".class";

    private static boolean settled;

    private BlasChoice() {}

    /** Settles this process's choice. Idempotent. */
    public static synchronized void settle() {
        if (settled) {
            return;
        }
        settled = true;
        if (System.getProperty(PROPERTY) == null && BlasChoice.class.getResource(MKL_CLASS) != null) {
            System.setProperty(PROPERTY, MKL);
        }
        OpenblasCore.choose();
    }

    /** The JVM option that gives another process this one's choice; empty if it is the preset's default. */
    public static String jvmOption() {
        @Nullable String choice = System.getProperty(PROPERTY);
        return choice == null ? "" : "-D" + PROPERTY + "=" + choice;
    }
}
