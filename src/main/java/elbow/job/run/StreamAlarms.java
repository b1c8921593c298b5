package elbow.job.run;

import elbow.score.ScoredCounts;
import elbow.score.alarm.Alarm;
import elbow.score.alarm.AlarmCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/**
 * Judges the micro-batches of a stream, each once it is written. Small ones are judged together, until they are
 * {@value #ROWS} rows; an alarm that goes on is reported once.
 */
final class StreamAlarms {
    static final long ROWS = 1_000;

    private final LongFunction<Optional<ScoredCounts>> counted;
    private final AlarmCheck check;
    private final Consumer<String> warnings;
    private Optional<ScoredCounts> together = Optional.empty();
    private Set<String> going = new HashSet<>();
    private boolean raised;

    /** @param counted gives what was counted in a micro-batch, once */
    StreamAlarms(LongFunction<Optional<ScoredCounts>> counted, AlarmCheck check, Consumer<String> warnings) {
        this.counted = counted;
        this.check = check;
        this.warnings = warnings;
    }

    /** Judges the micro-batches that have not been judged. */
    void judge(StreamingQueryProgress[] written) {
        for (StreamingQueryProgress microBatch : written) {
            counted.apply(microBatch.batchId()).ifPresent(this::judge);
        }
    }

    void judge(ScoredCounts counts) {
        if (together.isPresent()) {
            together.get().merge(counts);
        } else {
            together = Optional.of(counts);
        }
        List<Alarm> alarms = new ArrayList<>(check.alarms(together.get()));
        Set<String> now = new HashSet<>();
        for (Alarm alarm : alarms) {
            String name = alarm.kind() + " " + alarm.column().orElse("");
            now.add(name);
            if (!going.contains(name)) {
                warnings.accept(alarm.text());
            }
        }
        going = now;
        raised |= !alarms.isEmpty();
        if (together.get().rows() >= ROWS) {
            together = Optional.empty();
        }
    }

    /** Whether there was an alarm. */
    boolean raised() {
        return raised;
    }
}
