package elbow.job.run;

import elbow.base.Check;
import elbow.base.Parameter;
import elbow.data.feature.FeatureEncoder;
import elbow.data.source.KnownColumns;
import elbow.data.source.ReadRequest;
import elbow.dl4j.VaeLayer;
import elbow.lake.TableFormat;
import elbow.score.alarm.AlarmAction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What {@code score} is asked to do.
 *
 * @param model model directory
 * @param input rows to score
 * @param output directory to write, or table
 * @param format format of the output
 * @param formulas what happens to texts in CSV that are formulas to a spreadsheet
 * @param kept input columns that the output repeats
 * @param samples posterior samples per row, 0 for the posterior mean; empty: as the model's configuration says
 * @param threshold anomaly score above which a row is an anomaly; empty: the model's
 * @param falseDiscoveries the share of the flagged rows that may be normal on average, by which the threshold follows
 *     from all rows; empty: there is one threshold for whatever rows
 * @param explained how many columns are named of each row in its contributions; 0: none, and no contributions
 * @param quarantine directory for bad rows; empty: they are errors
 * @param overwrite whether existing output is replaced
 * @param alarm what happens if the rows are not like those of training
 * @param stream how files are scored as they come; empty: those that are there, once
 * @param transaction what the write to a table calls itself, so that it is made once; empty: follows from model, rows
 *     and settings
 */
public record ScoreRequest(
        String model,
        ReadRequest input,
        String output,
        OutputFormat format,
        CsvFormulas formulas,
        List<String> kept,
        OptionalInt samples,
        OptionalDouble threshold,
        OptionalDouble falseDiscoveries,
        int explained,
        Optional<String> quarantine,
        boolean overwrite,
        AlarmAction alarm,
        Optional<StreamOptions> stream,
        Optional<String> transaction) {
    public ScoreRequest {
        kept = List.copyOf(kept);
        samples.ifPresent(value -> VaeLayer.requireSamples(Parameter.SAMPLES, value));
        Check.usage(explained >= 0, Parameter.EXPLAINED, "be at least 0", explained);
        if (stream.isPresent()) {
            refuse(quarantine.isPresent(), Parameter.QUARANTINE);
            refuse(overwrite, Parameter.OVERWRITE);
            // A file that comes is no table of its own.
            refuse(falseDiscoveries.isPresent(), Parameter.FALSE_DISCOVERIES);
            Check.usage(
                    format == OutputFormat.PARQUET || format.isOfTables(),
                    Parameter.OUTPUT_FORMAT,
                    "be parquet, delta or iceberg with --stream",
                    format);
            // Each micro-batch is one, by the checkpoint's own number.
            refuse(transaction.isPresent(), Parameter.TRANSACTION);
        }
        transaction.ifPresent(id -> {
            Check.usage(format.isOfTables(), Parameter.TRANSACTION, "be given for a table to write to", id);
            Check.usage(!overwrite, Parameter.TRANSACTION, "not be given with --overwrite, which is always done", id);
            Check.usage(id.matches("[!-~]{1,200}"), Parameter.TRANSACTION, "be 1 to 200 visible ASCII signs", id);
        });
        formulas.requireOf(format);
        threshold.ifPresent(value -> Check.usage(!Double.isNaN(value), Parameter.THRESHOLD, "be a number", value));
        falseDiscoveries.ifPresent(value -> {
            Check.usage(value > 0 && value < 1, Parameter.FALSE_DISCOVERIES, "lie above 0 and below 1", value);
            Check.usage(threshold.isEmpty(), Parameter.THRESHOLD, "not be given with --false-discoveries", "given");
        });
    }

    /** What is read for a model of {@code encoder}. */
    KnownColumns columns(FeatureEncoder encoder) {
        KnownColumns known = KnownColumns.of(encoder, kept);
        return explained == 0 ? known : known.allAsTheyStand();
    }

    private static void refuse(boolean given, Parameter option) {
        Check.usage(!given, option, "not be given with --stream", "given");
    }

    /**
     * How files are scored as they come.
     *
     * @param checkpoint directory in which a stream remembers what it has scored
     * @param interval from one look at the input to the next, in milliseconds; empty: what is there is scored, and the
     *     run ends
     */
    public record StreamOptions(String checkpoint, OptionalLong interval) {
        public StreamOptions {
            interval.ifPresent(value -> Check.usage(value >= 1, Parameter.TRIGGER, "be at least 1 ms", value + " ms"));
        }
    }

    /** Formats that {@code score} writes. */
    public enum OutputFormat {
        PARQUET,
        CSV,
        JSON,
        /** A table of Delta Lake. */
        DELTA,
        /** A table of Apache Iceberg. */
        ICEBERG;

        /** The format of a table that keeps versions; empty of files. */
        public Optional<TableFormat> tableFormat() {
            return switch (this) {
                case DELTA -> Optional.of(TableFormat.DELTA);
                case ICEBERG -> Optional.of(TableFormat.ICEBERG);
                case PARQUET, CSV, JSON -> Optional.empty();
            };
        }

        boolean isOfTables() {
            return tableFormat().isPresent();
        }

        // The option's word, in help and in Spark's writer.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
