package elbow.math;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What the build's runs of the tagged tests on other kernels are for, told by the property {@value #KERNELS} as
 * {@link Blas#description} begins. A run that this machine cannot imitate, or that would be the same as another one on
 * it, is left out, and its log says why.
 */
public final class KernelsOfRun implements ExecutionCondition {
    static final String KERNELS = "elbow.kernels";

    private static final ConditionEvaluationResult RESULT = evaluate();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return RESULT;
    }

    private static ConditionEvaluationResult evaluate() {
        @Nullable String kernels = System.getProperty(KERNELS);
        if (kernels == null) {
            return ConditionEvaluationResult.enabled("no run of other kernels");
        }
        Set<String> flags = BlasChoice.isLinuxOnX86() ? OpenblasCore.cpuFlags() : Set.of();
        Optional<String> obstacle = missingFor(kernels, flags).or(() -> ranAlready(kernels, flags));
        obstacle.ifPresent(reason -> System.out.println("Kernels " + kernels + ": left out, " + reason));
        return obstacle.map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("this machine can run " + kernels));
    }

    /** Which other run has the same kernels on a machine; empty if none has. */
    static Optional<String> ranAlready(String kernels, Set<String> cpuFlags) {
        if (!OpenblasCore.suitedTo(cpuFlags).equals(Optional.of("Haswell"))) {
            return Optional.empty();
        }
        return switch (kernels) {
            case "onednn AVX2" -> Optional.of("they are this CPU's own, with which all tests have run");
            case "openblas" -> Optional.of("on this CPU they are those of the run for openblas Haswell");
            default -> Optional.empty();
        };
    }

    /** Why a machine cannot run them; empty if it can. */
    static Optional<String> missingFor(String kernels, Set<String> cpuFlags) {
        Set<String> needed = switch (kernels) {
            case "onednn AVX2", "openblas Haswell" -> Set.of("avx2", "fma");
            case "onednn SSE4.1" -> Set.of("sse4_1");
            default -> Set.of();
        };
        return cpuFlags.containsAll(needed)
                ? Optional.empty()
                : Optional.of("they need Linux on an x86-64 CPU that has " + String.join(", ", needed));
    }
}
