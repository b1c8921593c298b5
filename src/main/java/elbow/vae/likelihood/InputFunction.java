package elbow.vae.likelihood;

/** What the encoder sees of a value that the likelihood sees as it is: numbers over many decades are brought near 1. */
public enum InputFunction {
    /** The value itself. */
    IDENTITY {
        @Override
        public void apply(float[] values, float[] inputs, int count) {
            System.arraycopy(values, 0, inputs, 0, count);
        }
    },
    /** log(x), for positive values. */
    LOG {
        @Override
        public void apply(float[] values, float[] inputs, int count) {
            for (int i = 0; i < count; i++) {
                inputs[i] = (float) Math.log(values[i]);
            }
        }
    },
    /** log(1 + x), for counts. */
    LOG_1P {
        @Override
        public void apply(float[] values, float[] inputs, int count) {
            for (int i = 0; i < count; i++) {
                inputs[i] = (float) Math.log1p(values[i]);
            }
        }
    };

    /** Writes the function of each value to {@code inputs}. */
    public abstract void apply(float[] values, float[] inputs, int count);
}
