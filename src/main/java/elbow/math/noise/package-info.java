/**
 * Random numbers as functions of keys: what is drawn for a row depends on seed, pass, purpose and row, and on nothing
 * that ran before. Counter-based (Salmon et al. SC 2011), and the hash that keys rows by their content.
 *
 * <p>Every bit here is part of the reproducibility contract: a faster way must give the same numbers, a new purpose is
 * a new {@link elbow.math.noise.NoiseStream}.
 */
@NullMarked
package elbow.math.noise;

import org.jspecify.annotations.NullMarked;
