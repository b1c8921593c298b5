package elbow.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void natsHaveTwoDecimalsAndATrueMinusSign() {
        assertThat(Numbers.nats(-102.414)).isEqualTo("−102.41");
        assertThat(Numbers.nats(0)).isEqualTo("0.00");
        assertThat(Numbers.nats(-12345.6)).isEqualTo("−12,346");
        assertThat(Numbers.nats(4.2e12)).isEqualTo("4.2E12");
    }

    @Test
    void valuesThatAreNotFiniteAreADash() {
        assertThat(Numbers.nats(Double.NaN)).isEqualTo("–");
        assertThat(Numbers.measured(Double.NEGATIVE_INFINITY)).isEqualTo("–");
    }

    @Test
    void measuredValuesKeepFourSignificantDigits() {
        assertThat(Numbers.measured(0)).isEqualTo("0");
        assertThat(Numbers.measured(1.5)).isEqualTo("1.500");
        assertThat(Numbers.measured(0.012345)).isEqualTo("0.01235");
        assertThat(Numbers.measured(-123456)).isEqualTo("−123,456");
        assertThat(Numbers.measured(2e-7)).isEqualTo("2E−7");
    }

    @Test
    void aNumberThatRoundsToZeroHasNoSign() {
        assertThat(Numbers.nats(-0.001)).isEqualTo("0.00");
    }

    @Test
    void onlyDecimalsThatNobodyReadsAreShortened() {
        assertThat(Numbers.shortened("8.294099978697062")).isEqualTo("8.2941");
        assertThat(Numbers.shortened("-1234567.123456")).isEqualTo("-1234567");
        assertThat(Numbers.shortened("-0.000001234567")).isEqualTo("-0.00000123457");
        assertThat(Numbers.shortened("0.00000")).isEqualTo("0");
        for (String whole : new String[] {"190", "12345678901234", "1.5", "007", "1.2.3456789", "red", "1.5E-9"}) {
            assertThat(Numbers.shortened(whole)).isEqualTo(whole);
        }
    }

    @Test
    void formatsDoNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Numbers.count(1234567)).isEqualTo("1,234,567");
            assertThat(Numbers.percent(0.0123)).isEqualTo("1.23 %");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void countsAgreeWithTheirNoun() {
        assertThat(Numbers.count(1, "row")).isEqualTo("1 row");
        assertThat(Numbers.count(2000, "row")).isEqualTo("2,000 rows");
    }
}
