package elbow.train.progress;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import elbow.model.HistoryEntry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;

/**
 * A run's figures as gauges of Spark's own metrics system, so that whatever {@code metrics.properties} configures
 * (Prometheus, Graphite, JMX, CSV, ...) gets them. They are those of the driver, under the source {@value #NAME}; ELBO
 * and KL are in nats per row, of held-out rows.
 */
public final class SparkMetrics implements TrainingListener, Source, AutoCloseable {
    static final String NAME = "elbow.training";

    private final MetricRegistry registry = new MetricRegistry();
    private final Map<String, Double> values = new ConcurrentHashMap<>();

    private SparkMetrics() {
        for (String name : new String[] {
            "round",
            "epoch",
            "fraction",
            "examplesPerSecond",
            "roundOverhead",
            "roundBytes",
            "replicasLeftOut",
            "elbo",
            "kl",
            "activeUnits"
        }) {
            registry.register(name, (Gauge<Double>) () -> values.getOrDefault(name, Double.NaN));
        }
    }

    /** Gauges in the metrics system of this process's Spark, until {@link #close}. */
    public static SparkMetrics register() {
        SparkMetrics metrics = new SparkMetrics();
        SparkEnv.get().metricsSystem().registerSource(metrics);
        return metrics;
    }

    @Override
    public String sourceName() {
        return NAME;
    }

    @Override
    public MetricRegistry metricRegistry() {
        return registry;
    }

    @Override
    public void roundFinished(RoundReport report) {
        values.put("round", (double) report.round());
        values.put("epoch", (double) report.epoch());
        values.put("fraction", report.fraction());
        values.put("examplesPerSecond", report.examplesPerSecond());
        values.put("roundOverhead", report.overhead());
        values.put("roundBytes", report.bytes());
        values.merge("replicasLeftOut", (double) report.leftOut(), Double::sum);
    }

    @Override
    public void measured(HistoryEntry entry) {
        values.put("elbo", entry.elbo());
        values.put("kl", entry.kl());
        values.put("activeUnits", (double) entry.activeUnits());
    }

    @Override
    public void close() {
        SparkEnv.get().metricsSystem().removeSource(this);
    }
}
