package elbow.job.use;

import elbow.base.Check;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.source.DataReader;
import elbow.data.source.KnownColumns;
import elbow.data.source.ReadRequest;
import elbow.failure.StorageFailure;
import elbow.files.OutputDirectory;
import elbow.files.RunPaths;
import elbow.job.console.Figures;
import elbow.job.run.RowsToScore;
import elbow.job.run.ScoreRequest.OutputFormat;
import elbow.job.run.Session;
import elbow.model.ModelDirectory;
import elbow.use.Generation;
import elbow.use.GenerationPlan;
import elbow.use.GenerationPlan.GapPolicy;
import elbow.use.ImageFiles;
import elbow.use.Pictures;
import elbow.use.Take;
import elbow.use.UsedModel;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The work of {@code generate}: rows that a model makes. */
public final class GenerateRun {
    /** Fewer independent candidates than this say little of what lies between them. */
    private static final double FEW = 100;

    private GenerateRun() {}

    /** As what rows are written. */
    public enum Files {
        /** A table of all columns. */
        TABLE,
        /** A PNG file for each image. */
        PNG
    }

    /**
     * What is asked for.
     *
     * @param model model directory
     * @param rows how many
     * @param output the table
     * @param where condition that all rows fulfil; empty: none
     * @param conditions table of the conditions that the model's columns are given; empty: none
     * @param candidates draws from the prior that rows of a condition are taken from; empty: as many as usual
     * @param seed of the noise; empty: the model's
     */
    public record Request(
            String model,
            long rows,
            TableRequest output,
            Files files,
            Take take,
            GapPolicy gaps,
            Optional<String> where,
            Optional<ReadRequest> conditions,
            OptionalInt candidates,
            OptionalLong seed) {
        public Request {
            Check.usage(
                    files == Files.TABLE || output.format() == OutputFormat.PARQUET,
                    Parameter.OUTPUT_FORMAT,
                    "not be given with --png, which writes no table",
                    output.format());
            candidates.ifPresent(count -> Check.usage(
                    where.isPresent(),
                    "--candidates",
                    "not be given without --where, whose rows are taken of them",
                    count));
            new GenerationPlan(rows, 0, take, gaps, where, candidates.orElse(GenerationPlan.USUAL_CANDIDATES), 0);
        }

        GenerationPlan plan(long otherwise) {
            return new GenerationPlan(
                    rows,
                    seed.orElse(otherwise),
                    take,
                    gaps,
                    where,
                    candidates.orElse(GenerationPlan.USUAL_CANDIDATES),
                    0);
        }
    }

    /** Writes the table, prints the figures, and returns 0. */
    public static int run(Request request, Session session) {
        Configuration hadoop = session.spark().sparkContext().hadoopConfiguration();
        TableOutput target = new TableOutput(request.output(), session);
        ModelDirectory directory = new ModelDirectory(request.model(), hadoop);
        RunPaths paths = new RunPaths().reads(directory.place());
        request.conditions()
                .ifPresent(table -> paths.reads(Parameter.CONDITIONS_FROM, DataReader.roots(table, hadoop), hadoop));
        paths.replaces(target.directory());
        UsedModel model = UsedModel.load(directory);
        UseRun.noteGroups(model.model(), session);
        if (request.files() == Files.PNG && !Pictures.has(model)) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    "--png must be given for a model of images, but " + request.model() + " has none");
        }
        GenerationPlan plan = request.plan(model.seed());
        Figures figures = new Figures();
        try {
            Generation generation = request.conditions().isPresent()
                    ? under(request.conditions().get(), model, plan, session)
                    : Generation.of(session.spark(), model, plan);
            Dataset<Row> rows = generation.rows();
            TableOutput.Written made = request.files() == Files.PNG
                    ? images(rows, model, target, plan.rows())
                    : target.write(rows, complete(model, plan));
            figures.add("rows", made.rows());
            UseRun.warn(made, session);
            if (Pictures.has(model)) {
                UseRun.write(target, Pictures.of(rows, model));
            }
            if (request.files() == Files.PNG) {
                target.directory().write(OutputDirectory.SPARK_MARKER, new byte[0]);
            }
            target.directory().publish();
            OptionalDouble effective = generation.effectiveSampleSize();
            effective.ifPresent(size -> {
                figures.add("candidates", plan.candidates()).add("effectiveSampleSize", size);
                warn(size, session);
            });
        } catch (IOException e) {
            throw StorageFailure.of("write to " + target.path(), e);
        } finally {
            target.directory().discard();
        }
        figures.add("seed", plan.seed())
                .add("modelId", model.model().manifest().modelId())
                .add("output", target.path().toString());
        session.console().print(figures.render());
        return 0;
    }

    private static Generation under(ReadRequest table, UsedModel model, GenerationPlan plan, Session session) {
        if (model.conditions().isEmpty()) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            Parameter.CONDITIONS_FROM,
                            " must be given for a model with conditions alone, but this one has none"));
        }
        FeatureEncoder encoder = model.model().encoder().ofConditions();
        RowsToScore rows =
                new RowsToScore(session, table, encoder, KnownColumns.of(encoder, List.of()), Optional.empty());
        Generation generation = rows.use(read -> Generation.of(session.spark(), model, plan, read));
        rows.requireAllUsed(generation.conditionRows());
        return generation;
    }

    // Of a model that makes gaps nothing is said.
    private static List<String> complete(UsedModel model, GenerationPlan plan) {
        return plan.gaps() == GapPolicy.NONE
                ? model.model().encoder().modelled().stream()
                        .map(Feature::column)
                        .toList()
                : List.of();
    }

    private static TableOutput.Written images(Dataset<Row> rows, UsedModel model, TableOutput target, long asked) {
        long written = ImageFiles.write(rows, model, target.directory().staging());
        return new TableOutput.Written(written, asked - written);
    }

    private static void warn(double effective, Session session) {
        if (effective < FEW) {
            session.console()
                    .warning(String.format(
                            Locale.ROOT,
                            "the candidates of the condition are worth %.1f independent ones: rows are less varied than"
                                    + " they should be; take more with --candidates",
                            effective));
        }
    }
}
