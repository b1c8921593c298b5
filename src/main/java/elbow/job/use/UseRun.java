package elbow.job.use;

import elbow.base.Parameter;
import elbow.data.source.DataReader;
import elbow.data.source.KnownColumns;
import elbow.failure.StorageFailure;
import elbow.files.RunPaths;
import elbow.job.console.Figures;
import elbow.job.run.RowsToScore;
import elbow.job.run.Session;
import elbow.model.ModelDirectory;
import elbow.use.Pictures;
import elbow.use.UsedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The frame of every run that makes a table of rows by a model: reads, makes, writes, reports. */
final class UseRun {
    private final Session session;
    private final UseRequest request;

    private UseRun(Session session, UseRequest request) {
        this.session = session;
        this.request = request;
    }

    /** What a run makes. */
    interface Work {
        /**
         * The table.
         *
         * @param kept the columns to keep, by name
         */
        Dataset<Row> table(Dataset<Row> rows, UsedModel model, List<String> kept);

        /** The rows whose images stand above those of the table, in its order; empty: none. */
        default Optional<Dataset<Row>> originals(Dataset<Row> rows) {
            return Optional.empty();
        }

        /** Whether the table has the model's columns. */
        default boolean hasPictures() {
            return true;
        }

        /** How many input rows a table of so many rows stands for; empty: not all of the input is used. */
        default Optional<Long> used(long made) {
            return Optional.empty();
        }
    }

    /** As {@link #write}, and prints the figures; returns the exit code. */
    static int run(Session session, UseRequest request, Set<String> named, Work work) {
        session.console().print(new UseRun(session, request).write(named, work).render());
        return 0;
    }

    /**
     * Writes the table, and returns the figures about it.
     *
     * @param named further columns that conditions name
     */
    private Figures write(Set<String> named, Work work) {
        Configuration hadoop = session.spark().sparkContext().hadoopConfiguration();
        TableOutput target = new TableOutput(request.output(), hadoop);
        ModelDirectory model = new ModelDirectory(request.model(), hadoop);
        new RunPaths()
                .reads(Parameter.INPUT, DataReader.roots(request.input(), hadoop), hadoop)
                .reads(model.place())
                .replaces(target.directory());
        UsedModel used = UsedModel.load(model);
        Set<String> others = new TreeSet<>(named);
        others.removeAll(used.model().encoder().layout().columns());
        List<String> asTheyStand = new ArrayList<>(request.kept());
        asTheyStand.addAll(others);
        RowsToScore rows = new RowsToScore(
                session,
                request.input(),
                used.model().encoder(),
                KnownColumns.of(used.model().encoder(), asTheyStand),
                Optional.empty());
        try {
            long made = rows.use(read -> {
                Dataset<Row> table = work.table(read, used, KnownColumns.named(request.kept(), read));
                long count = target.write(table);
                if (work.hasPictures() && Pictures.has(used) && count > 0) {
                    byte[] grid = work.originals(read)
                            .map(originals -> Pictures.of(originals, table, used))
                            .orElseGet(() -> Pictures.of(table, used));
                    write(target, grid);
                }
                return count;
            });
            work.used(made).ifPresent(rows::requireAllUsed);
            target.directory().publish();
            return new Figures()
                    .add("rows", made)
                    .add("modelId", used.model().manifest().modelId())
                    .add("output", target.path().toString());
        } finally {
            target.directory().discard();
        }
    }

    static void write(TableOutput target, byte[] grid) {
        try {
            target.directory().write(TableOutput.GRID, grid);
        } catch (IOException e) {
            throw StorageFailure.of("write " + TableOutput.GRID, e);
        }
    }
}
