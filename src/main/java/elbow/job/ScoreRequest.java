package elbow.job;

import elbow.base.Check;
import elbow.data.ReadRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What {@code score} is asked to do.
 *
 * @param model model directory
 * @param input rows to score
 * @param output directory to write
 * @param format format of the output
 * @param kept input columns that the output repeats
 * @param samples posterior samples per row, 0 for the posterior mean; empty: as the model's configuration says
 * @param threshold anomaly score above which a row is an anomaly; empty: the model's
 * @param explained how many columns are named of each row in its contributions; 0: none, and no contributions
 * @param quarantine directory for bad rows; empty: they are errors
 * @param overwrite whether existing output is replaced
 */
public record ScoreRequest(
        String model,
        ReadRequest input,
        String output,
        OutputFormat format,
        List<String> kept,
        OptionalInt samples,
        OptionalDouble threshold,
        int explained,
        Optional<String> quarantine,
        boolean overwrite) {
    public ScoreRequest {
        kept = List.copyOf(kept);
        samples.ifPresent(value -> Check.argument(value >= 0, "--samples", "be at least 0", value));
        Check.argument(explained >= 0, "--explain", "be at least 0", explained);
        threshold.ifPresent(value -> Check.argument(!Double.isNaN(value), "--threshold", "be a number", value));
    }

    /** Formats that {@code score} writes. */
    public enum OutputFormat {
        PARQUET,
        CSV,
        JSON;

        // The option's word, in help and in Spark's writer.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
