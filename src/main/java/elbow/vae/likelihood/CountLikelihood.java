package elbow.vae.likelihood;

/**
 * Of counts: whole numbers from 0, whose mean is the exponential of the decoder's output. The encoder sees log(1 + c).
 */
interface CountLikelihood extends Likelihood {
    @Override
    default float minimum() {
        return 0;
    }

    @Override
    default float maximum() {
        return Float.MAX_VALUE;
    }

    @Override
    default boolean takesWholeNumbers() {
        return true;
    }

    @Override
    default boolean isDensity() {
        return false;
    }

    @Override
    default boolean hasLogRates() {
        return true;
    }

    @Override
    default InputFunction inputFunction() {
        return InputFunction.LOG_1P;
    }

    @Override
    default void start(float[] means, float[][] outputs, float[][] parameters) {
        for (int i = 0; i < means.length; i++) {
            outputs[0][i] = CountRates.logRateForMean(means[i]);
        }
    }
}
