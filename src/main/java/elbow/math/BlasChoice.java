package elbow.math;

import org.jspecify.annotations.Nullable;

/**
 * Which BLAS the openblas preset loads, for the kernel and ND4J alike: decided once per process, by a system property
 * that must be set before either is used.
 *
 * <p>A job jar that was built with MKL in it uses MKL, unless the property says otherwise.
 */
public final class BlasChoice {
    private static final String PROPERTY = "org.bytedeco.openblas.load";
    private static final String MKL = "mkl_rt";
    private static final String MKL_CLASS = "/org/bytedeco/mkl/global/" + MKL + ".class";

    private BlasChoice() {}

    /** Settles this process's choice. Idempotent. */
    public static void settle() {
        if (System.getProperty(PROPERTY) == null && BlasChoice.class.getResource(MKL_CLASS) != null) {
            System.setProperty(PROPERTY, MKL);
        }
    }

    /** The JVM option that gives another process this one's choice; empty if it is the preset's default. */
    public static String jvmOption() {
        @Nullable String choice = System.getProperty(PROPERTY);
        return choice == null ? "" : "-D" + PROPERTY + "=" + choice;
    }
}
