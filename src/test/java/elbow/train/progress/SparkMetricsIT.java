package elbow.train.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import elbow.SharedSpark;
import elbow.model.HistoryEntry;
import java.util.Objects;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.Test;
import scala.collection.JavaConverters;

class SparkMetricsIT {
    @Test
    void gaugesAreRegisteredForTheDurationOfTheRun() {
        SharedSpark.session();
        try (SparkMetrics metrics = SparkMetrics.register()) {
            assertThat(sources()).isEqualTo(1);
            metrics.roundFinished(new RoundReport(3, 1, 20, 0.1, 14_000, 0.25, -120.5, 1, 4_000));
            metrics.roundFinished(new RoundReport(4, 2, 20, 0.2, 15_000, 0.5, -110.5, 1, 4_000));
            metrics.measured(new HistoryEntry(1, 3, 300, 9000, 2.5, -104.5, -80.25, 24.25, -103, 19, 14_000));
            assertThat(value(metrics, "round")).isEqualTo(4);
            assertThat(value(metrics, "replicasLeftOut")).isEqualTo(2);
            assertThat(value(metrics, "roundBytes")).isEqualTo(4_000);
            assertThat(value(metrics, "elbo")).isEqualTo(-104.5);
            assertThat(value(metrics, "activeUnits")).isEqualTo(19);
        }
        assertThat(sources()).isZero();
    }

    private static double value(SparkMetrics metrics, String name) {
        Gauge<?> gauge =
                Objects.requireNonNull(metrics.metricRegistry().getGauges().get(name));
        return (Double) gauge.getValue();
    }

    private static int sources() {
        return JavaConverters.seqAsJavaList(SparkEnv.get().metricsSystem().getSourcesByName("elbow.training"))
                .size();
    }
}
