package elbow;

import java.util.Random;
import org.jspecify.annotations.NullMarked;

/**
 * Zeros and ones of which no two columns tell anything of each other: blocks of seven columns, the parities of all
 * seven choices among three hidden coins. Three columns of a block settle the other four, two none.
 */
@NullMarked
public final class ParityRows {
    /** Columns of a block. */
    public static final int BLOCK = 7;

    /** Coins of a block. */
    public static final int COINS = 3;

    private ParityRows() {}

    /** Rows of {@code blocks} x {@value #BLOCK} columns. */
    public static float[] of(int rows, int blocks, long seed) {
        Random random = new Random(seed);
        float[] values = new float[rows * blocks * BLOCK];
        for (int at = 0; at < values.length; at += BLOCK) {
            int coins = random.nextInt(1 << COINS);
            for (int choice = 1; choice <= BLOCK; choice++) {
                values[at + choice - 1] = Integer.bitCount(coins & choice) % 2;
            }
        }
        return values;
    }
}
