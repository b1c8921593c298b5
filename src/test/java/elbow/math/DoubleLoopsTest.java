package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernels")
final class DoubleLoopsTest {
    @Test
    void expIsWithinItsRelativeError() {
        double[] x = new double[100_001];
        for (int i = 0; i < x.length; i++) {
            x[i] = -40 + 80.0 * i / (x.length - 1);
        }
        double[] y = new double[x.length];
        DoubleLoops.exp(x, y, x.length);
        for (int i = 0; i < x.length; i++) {
            assertThat(Math.abs(y[i] / Math.exp(x[i]) - 1)).as("at %s", x[i]).isLessThan(5e-13);
        }
    }

    @Test
    void expSaturates() {
        double[] y = new double[3];
        DoubleLoops.exp(new double[] {-1e9, 1e9, Double.NaN}, y, 3);
        assertThat(Math.abs(y[0] / Math.exp(-40) - 1)).isLessThan(5e-13);
        assertThat(Math.abs(y[1] / Math.exp(40) - 1)).isLessThan(5e-13);
        assertThat(y[2]).isNaN();
    }

    @Test
    void softplusIsWithinItsAbsoluteError() {
        double[] x = new double[200_001];
        for (int i = 0; i < x.length; i++) {
            x[i] = -100 + 200.0 * i / (x.length - 1);
        }
        double[] y = new double[x.length];
        DoubleLoops.softplus(x, new double[x.length], y, x.length);
        for (int i = 0; i < x.length; i++) {
            double exact = Math.max(x[i], 0) + Math.log1p(Math.exp(-Math.abs(x[i])));
            assertThat(Math.abs(y[i] - exact)).as("at %s", x[i]).isLessThan(1e-13 + Math.ulp(exact));
        }
    }
}
