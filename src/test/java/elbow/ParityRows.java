package elbow;

import org.jspecify.annotations.NullMarked;

/**
 * Ones and minus ones of which no three columns tell anything of each other: two blocks of sixteen columns, each the
 * parity of a fixed choice among five hidden coins, a first-order Reed-Muller code. Five columns of a block may settle
 * the other eleven, three none.
 */
@NullMarked
public final class ParityRows {
    /** Columns of a row. */
    public static final int COLUMNS = 32;

    /** Coins behind a row: the latents that tell all of it. */
    public static final int COINS = 10;

    /** Different rows: one for each outcome of the coins. */
    public static final int ROWS = 1 << COINS;

    private static final int BLOCK = 16;
    private static final int BLOCK_COINS = 5;

    private ParityRows() {}

    /** Every row once, so that what is true of the columns in the long run is true of these rows exactly. */
    public static float[] all() {
        float[] values = new float[ROWS * COLUMNS];
        for (int at = 0; at < values.length; at++) {
            int block = (at % COLUMNS) / BLOCK;
            int coins = (at / COLUMNS) >>> (block * BLOCK_COINS);
            // The last coin of a block is in each of its columns.
            int choice = (at % BLOCK) | BLOCK;
            values[at] = Integer.bitCount(coins & choice) % 2 == 0 ? -1 : 1;
        }
        return values;
    }
}
