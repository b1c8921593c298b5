package elbow.job.command;

import elbow.job.run.ScoreRequest;
import elbow.job.run.ScoreRequest.OutputFormat;
import elbow.job.run.ScoreRequest.StreamOptions;
import elbow.job.run.ScoreRun;
import elbow.job.run.Session;
import elbow.score.alarm.AlarmAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "score",
        customSynopsis =
                "${PARENT-COMMAND-FULL-NAME} [spark-submit options] score --model URI --input URI... --output URI [options]",
        header = "Scores every row of a data set with a trained model.",
        description = "%nWrites one row per input row: elbo, reconstruction and kl in nats (higher elbo is more usual),"
                + " anomaly_score (higher is stranger), is_anomaly, model_id, scored_at, and the columns of --keep.",
        footer = {
            "",
            "Example:",
            "  jobs/elbow score --model models/cardio --input data/anomaly/cardio.csv.gz --output scores --keep label"
        })
public final class ScoreCommand implements JobCommand {
    @Option(names = "--model", required = true, paramLabel = "URI", description = "Directory of the model.")
    private String model = "";

    @Mixin
    private InputOptions input = new InputOptions();

    @Option(
            names = "--output",
            required = true,
            paramLabel = "URI",
            description =
                    "Directory to write the scores to; with --output-format delta or iceberg: the table, which is made"
                            + " if it is not there, and which rows are added to otherwise.")
    private String output = "";

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            defaultValue = "parquet",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.PARQUET;

    @Mixin
    private TableOptions.Formulas formulas = new TableOptions.Formulas();

    @Option(
            names = "--keep",
            split = ",",
            paramLabel = "COL",
            description = "Input columns to repeat in the output, to identify the rows; '*': all.")
    private List<String> kept = new ArrayList<>();

    @Option(
            names = "--samples",
            paramLabel = "K",
            description = "Posterior samples per row; 0: at the posterior mean, the fastest; from 2 on the"
                    + " importance-weighted bound is filled too. Default: scoring.samples.")
    private @Nullable Integer samples;

    @Option(
            names = "--threshold",
            paramLabel = "T",
            description = "Rows with an anomaly_score above this are anomalies. Default: the model's threshold.")
    private @Nullable Double threshold;

    @Option(
            names = "--false-discoveries",
            paramLabel = "Q",
            description =
                    "Flags so many rows that on average at most this share of them is normal, above 0 and below 1:"
                            + " the threshold follows from all rows, which are scored twice for it. Not with --threshold or"
                            + " --stream.")
    private @Nullable Double falseDiscoveries;

    @Option(
            names = "--explain",
            paramLabel = "N",
            defaultValue = "0",
            description = "Fills contributions: the N columns that add most to the anomaly_score beyond what is normal,"
                    + " in nats, with observed and expected value; then the entries latent and other, so that all"
                    + " together they sum to the score less its normal mean. Default: 0, none, the fastest.")
    private int explained;

    @Mixin
    private AbsentOption absent = new AbsentOption();

    @Mixin
    private QuarantineOption quarantine = new QuarantineOption();

    @Option(
            names = "--transaction",
            paramLabel = "ID",
            description = "Of a table: what the write calls itself; a table that has a transaction of this name takes"
                    + " nothing more from it. Default: follows from the model, the input's files or versions and the"
                    + " options, so that the same command, run again, adds nothing.")
    private @Nullable String transaction;

    @Option(
            names = "--overwrite",
            description =
                    "Replaces the output directory, or all rows of the table, and the directory of bad rows, if it exists.")
    private boolean overwrite;

    @Option(
            names = "--fail-on-alarm",
            description =
                    "Ends with exit code 7, the scores written, if the rows are not like those of training: far more"
                            + " of them flagged than the threshold says, or a column with unseen categories, numbers out of"
                            + " range, no values, or one value only. Default: a warning.")
    private boolean failOnAlarm;

    @Option(
            names = "--stream",
            description = "Scores the files that come to the directory of --input, each once: needs --checkpoint.")
    private boolean stream;

    @Option(
            names = "--checkpoint",
            paramLabel = "URI",
            description = "Directory in which --stream remembers what it has scored; one for each output.")
    private @Nullable String checkpoint;

    @Option(
            names = "--trigger",
            paramLabel = "WHEN",
            converter = TriggerConverter.class,
            description = "When --stream looks for files: available-now (scores what is there, and ends) or every so"
                    + " often, until it is stopped: 30s, 5m, 1h. Default: available-now.")
    private @Nullable OptionalLong trigger;

    @Spec
    private @Nullable CommandSpec spec;

    private Optional<StreamOptions> streamOptions() {
        if (stream && checkpoint != null) {
            return Optional.of(new StreamOptions(checkpoint, trigger == null ? OptionalLong.empty() : trigger));
        }
        if (stream || checkpoint != null || trigger != null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    stream
                            ? "--stream must have a --checkpoint, but there is none"
                            : "--checkpoint and --trigger must be given with --stream, but it is not there");
        }
        return Optional.empty();
    }

    static final class TriggerConverter implements ITypeConverter<OptionalLong> {
        private static final Pattern INTERVAL = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

        @Override
        public OptionalLong convert(String text) {
            if (text.equals("available-now")) {
                return OptionalLong.empty();
            }
            Matcher interval = INTERVAL.matcher(text);
            if (!interval.matches()) {
                throw new TypeConversionException(
                        "must be available-now or an interval such as 30s, 5m or 1h, but is '" + text + "'");
            }
            long unit = switch (interval.group(2)) {
                case "ms" -> 1;
                case "s" -> 1_000;
                case "m" -> 60_000;
                default -> 3_600_000;
            };
            return OptionalLong.of(unit * Long.parseLong(interval.group(1)));
        }
    }

    @Override
    public String leftWhenStopped() {
        return stream ? ": the next run goes on from here" : ": no scores were written";
    }

    @Override
    public int run(Session session) {
        return ScoreRun.run(
                new ScoreRequest(
                        model,
                        absent.apply(input.input(session)),
                        output,
                        format,
                        formulas.choice(),
                        kept,
                        samples == null ? OptionalInt.empty() : OptionalInt.of(samples),
                        threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold),
                        falseDiscoveries == null ? OptionalDouble.empty() : OptionalDouble.of(falseDiscoveries),
                        explained,
                        quarantine.uri(),
                        overwrite,
                        failOnAlarm ? AlarmAction.FAIL : AlarmAction.WARN,
                        streamOptions(),
                        Optional.ofNullable(transaction)),
                session);
    }
}
