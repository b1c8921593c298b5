package elbow.vae.input;

import elbow.math.FloatMemory;
import org.jspecify.annotations.Nullable;

/**
 * Brings rows to off-heap memory: as the likelihoods see them, binarised if the spec says so, and as the encoder sees
 * them, which is the same memory unless there is a difference.
 */
public final class InputLoader {
    private final InputTransform transform;
    private final int columns;
    private final InputCheck check;
    private final EncoderInputs inputs;
    private final Gaps gaps;
    private final float[] row;
    private final Binarisation binarisation;
    private final HiddenVariables hidden;
    private final FloatMemory values;
    private final FloatMemory encoderInput;

    /**
     * @param values rows x columns
     * @param encoderInput rows x encoder inputs; {@code values} itself if {@link RowSpec#isSharedByEncoder}
     */
    public InputLoader(RowSpec spec, FloatMemory values, FloatMemory encoderInput) {
        this(spec, values, encoderInput, 0);
    }

    /**
     * One that hides variables from the encoder.
     *
     * @param values rows x columns
     * @param encoderInput rows x encoder inputs; {@code values} itself if {@link RowSpec#isSharedByEncoder}
     * @param maskShare how often a variable that is there is hidden, in [0, 1)
     */
    public InputLoader(RowSpec spec, FloatMemory values, FloatMemory encoderInput, double maskShare) {
        hidden = new HiddenVariables(spec, maskShare);
        transform = spec.transform();
        columns = spec.columns();
        check = new InputCheck(spec);
        inputs = new EncoderInputs(spec);
        gaps = new Gaps(spec, values.length() / columns);
        row = new float[columns];
        binarisation = new Binarisation(spec);
        this.values = values;
        this.encoderInput = encoderInput;
    }

    /** Which entries of the rows loaded last are there. */
    public Gaps gaps() {
        return gaps;
    }

    /**
     * Loads rows {@code first .. first + count} of a batch to the rows 0 .. count here.
     *
     * @throws IllegalArgumentException if a value is NaN, infinite or outside its likelihood's support
     */
    public void load(RowBatch batch, int first, int count, long noiseKey) {
        float[] rows = batch.values();
        byte @Nullable [] observed = batch.observed();
        long[] rowKeys = batch.keys();
        gaps.read(observed, first, count);
        if (gaps.isEmpty()) {
            check.require(rows, first, count);
            if (transform == InputTransform.NONE && values == encoderInput) {
                values.put(0, rows, first * columns, count * columns);
                return;
            }
        }
        for (int i = 0; i < count; i++) {
            System.arraycopy(rows, (first + i) * columns, row, 0, columns);
            if (!gaps.isEmpty()) {
                gaps.fill(i, row);
                check.require(row, first + i, gaps, i);
            }
            if (transform != InputTransform.NONE) {
                binarisation.apply(row, noiseKey, rowKeys[first + i]);
            }
            values.put(i * columns, row, columns);
            if (values != encoderInput) {
                hidden.draw(noiseKey, rowKeys[first + i]);
                inputs.write(row, gaps, hidden, i, encoderInput);
            }
        }
    }
}
