package elbow.use;

import elbow.data.encoding.Cell.Form;
import elbow.data.encoding.RowDecoder;
import elbow.math.noise.KeyedNoise;
import elbow.math.noise.NoiseStream;
import org.jspecify.annotations.Nullable;

/** Writes what is modelled of rows, the choices of each by the row's key. */
final class RowWriter {
    private final RowDecoder decoder;
    private final Form form;
    private final long key;
    private final boolean leavesChoices;
    private final int[] words;

    RowWriter(RowDecoder decoder, Take take, long seed) {
        this(decoder, take.ofCells(), seed);
    }

    /** @param form of the encoded values */
    RowWriter(RowDecoder decoder, Form form, long seed) {
        this.decoder = decoder;
        this.form = form;
        key = NoiseStream.CHOICES.key(seed, 0);
        leavesChoices = decoder.leavesChoices();
        words = new int[decoder.cells() + KeyedNoise.WORDS - 1];
    }

    /**
     * Writes the value of each column.
     *
     * @param rowOffset where the row begins in {@code encoded}
     * @param rowKey of its noise
     * @param sample tells the draws of a row apart
     */
    void write(float[] encoded, int rowOffset, long rowKey, int sample, @Nullable Object[] made) {
        begin(rowKey, sample);
        for (int cell = 0; cell < decoder.cells(); cell++) {
            write(cell, encoded, rowOffset, made);
        }
    }

    /** Draws the words for the cells of a row that {@link #write(int, float[], int, Object[])} writes. */
    void begin(long rowKey, int sample) {
        if (leavesChoices) {
            KeyedNoise.bits(key, rowKey, sample, decoder.cells(), words);
        }
    }

    /** Writes the value of one column, null if the network has none; returns whether it has. */
    boolean write(int cell, float[] encoded, int rowOffset, @Nullable Object[] made) {
        @Nullable Object value = decoder.value(cell, encoded, rowOffset, form, words[cell]);
        made[decoder.place(cell)] = value;
        return value != null;
    }

    RowDecoder decoder() {
        return decoder;
    }
}
