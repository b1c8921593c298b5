package elbow.job.use;

import elbow.base.Parameter;
import elbow.data.feature.Feature;
import elbow.data.source.DataReader;
import elbow.data.source.KnownColumns;
import elbow.failure.StorageFailure;
import elbow.files.RunPaths;
import elbow.job.console.Figures;
import elbow.job.run.RowsToScore;
import elbow.job.run.Session;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import elbow.use.Pictures;
import elbow.use.UsedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

        /**
         * How often the work goes through all rows of the input to choose some; 0: the table has what comes of each
         * row, {@link #tables} times.
         */
        default int choices() {
            return 0;
        }

        /** How many rows of the table stand for one of the input, where none is chosen. */
        default int tables() {
            return 1;
        }

        /** The columns whose values are there unless the network could not compute them. */
        default List<String> complete(UsedModel model) {
            return model.model().encoder().modelled().stream()
                    .map(Feature::column)
                    .toList();
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
        TableOutput target = new TableOutput(request.output(), session);
        ModelDirectory model = new ModelDirectory(request.model(), hadoop);
        new RunPaths()
                .reads(Parameter.INPUT, DataReader.roots(request.input(), hadoop), hadoop)
                .reads(model.place())
                .replaces(target.directory());
        UsedModel used = UsedModel.load(model);
        noteGroups(used.model(), session);
        Set<String> others = new TreeSet<>(named);
        others.removeAll(used.model().encoder().layout().columns());
        List<String> asTheyStand = new ArrayList<>(request.kept());
        asTheyStand.addAll(others);
        asTheyStand.addAll(used.conditions());
        RowsToScore rows = new RowsToScore(
                session,
                request.input(),
                used.model().encoder(),
                KnownColumns.of(used.model().encoder(), asTheyStand),
                Optional.empty());
        try {
            Made made = rows.use(read -> {
                ChoosingScans scans = new ChoosingScans(read, work.choices());
                Dataset<Row> table = work.table(scans.rows(), used, KnownColumns.named(request.kept(), read));
                TableOutput.Written written = target.write(table, work.complete(used));
                long inputRows = work.choices() == 0 ? written.rows() / work.tables() : scans.rowsOfEach();
                if (work.hasPictures() && Pictures.has(used) && written.rows() > 0) {
                    byte[] grid = work.originals(read)
                            .map(originals -> Pictures.of(originals, table, used))
                            .orElseGet(() -> Pictures.of(table, used));
                    write(target, grid);
                }
                return new Made(written, inputRows);
            });
            rows.requireAllUsed(made.inputRows());
            target.directory().publish();
            warn(made.written(), session);
            return new Figures()
                    .add("rows", made.written().rows())
                    .add("modelId", used.model().manifest().modelId())
                    .add("output", target.path().toString());
        } finally {
            target.directory().discard();
        }
    }

    private record Made(TableOutput.Written written, long inputRows) {}

    static void warn(TableOutput.Written made, Session session) {
        if (made.lacking() > 0) {
            session.console()
                    .warning(String.format(
                            Locale.ROOT,
                            "%,d of %,d rows lack values, which the network could not compute: it overflows there",
                            made.lacking(),
                            made.rows()));
        }
    }

    /** Says which network is used, of a model whose groups have some of their own. */
    static void noteGroups(TrainedModel model, Session session) {
        model.groups()
                .ifPresent(groups -> session.console()
                        .note(String.format(
                                Locale.ROOT,
                                "The network of all rows is used: those that %,d groups by %s have of their own serve for"
                                        + " scores alone",
                                groups.networks(),
                                String.join(", ", groups.columns()))));
    }

    static void write(TableOutput target, byte[] grid) {
        try {
            target.directory().write(TableOutput.GRID, grid);
        } catch (IOException e) {
            throw StorageFailure.of("write " + TableOutput.GRID, e);
        }
    }
}
