package elbow.math.noise;

/** What keyed noise is for. The numbers are part of the reproducibility contract: never change or reuse one. */
public enum NoiseStream {
    TRAINING_INPUT(0),
    TRAINING_LATENT(1),
    SCORING_INPUT(2),
    SCORING_LATENT(3),
    PRIOR(4),
    INITIALISATION(5),
    PROBE(6),
    PSEUDO_INPUTS(7),
    /** Values of columns given latents. */
    VALUES(16),
    /** What a value becomes where its encoding leaves a choice, and which candidate a row takes. */
    CHOICES(17),
    /** Which values of a row that is made are missing. */
    GAPS(18);

    private final int number;

    NoiseStream(int number) {
        this.number = number;
    }

    /** The key of this stream's noise in one pass: a training step, or 0. */
    public long key(long seed, long pass) {
        return KeyedNoise.key(seed, pass, number);
    }
}
