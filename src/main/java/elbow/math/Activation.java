package elbow.math;

/**
 * The activation functions of hidden layers, forward and backward, as vectorizable loops over the first {@code count}
 * elements. No result array may also be an input.
 *
 * <p>Errors are absolute, against the exact function in double, over the floats in [-30, 30]; outside, the functions
 * are saturated or linear and the error is relative.
 */
public enum Activation {
    /** x. */
    IDENTITY {
        @Override
        public void forward(float[] x, float[] y, int count) {
            System.arraycopy(x, 0, y, 0, count);
        }

        @Override
        public void backward(float[] x, float[] y, float[] gradient, float[] result, int count) {
            System.arraycopy(gradient, 0, result, 0, count);
        }
    },

    /** tanh(x); error at most 4e-7. */
    TANH {
        @Override
        public void forward(float[] x, float[] y, int count) {
            VectorLoops.tanh(x, y, count);
        }

        @Override
        public void backward(float[] x, float[] y, float[] gradient, float[] result, int count) {
            for (int i = 0; i < count; i++) {
                result[i] = gradient[i] * (1f - y[i] * y[i]);
            }
        }
    },

    /** 1 / (1 + exp(-x)); error at most 3e-7. */
    SIGMOID {
        @Override
        public void forward(float[] x, float[] y, int count) {
            VectorLoops.sigmoid(x, y, count);
        }

        @Override
        public void backward(float[] x, float[] y, float[] gradient, float[] result, int count) {
            for (int i = 0; i < count; i++) {
                result[i] = gradient[i] * (y[i] - y[i] * y[i]);
            }
        }
    },

    /** log(1 + exp(x)); error at most 2e-6. */
    SOFTPLUS {
        @Override
        public void forward(float[] x, float[] y, int count) {
            magnitudeHalf(x, y, count);
            softplusOfHalf(x, y, count);
        }

        @Override
        public void backward(float[] x, float[] y, float[] gradient, float[] result, int count) {
            VectorLoops.sigmoid(x, result, count);
            scale(gradient, result, count);
        }

        @Override
        public boolean needsPreactivation() {
            return true;
        }
    },

    /** max(x, 0). */
    RELU {
        @Override
        public void forward(float[] x, float[] y, int count) {
            for (int i = 0; i < count; i++) {
                y[i] = Math.max(x[i], 0f);
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] gradient, float[] result, int count) {
            for (int i = 0; i < count; i++) {
                result[i] = gradient[i] * Math.min(y[i] * HUGE * HUGE, 1f);
            }
        }
    },

    /** x for x above 0, 0.01 x below. */
    LEAKY_RELU {
        @Override
        public void forward(float[] x, float[] y, int count) {
            for (int i = 0; i < count; i++) {
                y[i] = Math.max(x[i], LEAK * x[i]);
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] gradient, float[] result, int count) {
            for (int i = 0; i < count; i++) {
                result[i] = gradient[i] * Math.max(Math.min(y[i] * HUGE * HUGE, 1f), LEAK);
            }
        }
    },

    /** x for x above 0, exp(x) - 1 below; error at most 1e-6. */
    ELU {
        @Override
        public void forward(float[] x, float[] y, int count) {
            negativeHalf(x, y, count);
            eluOfHalf(x, y, count);
        }

        @Override
        public void backward(float[] x, float[] y, float[] gradient, float[] result, int count) {
            for (int i = 0; i < count; i++) {
                result[i] = gradient[i] * (1f + Math.min(y[i], 0f));
            }
        }
    },

    /**
     * x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2, the tanh form of the Gaussian error linear unit (Hendrycks and
     * Gimpel 2016); error at most 6e-6.
     */
    GELU {
        @Override
        public void forward(float[] x, float[] y, int count) {
            for (int i = 0; i < count; i++) {
                y[i] = x[i] * (0.5f + 0.5f * RationalTanh.of(GELU_SCALE * (x[i] + GELU_CUBIC * x[i] * x[i] * x[i])));
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] gradient, float[] result, int count) {
            geluTanh(x, result, count);
            for (int i = 0; i < count; i++) {
                float t = result[i];
                float cubic = 3f * GELU_CUBIC * Math.min(x[i] * x[i], GELU_SATURATION);
                float inner = GELU_SCALE * x[i] * (1f + cubic);
                result[i] = gradient[i] * (0.5f + 0.5f * t + 0.5f * inner * (1f - t * t));
            }
        }

        @Override
        public boolean needsPreactivation() {
            return true;
        }
    },

