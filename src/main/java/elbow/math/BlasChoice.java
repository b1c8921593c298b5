package elbow.math;

import elbow.base.Check;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which library makes the kernel's matrix products, which BLAS the openblas preset loads for ND4J, and which of
 * OpenBLAS's kernels run: decided once per process, by system properties and environment variables that must be set
 * before any of them is used.
 *
 * <p>The kernel's products are oneDNN's where {@link OneDnn} can be used, unless the property {@value #LIBRARY} is
 * {@value #OPENBLAS} or {@value #JAVA}, or the property {@value #PRESET} names a library for the openblas preset: the
 * kernel then goes through that preset, too. A job jar that was built with MKL in it uses MKL for everything, unless
 * one of the properties says otherwise. Where the natives of none of them are there, the products are
 * {@link JavaLoops}. OpenBLAS's kernels are those that the CPU is able to run, unless the environment variable
 * {@code OPENBLAS_CORETYPE} says otherwise; oneDNN's likewise, unless {@code ONEDNN_MAX_CPU_ISA} does.
 */
public final class BlasChoice {
    /** The property that decides on the kernel's library. */
    public static final String LIBRARY = "elbow.blas";

    static final String OPENBLAS = "openblas";
    static final String JAVA = "java";
    private static final String PRESET = "org.bytedeco.openblas.load";
    private static final String MKL = "mkl_rt";
    private static final String MKL_CLASS = "/org/bytedeco/mkl/global/" + MKL + ".class";

    private static final Logger LOGGER = LoggerFactory.getLogger(BlasChoice.class);

    private static @Nullable Products products;
    private static boolean presetByDefault;

    private BlasChoice() {}

    /** Settles this process's choice. Idempotent. */
    public static void settle() {
        products();
    }

    /** What makes this process's products. */
    static synchronized Products products() {
        if (products == null) {
            products = choose();
            report(products);
        }
        return products;
    }

    // Executors have no other way to tell of themselves: it is in their logs.
    private static void report(Products chosen) {
        LOGGER.info("matrix products: {}", chosen.description());
        if (chosen instanceof JavaLoops && !JAVA.equals(System.getProperty(LIBRARY))) {
            LOGGER.warn(
                    "no native library for matrix products fits this machine ({} {}): they are made in Java, which is slow",
                    System.getProperty("os.name"),
                    System.getProperty("os.arch"));
        }
    }

    private static Products choose() {
        @Nullable String wanted = System.getProperty(LIBRARY);
        if (wanted != null) {
            requireKnown(wanted);
        }
        if (wanted == null && System.getProperty(PRESET) == null && BlasChoice.class.getResource(MKL_CLASS) != null) {
            System.setProperty(PRESET, MKL);
            presetByDefault = true;
        }
        OpenblasCore.choose();
        if (JAVA.equals(wanted)) {
            return new JavaLoops();
        }
        if (wanted == null && System.getProperty(PRESET) == null) {
            Optional<Products> loaded = OneDnn.load();
            if (loaded.isPresent()) {
                return loaded.get();
            }
        }
        Optional<Products> loaded = PresetProducts.load();
        if (loaded.isEmpty() && wanted != null) {
            throw new IllegalStateException(LIBRARY + " is " + wanted + ", but its natives are not on the class path");
        }
        return loaded.orElseGet(JavaLoops::new);
    }

    /** Whether this is the one platform for which there is a choice to make. */
    static boolean isLinuxOnX86() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    static void requireKnown(String library) {
        boolean known = library.equals(OPENBLAS) || library.equals(JAVA);
        Check.usage(known, LIBRARY, "be " + OPENBLAS + ", " + JAVA + " or not set", library);
    }

    /** Whether a JVM of these options makes this one's choice, as long as it has the same class path. */
    public static synchronized boolean isMadeBy(String jvmOptions) {
        List<String> options = List.of(jvmOptions.strip().split("\\s+"));
        return Stream.of(LIBRARY, PRESET)
                .allMatch(property -> Objects.equals(
                        property.equals(PRESET) && presetByDefault ? null : System.getProperty(property),
                        given(property, options)));
    }

    // Of several the last one holds.
    private static @Nullable String given(String property, List<String> options) {
        String start = "-D" + property + "=";
        @Nullable String value = null;
        for (String option : options) {
            value = option.startsWith(start) ? option.substring(start.length()) : value;
        }
        return value;
    }

    /** The JVM options that give another process this one's choice; empty if it is the default. */
    public static String jvmOption() {
        return Stream.of(LIBRARY, PRESET)
                .filter(property -> System.getProperty(property) != null)
                .map(property -> "-D" + property + "=" + System.getProperty(property))
                .collect(Collectors.joining(" "));
    }
}
