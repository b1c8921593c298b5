package elbow.data.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.data.table.TimeFormat;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.junit.jupiter.api.Test;

class TimeWriterTest {
    private static final double MICROSECOND = 1e-6;

    @Test
    void nanosecondsKeepAllDigitsThatALongHolds() {
        TimeWriter writer = new TimeWriter(DataTypes.LongType, TimeFormat.of("epoch-nanoseconds"), MICROSECOND);

        assertThat(writer.write(1_700_000_000.123457)).isEqualTo(1_700_000_000_123_457_000L);
        assertThat(writer.write(-0.000001)).isEqualTo(-1_000L);
    }

    @Test
    void nanosecondsKeepAllDigitsThatADecimalHolds() {
        TimeWriter writer =
                new TimeWriter(DataTypes.createDecimalType(20, 0), TimeFormat.of("epoch-nanoseconds"), MICROSECOND);

        assertThat(writer.write(1_700_000_000.123457)).isEqualTo(Decimal.apply("1700000000123457000"));
    }

    @Test
    void countsOfAnotherUnitAreWholeAndLongsEndAtTheirLimit() {
        TimeWriter seconds = new TimeWriter(DataTypes.IntegerType, TimeFormat.of("epoch-seconds"), 1);

        assertThat(seconds.write(1_700_000_000.0)).isEqualTo(1_700_000_000);
        assertThat(seconds.write(1e12)).isEqualTo(Integer.MAX_VALUE);
    }
}