    /** x / (1 + exp(-x)), also called swish; error at most 6e-6. */
    SILU {
        @Override
        public void forward(float[] x, float[] y, int count) {
            for (int i = 0; i < count; i++) {
                y[i] = x[i] * (0.5f + 0.5f * RationalTanh.of(0.5f * x[i]));
            }
        }

        @Override
        public void backward(float[] x, float[] y, float[] gradient, float[] result, int count) {
            for (int i = 0; i < count; i++) {
                float s = 0.5f + 0.5f * RationalTanh.of(0.5f * x[i]);
                result[i] = gradient[i] * (s + x[i] * s * (1f - s));
            }
        }

        @Override
        public boolean needsPreactivation() {
            return true;
        }
    };

    private static final float LEAK = 0.01f;

    /**
     * Times this, twice, every float above 0 is at least 1, infinity included. A condition instead would be a branch
     * that is taken at random, every second element: it took two fifths of a small network's step.
     */
    private static final float HUGE = Float.MAX_VALUE;

    private static final float GELU_SCALE = 0.7978846f;
    private static final float GELU_CUBIC = 0.044715f;

    /** Squares beyond this change nothing: tanh is saturated. Keeps the derivative's polynomial finite. */
    private static final float GELU_SATURATION = 1e4f;

    private static final float LOG_2 = 0.6931472f;

    /** Writes the function of {@code x} to {@code y}. */
    public abstract void forward(float[] x, float[] y, int count);

    /**
     * Writes {@code gradient} (with respect to the output) times the derivative at {@code x} to {@code result}.
     *
     * @param x the function's arguments; read only if {@link #needsPreactivation}
     * @param y the function's values
     */
    public abstract void backward(float[] x, float[] y, float[] gradient, float[] result, int count);

    /** Whether {@link #backward} needs the arguments beside the values. */
    public boolean needsPreactivation() {
        return false;
    }

    private static void geluTanh(float[] x, float[] result, int count) {
        for (int i = 0; i < count; i++) {
            result[i] = RationalTanh.of(GELU_SCALE * x[i] * (1f + GELU_CUBIC * x[i] * x[i]));
        }
    }

    private static void scale(float[] factor, float[] result, int count) {
        for (int i = 0; i < count; i++) {
            result[i] *= factor[i];
        }
    }

    private static void magnitudeHalf(float[] x, float[] result, int count) {
        for (int i = 0; i < count; i++) {
            result[i] = RationalTanh.of(0.5f * Math.abs(x[i]));
        }
    }

    // With u = tanh(|x| / 2): log(1 + exp(-|x|)) = log(2) - log(1 + u), and log(1 + u) = 2 atanh(u / (2 + u)).
    private static void softplusOfHalf(float[] x, float[] u, int count) {
        for (int i = 0; i < count; i++) {
            float s = u[i] / (2f + u[i]);
            float q = s * s;
            float series =
                    1f + q * (1f / 3 + q * (1f / 5 + q * (1f / 7 + q * (1f / 9 + q * (1f / 11 + q * (1f / 13))))));
            u[i] = Math.max(x[i], 0f) + Math.max(LOG_2 - 2f * s * series, 0f);
        }
    }

    private static void negativeHalf(float[] x, float[] result, int count) {
        for (int i = 0; i < count; i++) {
            result[i] = RationalTanh.of(0.5f * Math.min(x[i], 0f));
        }
    }

    // With t = tanh(x / 2) and x at most 0: exp(x) - 1 = 2 t / (1 - t), well conditioned.
    private static void eluOfHalf(float[] x, float[] t, int count) {
        for (int i = 0; i < count; i++) {
            t[i] = Math.max(x[i], 0f) + 2f * t[i] / (1f - t[i]);
        }
    }
}
