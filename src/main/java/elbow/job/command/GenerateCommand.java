package elbow.job.command;

import elbow.data.source.ReadRequest;
import elbow.job.run.Session;
import elbow.job.use.GenerateRun;
import elbow.job.use.GenerateRun.Files;
import elbow.use.GenerationPlan;
import elbow.use.GenerationPlan.GapPolicy;
import elbow.use.Take;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "generate",
        customSynopsis =
                "${PARENT-COMMAND-FULL-NAME} [spark-submit options] generate --model URI --rows N --output URI [options]",
        header = "Makes rows that are like those of training.",
        description = "%nDraws latents from the model's prior and values from its likelihoods: a table with the model's"
                + " columns in their own units, categories and types. The same seed gives the same rows.",
        footer = {
            "",
            "Examples:",
            "  jobs/elbow generate --model models/cardio --rows 1000 --output made/cardio",
            "  jobs/elbow generate --model models/mnist --rows 100 --output made/digits --png"
        })
public final class GenerateCommand implements JobCommand {
    @Mixin
    private TableOptions table = new TableOptions();

    @Option(names = "--rows", required = true, paramLabel = "N", description = "How many rows to make.")
    private long rows;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the draws. Default: the model's.")
    private @Nullable Long seed;

    @Option(
            names = "--expected",
            description = "Gives the expected value of each column at the drawn latents, of categories the likeliest"
                    + " one: rows without noise. Default: draws.")
    private boolean expected;

    @Option(
            names = "--missing",
            description = "Leaves out values, as many of each column as were missing in training, at random. Default:"
                    + " no value is missing.")
    private boolean missing;

    @Option(
            names = "--candidates",
            paramLabel = "N",
            description = "Draws of latents that the rows of --where are taken from. Default: "
                    + GenerationPlan.USUAL_CANDIDATES + ".")
    private @Nullable Integer candidates;

    @Option(
            names = "--where",
            paramLabel = "SQL",
            description = "Makes rows for which this condition holds, such as \"sex = 'F' and age > 60\", by importance"
                    + " resampling; prints how many independent candidates it is worth.")
    private @Nullable String where;

    @Option(
            names = "--conditions-from",
            paramLabel = "URI",
            description = "For a model with conditions: a table of them, whose rows are taken in turn. Default: values"
                    + " that --where fixes, or those of training if the only condition is a category, a level or a"
                    + " truth value.")
    private @Nullable String conditions;

    @Option(
            names = "--png",
            description =
                    "Writes a PNG file for each image instead of a table; for models of images. In any case a grid"
                            + " of the first ones stands beside, _grid.png.")
    private boolean png;

    @Override
    public int run(Session session) {
        return GenerateRun.run(
                new GenerateRun.Request(
                        table.model(),
                        rows,
                        table.request(),
                        png ? Files.PNG : Files.TABLE,
                        expected ? Take.EXPECTED : Take.DRAWN,
                        missing ? GapPolicy.AS_IN_TRAINING : GapPolicy.NONE,
                        Optional.ofNullable(where),
                        Optional.ofNullable(conditions)
                                .map(uri -> ReadRequest.of(uri).notes(session.console()::note)),
                        candidates == null ? OptionalInt.empty() : OptionalInt.of(candidates),
                        seed == null ? OptionalLong.empty() : OptionalLong.of(seed)),
                session);
    }
}
