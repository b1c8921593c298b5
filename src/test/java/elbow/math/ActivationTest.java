package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("kernels")
final class ActivationTest {
    /** Every 4,001st float: about a million, of all magnitudes and both signs, without NaN and infinities. */
    private static final int STRIDE = 4001;

    @Test
    void tanhErrorIsBoundedOverAllFloats() {
        assertThat(largestError(VectorLoops::tanh, Math::tanh)).isLessThan(4e-7);
    }

    @Test
    void sigmoidErrorIsBoundedOverAllFloats() {
        assertThat(largestError(VectorLoops::sigmoid, x -> 1 / (1 + Math.exp(-x))))
                .isLessThan(3e-7);
    }

    @Test
    void notANumberStaysNotANumber() {
        float[] result = new float[1];
        for (Activation activation : Activation.values()) {
            activation.forward(new float[] {Float.NaN}, result, 1);
            assertThat(result[0]).as("%s", activation).isNaN();
        }
    }

    @ParameterizedTest
    @EnumSource
    void valuesAreWithinTheStatedError(Activation activation) {
        float[] x = grid();
        float[] y = new float[x.length];
        activation.forward(x, y, x.length);
        for (int i = 0; i < x.length; i++) {
            double exact = exact(activation).applyAsDouble(x[i]);
            double rounding = Math.abs(exact) * 2e-7;
            assertThat(Math.abs(y[i] - exact))
                    .as("%s at %s", activation, x[i])
                    .isLessThanOrEqualTo(statedError(activation) + rounding);
        }
    }

    @ParameterizedTest
    @EnumSource
    void derivativesAreThoseOfTheExactFunction(Activation activation) {
        float[] x = grid();
        float[] y = new float[x.length];
        float[] ones = new float[x.length];
        Arrays.fill(ones, 1f);
        float[] derivative = new float[x.length];
        activation.forward(x, y, x.length);
        activation.backward(x, y, ones, derivative, x.length);
        DoubleUnaryOperator exact = exact(activation);
        for (int i = 0; i < x.length; i++) {
            // Away from the kinks at 0.
            double h = 1e-5;
            double expected = (exact.applyAsDouble(x[i] + h) - exact.applyAsDouble(x[i] - h)) / (2 * h);
            assertThat(Math.abs(derivative[i] - expected))
                    .as("%s at %s", activation, x[i])
                    .isLessThan(1e-5);
        }
    }

    @Test
    void everyFloatAboveZeroPassesTheGradientOfRectifiersWhole() {
        float[] y = {
            0, Float.MIN_VALUE, 1e-42f, Float.MIN_NORMAL, 1e-20f, 1, 1e20f, Float.MAX_VALUE, -1e-42f, -1, -1e30f
        };
        float[] gradient = new float[y.length];
        Arrays.fill(gradient, -0.3f);
        float[] result = new float[y.length];
        // Its values are never below 0.
        int values = 8;
        Activation.RELU.backward(y, y, gradient, result, values);
        for (int i = 0; i < values; i++) {
            assertThat(result[i] + 0f).as("at %s", y[i]).isEqualTo(y[i] > 0 ? -0.3f : 0f);
        }
        Activation.LEAKY_RELU.backward(y, y, gradient, result, y.length);
        for (int i = 0; i < y.length; i++) {
            assertThat(result[i]).as("at %s", y[i]).isEqualTo(y[i] > 0 ? -0.3f : 0.01f * -0.3f);
        }
    }

    @ParameterizedTest
    @EnumSource
    void largeArgumentsStayFinite(Activation activation) {
        float[] x = {-1e30f, -1e6f, 1e6f, 1e30f};
        float[] y = new float[4];
        float[] derivative = new float[4];
        activation.forward(x, y, 4);
        activation.backward(x, y, new float[] {1, 1, 1, 1}, derivative, 4);
        for (int i = 0; i < 4; i++) {
            assertThat(y[i]).as("%s at %s", activation, x[i]).isFinite();
            assertThat(derivative[i]).as("%s at %s", activation, x[i]).isBetween(-0.01f, 1.01f);
        }
    }

    private static float[] grid() {
        float[] x = new float[60_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = -30 + (i + 0.5f) * 60f / x.length;
        }
        return x;
    }

    private static double statedError(Activation activation) {
        return switch (activation) {
            case IDENTITY, RELU, LEAKY_RELU -> 0;
            case TANH -> 4e-7;
            case SIGMOID -> 3e-7;
            case SOFTPLUS -> 2e-6;
            case ELU -> 1e-6;
            case GELU, SILU -> 6e-6;
        };
    }

    private static DoubleUnaryOperator exact(Activation activation) {
        return switch (activation) {
            case IDENTITY -> x -> x;
            case TANH -> Math::tanh;
            case SIGMOID -> x -> 1 / (1 + Math.exp(-x));
            case SOFTPLUS -> x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
            case RELU -> x -> Math.max(x, 0);
            case LEAKY_RELU -> x -> x > 0 ? x : 0.01 * x;
            case ELU -> x -> x > 0 ? x : Math.expm1(x);
            case GELU -> x -> x * 0.5 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
            case SILU -> x -> x / (1 + Math.exp(-x));
        };
    }

    private interface Loop {
        void apply(float[] x, float[] y, int count);
    }

    private static double largestError(Loop loop, DoubleUnaryOperator exact) {
        float[] x = new float[1024];
        float[] y = new float[1024];
        double largest = 0;
        long bits = 0;
        while (bits < 1L << 32) {
            int count = 0;
            while (count < x.length && bits < 1L << 32) {
                float value = Float.intBitsToFloat((int) bits);
                bits += STRIDE;
                if (Float.isFinite(value)) {
                    x[count++] = value;
                }
            }
            loop.apply(x, y, count);
            for (int i = 0; i < count; i++) {
                largest = Math.max(largest, Math.abs(y[i] - exact.applyAsDouble(x[i])));
            }
        }
        return largest;
    }
}
