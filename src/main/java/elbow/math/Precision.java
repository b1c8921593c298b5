package elbow.math;

import java.util.Optional;

/**
 * What the factors of matrix products are rounded to before they are multiplied. Parameters, activations, gradients and
 * the sums of products are float32 in either case.
 */
public enum Precision {
    /** 24 bits of mantissa: nothing is rounded. */
    FLOAT32,

    /** 8 bits of mantissa, and float32's exponents: relative errors of a factor up to 2^-9. */
    BFLOAT16;

    /** Why this process cannot multiply so; empty if it can. */
    public Optional<String> obstacle() {
        return this == FLOAT32 ? Optional.empty() : BfloatProducts.obstacle();
    }

    /** The name, and by which instructions of this CPU: "float32", "bfloat16 by AMX", "bfloat16 by AVX-512 BF16". */
    public String description() {
        return this == FLOAT32 ? "float32" : "bfloat16 by " + BfloatProducts.instructions();
    }
}
