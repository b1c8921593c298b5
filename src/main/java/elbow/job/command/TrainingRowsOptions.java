package elbow.job.command;

import elbow.base.Configuration;
import elbow.data.table.Label;
import elbow.job.run.ColumnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which rows and columns of the input a training goes by. */
final class TrainingRowsOptions {
    @Option(
            names = "--validation",
            paramLabel = "URI",
            description = "Rows to validate on, in the input's format. Default: a share of the input,"
                    + " data.validation-fraction.")
    private @Nullable String validation;

    @Option(names = "--ignore", split = ",", paramLabel = "COL", description = "Columns that are no features.")
    private List<String> ignored = new ArrayList<>();

    @Option(
            names = "--normal-only",
            paramLabel = "COL=VALUE",
            converter = ColumnValue.Converter.class,
            description = "Trains only on rows with this value; the column is no feature.")
    private @Nullable ColumnValue normalOnly;

    @Option(
            names = "--label",
            paramLabel = "COL[=VALUE]",
            converter = LabelConverter.class,
            description = "Trains only on rows that this column does not call anomalies, as it does for evaluate: with"
                    + " VALUE, or else with 1, true or yes; the column is no feature. tune with tune.objective = auroc"
                    + " tells the others from the held-out rows.")
    private @Nullable Label label;

    @Option(
            names = "--conditions",
            split = ",",
            paramLabel = "COL",
            description =
                    "Columns that are given and not modelled, data.conditions: every score is then one of the other"
                            + " columns where these are so.")
    private List<String> conditions = new ArrayList<>();

    @Option(
            names = "--group-by",
            split = ",",
            paramLabel = "COL",
            description =
                    "Columns by whose values rows fall into groups, data.group-by: a group with rows enough gets a network of"
                            + " its own beside that of all rows, which has these columns as conditions.")
    private List<String> groupBy = new ArrayList<>();

    /** Reads {@code COL} or {@code COL=VALUE}. */
    static final class LabelConverter implements ITypeConverter<Label> {
        @Override
        public Label convert(String text) {
            int equals = text.indexOf('=');
            if (text.isBlank() || equals == 0) {
                throw new TypeConversionException("must have the form COL or COL=VALUE, but is '" + text + "'");
            }
            return equals < 0 ? Label.of(text) : Label.of(text.substring(0, equals), text.substring(equals + 1));
        }
    }

    Optional<String> validation() {
        return Optional.ofNullable(validation);
    }

    List<String> ignored() {
        return ignored;
    }

    Optional<ColumnValue> normalOnly() {
        return Optional.ofNullable(normalOnly);
    }

    Optional<Label> label() {
        return Optional.ofNullable(label);
    }

    /**
     * The options that were given, in the words of a command line, but for conditions and groups, which are settings.
     */
    List<String> words() {
        List<String> words = new ArrayList<>();
        InputOptions.GivenWords given = new InputOptions.GivenWords(words);
        given.add("--validation", validation);
        given.add("--ignore", ignored);
        given.add("--normal-only", normalOnly == null ? null : normalOnly.column() + "=" + normalOnly.value());
        given.add("--label", label);
        return words;
    }

    /** The settings, with the conditions and the groups that were given. */
    Configuration in(Configuration settings) {
        Configuration conditional = conditions.isEmpty() ? settings : settings.withTexts("data.conditions", conditions);
        return groupBy.isEmpty() ? conditional : conditional.withTexts("data.group-by", groupBy);
    }
}
