package elbow.data.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignificandTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "-1, -1",
        "4096, 1",
        "0.75, 1.5",
        "-10, -1.25",
        "0x1p-1022, 1",
        "0x1.8p-1073, 1.5",
        "0x1p-1074, 1",
        "0x0.fp-1022, 1.875",
        "0x1.fffffffffffffp1023, 0x1.fffffffffffffp0"
    })
    void aSignificandIsANumberWithoutItsPowerOfTwo(String number, String significand) {
        assertThat(Significand.of(Double.valueOf(number))).isEqualTo(Double.valueOf(significand));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN})
    void whatHasNoSignificandStaysAsItIs(double number) {
        assertThat(Significand.of(number)).isEqualTo(Double.valueOf(number));
    }

    @Test
    void aSignificandSaysAllOfANumberButItsPowerOfTwo() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            double number = random.nextGaussian();
            double significand = Significand.of(number);
            int power = random.nextInt(2000) - 1000;

            assertThat(Math.abs(significand)).isBetween(1.0, Math.nextDown(2.0));
            assertThat(Math.scalb(significand, Math.getExponent(number))).isEqualTo(number);
            assertThat(Significand.of(Math.scalb(number, power))).isEqualTo(significand);
        }
    }
}
