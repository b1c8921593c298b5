package elbow.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Parameter;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableFormatTest {
    @ParameterizedTest
    @CsvSource({
        "DELTA, 3.5.5, --packages io.delta:delta-spark_2.12:3.3.0 --conf spark.sql.extensions=io.delta",
        "ICEBERG, 3.5.5, --packages org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:1.8.1 --conf spark.sql.catalog.NAME=",
        "DELTA, 4.0.1, --packages io.delta:delta-spark_2.13:VERSION with the version for Spark 4.0",
        "ICEBERG, 4.0.1, --packages org.apache.iceberg:iceberg-spark-runtime-4.0_2.13:VERSION"
    })
    void aMissingLibraryIsNamedWithTheOptionsToAdd(TableFormat format, String spark, String options) {
        assertThatThrownBy(() -> format.requireLibrary(ClassLoader.getPlatformClassLoader(), spark, Parameter.FORMAT))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageContaining("format " + format + " must have the library of ")
                .hasMessageContaining("add " + options);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T06:00:00Z, 2026-11-30T06:00:00Z",
        "2026-11-30T06:00:00+01:00, 2026-11-30T05:00:00Z",
        "2026-11-30 06:00:00, 2026-11-30T06:00:00Z",
        "2026-11-30, 2026-11-30T00:00:00Z"
    })
    void aTimeIsInUtcUnlessItSaysAnother(String text, String instant) {
        assertThat(AsOf.of(Optional.empty(), Optional.of(text))).isEqualTo(new AsOf.Time(Instant.parse(instant)));
    }

    @Test
    void versionAndTimeAreNotGivenTogether() {
        assertThatThrownBy(() -> AsOf.of(Optional.of("1"), Optional.of("2026-11-30")))
                .hasMessageContaining("versionAsOf and timestampAsOf must not be given together");
        assertThatThrownBy(() -> AsOf.of(Optional.empty(), Optional.of("yesterday")))
                .hasMessageContaining("timestampAsOf must be a time such as 2026-11-30T06:00:00Z")
                .hasMessageContaining("but is \"yesterday\"");
    }
}
