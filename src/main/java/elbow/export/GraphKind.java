package elbow.export;

import java.util.Locale;

/** What a graph computes. */
public enum GraphKind {
    /** From columns to the posterior's mean and standard deviation. */
    ENCODER,
    /** From latents, and conditions, to the expected value of each column. */
    DECODER,
    /** The same from noise, of which the prior makes latents. */
    GENERATOR,
    /** From columns to the scores at the posterior mean. */
    SCORE;

    /** As files and messages call it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The file it is written to; that of the scores has the name that MLflow gives its models. */
    String file() {
        return (this == SCORE ? "model" : word()) + ".onnx";
    }
}
