package elbow.math;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Which of its kernels OpenBLAS runs. It goes by the CPU's model number, and takes SSE kernels of 2007 for a model that
 * it does not know: 3.6 times slower than its AVX-512 kernels on a Zen 5. So the choice is made here, on x86-64 Linux,
 * by what the CPU can do:
 *
 * <ul>
 *   <li>AVX-512 (F, CD, BW, DQ, VL): SkylakeX;
 *   <li>AVX2 and FMA: Haswell;
 *   <li>else, and elsewhere, OpenBLAS decides.
 * </ul>
 *
 * <p>The environment variable {@code OPENBLAS_CORETYPE} overrules it. Each process chooses for its own machine, so that
 * executors may differ from the driver.
 */
final class OpenblasCore {
    private static final String VARIABLE = "OPENBLAS_CORETYPE";
    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final String FLAGS = "flags";
    private static final Set<String> AVX512 = Set.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl");
    private static final Set<String> AVX2 = Set.of("avx2", "fma");

    /** The variable that points at the table of the kernels in use; the tables' names begin alike. */
    private static final String TABLE = "gotoblas";

    private static final List<String> NAMES = List.of(
            "Prescott",
            "Core2",
            "Nehalem",
            "Barcelona",
            "Sandybridge",
            "Bulldozer",
            "Piledriver",
            "Steamroller",
            "Excavator",
            "Haswell",
            "Zen",
            "SkylakeX",
            "Cooperlake",
            "SapphireRapids");

    private OpenblasCore() {}

    /** Makes the choice, unless the user or OpenBLAS itself already has. */
    static void choose() {
        if (System.getenv(VARIABLE) == null && BlasChoice.isLinuxOnX86()) {
            suitedTo(cpuFlags()).ifPresent(name -> NativeEnvironment.add(VARIABLE, name));
        }
    }

    /** The kernels for a CPU with these flags, in Linux's spelling; empty if OpenBLAS shall decide. */
    static Optional<String> suitedTo(Set<String> flags) {
        if (flags.containsAll(AVX512)) {
            return Optional.of("SkylakeX");
        }
        return flags.containsAll(AVX2) ? Optional.of("Haswell") : Optional.empty();
    }

    /** OpenBLAS's name of the kernels in use; empty if that is not known, as with another BLAS. */
    static Optional<String> loaded() {
        @Nullable Pointer variable = Loader.addressof(TABLE);
        if (variable == null) {
            return Optional.empty();
        }
        @Nullable Pointer table = new PointerPointer<>(variable).get(0);
        return NAMES.stream()
                .filter(name -> table != null && table.equals(Loader.addressof(TABLE + "_" + upperCase(name))))
                .findFirst();
    }

    /** What this machine's CPU can do; empty if the system does not say. */
    static Set<String> cpuFlags() {
        try (Stream<String> lines = Files.lines(CPU)) {
            return lines.filter(line -> line.startsWith(FLAGS))
                    .findFirst()
                    .map(line -> Set.copyOf(List.of(
                            line.substring(line.indexOf(':') + 1).strip().split(" +"))))
                    .orElse(Set.of());
        } catch (IOException e) {
            // Nothing is lost but speed: OpenBLAS decides.
            return Set.of();
        }
    }

    private static String upperCase(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
