package elbow.vae;

import elbow.math.FloatMemory;
import elbow.vae.input.RowSpec;
import elbow.vae.layer.UsedPlaces;

/**
 * What the decoder reads, and prior and decoder know of rows: their latents and, behind these, their conditions as the
 * encoder sees them. Of a model without conditions it is the latents themselves.
 */
final class DecoderInput implements AutoCloseable {
    private static final int TILE_ROWS = 64;

    private final int latentSize;
    private final int width;
    private final int encoderInputs;
    private final int firstCondition;
    private final int columns;
    private final int indicators;
    private final FloatMemory latents;
    private final FloatMemory all;
    private final FloatMemory used;
    private final boolean joins;

    // Of the rows that were read, row by row.
    private final float[] conditions;
    private int rows;

    private final float[] someLatents;
    private final float[] someRows;

    /**
     * @param allLatents memory for the latents of every place
     * @param places of rows, each of which may have several latents
     */
    DecoderInput(RowSpec row, int latentSize, FloatMemory allLatents, UsedPlaces places) {
        this.latentSize = latentSize;
        columns = row.conditionColumns();
        indicators = row.missingConditions();
        width = latentSize + columns + indicators;
        encoderInputs = row.encoderInputs();
        firstCondition = row.modelledColumns();
        joins = columns > 0;
        latents = places.of(allLatents);
        all = joins ? FloatMemory.allocate(allLatents.length() / latentSize * (long) width) : allLatents;
        used = places.of(all);
        conditions = new float[joins ? places.count() * (width - latentSize) : 0];
        someLatents = new float[joins ? TILE_ROWS * latentSize : 0];
        someRows = new float[joins ? TILE_ROWS * width : 0];
    }

    /** Values that say what a row's conditions are: {@link #conditions} has as many for each row. */
    int conditionInputs() {
        return width - latentSize;
    }

    /** Takes the conditions of rows from what the encoder reads of them. */
    void read(int newRows, FloatMemory encoderInput) {
        rows = newRows;
        int inputs = conditionInputs();
        for (int row = 0; joins && row < rows; row++) {
            int from = row * encoderInputs;
            encoderInput.get(from + firstCondition, conditions, row * inputs, columns);
            encoderInput.get(from + encoderInputs - indicators, conditions, row * inputs + columns, indicators);
        }
    }

    /** The conditions of the rows that were read, row by row. */
    float[] conditions() {
        return conditions;
    }

    /** Memory for what the decoder reads, in every place. */
    FloatMemory all() {
        return all;
    }

    /** Puts the conditions behind the first {@code count} latents, which are those of one sample after the other. */
    void join(int count) {
        int inputs = conditionInputs();
        for (int first = 0; joins && first < count; first += TILE_ROWS) {
            int some = Math.min(TILE_ROWS, count - first);
            latents.get(first * latentSize, someLatents, some * latentSize);
            for (int i = 0; i < some; i++) {
                System.arraycopy(someLatents, i * latentSize, someRows, i * width, latentSize);
                int row = (first + i) % rows;
                System.arraycopy(conditions, row * inputs, someRows, i * width + latentSize, inputs);
            }
            used.put(first * width, someRows, some * width);
        }
    }

    /** Copies the latents' gradients back to the latents' own memory. */
    void split(int count) {
        for (int first = 0; joins && first < count; first += TILE_ROWS) {
            int some = Math.min(TILE_ROWS, count - first);
            used.get(first * width, someRows, some * width);
            for (int i = 0; i < some; i++) {
                System.arraycopy(someRows, i * width, someLatents, i * latentSize, latentSize);
            }
            latents.put(first * latentSize, someLatents, some * latentSize);
        }
    }

    @Override
    public void close() {
        if (joins) {
            all.close();
        }
    }
}
