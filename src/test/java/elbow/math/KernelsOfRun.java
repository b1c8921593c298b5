package elbow.math;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What the build's runs of the tagged tests on other kernels are for, told by the property {@value #KERNELS} as
 * {@link Blas#description} begins. A run that this machine cannot imitate is left out, and its log says why.
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
        Optional<String> missing = missingFor(kernels, flags);
        missing.ifPresent(reason -> System.out.println("Kernels " + kernels + ": left out, " + reason));
        return missing.map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("this machine can run " + kernels));
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
