package elbow.vae.input;

/** What happens to the columns of Bernoulli groups, values in [0, 1], before encoder and likelihood see them. */
public enum InputTransform {
    /** Nothing. */
    NONE,
    /** A value becomes 1 with a probability of itself and 0 otherwise, drawn anew at every pass by the keyed noise. */
    SAMPLE,
    /** A value becomes 1 from 0.5 on and 0 below. */
    THRESHOLD
}
