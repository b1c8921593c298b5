package elbow.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How Spark's columns become what features ask for. */
class FieldKindIT {
    private static final long SECONDS_OF_9999_YEARS = 253_402_300_799L;

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "America/Los_Angeles", "Asia/Kolkata"})
    void timesAreSecondsInUtcWhateverTheZoneOfTheSession(String zone) {
        SparkSession spark = SharedSpark.session().newSession();
        spark.conf().set("spark.sql.session.timeZone", zone);
        spark.conf().set("spark.sql.datetime.java8API.enabled", true);
        StructType schema = new StructType()
                .add("date", DataTypes.DateType)
                .add("instant", DataTypes.TimestampType)
                .add("local", DataTypes.TimestampNTZType);
        Random random = new Random(4);
        List<Row> times = Stream.concat(
                        // Among them an hour that Los Angeles does not have, and one that it has twice.
                        Stream.of("2026-03-08T02:30:00.5Z", "2026-11-01T01:30:00Z", "1969-12-31T23:59:59.999999Z")
                                .map(Instant::parse),
                        Stream.generate(() -> Instant.ofEpochSecond(
                                        random.nextLong(-SECONDS_OF_9999_YEARS / 5, SECONDS_OF_9999_YEARS),
                                        1000L * random.nextInt(1_000_000)))
                                .limit(500))
                .map(time -> {
                    LocalDateTime local = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
                    return RowFactory.create(local.toLocalDate(), time, local);
                })
                .toList();
        Dataset<Row> rows = spark.createDataFrame(times, schema);

        List<Row> seconds = rows.select(
                        Stream.of(schema.fields()).map(FieldKindIT::projected).toArray(Column[]::new))
                .collectAsList();

        for (int i = 0; i < times.size(); i++) {
            LocalDateTime local = times.get(i).getAs(2);
            double expected = micros(local) / 1e6;
            assertThat(seconds.get(i).getDouble(0))
                    .isEqualTo((double) local.toLocalDate().atStartOfDay().toEpochSecond(ZoneOffset.UTC));
            assertThat(seconds.get(i).getDouble(1)).isEqualTo(expected);
            assertThat(seconds.get(i).getDouble(2)).isEqualTo(expected);
        }
    }

    private static Column projected(StructField field) {
        return FieldKind.SECONDS.projected(Columns.column(field.name()), field.dataType());
    }

    private static double micros(LocalDateTime time) {
        return ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), time);
    }
}
