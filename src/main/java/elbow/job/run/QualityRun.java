package elbow.job.run;

import elbow.base.Parameter;
import elbow.data.source.DataReader;
import elbow.data.source.ReadRequest;
import elbow.data.table.Markers;
import elbow.files.RunPaths;
import elbow.job.console.Figures;
import elbow.quality.TableComparison;
import elbow.quality.TableQuality;
import elbow.quality.TableQualityJson;
import elbow.quality.Usefulness;
import elbow.report.HtmlReport;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The work of {@code evaluate --synthetic}: how good a synthetic table is. */
public final class QualityRun {
    private QualityRun() {}

    /** Prints the figures, writes what is asked, and returns 0. */
    public static int run(QualityRequest request, Session session) {
        requireApart(request, session.spark().sparkContext().hadoopConfiguration());
        Markers markers = new Markers(elbow.base.Configuration.defaults().texts("data.missing"));
        TableQuality quality = TableComparison.of(new TableComparison.Tables(
                read(request.real(), session),
                read(request.synthetic(), session),
                request.holdout().map(rows -> read(rows, session)),
                request.target(),
                markers));
        session.console().print(figures(quality).render());
        quality.leftOut()
                .forEach((column, reason) -> session.console().note("column " + column + " is left out: " + reason));
        request.json()
                .ifPresent(file -> session.writeText(Parameter.JSON.name(), file, TableQualityJson.write(quality)));
        request.report()
                .ifPresent(file -> session.writeText(
                        Parameter.REPORT.name(),
                        file,
                        HtmlReport.render(
                                "Quality of "
                                        + String.join(", ", request.synthetic().inputs()),
                                quality)));
        return 0;
    }

    private static Dataset<Row> read(ReadRequest request, Session session) {
        return DataReader.read(session.spark(), request.notes(session.console()::note));
    }

    private static void requireApart(QualityRequest request, Configuration hadoop) {
        RunPaths paths = new RunPaths()
                .reads(Parameter.INPUT, DataReader.roots(request.real(), hadoop), hadoop)
                .reads(Parameter.SYNTHETIC, DataReader.roots(request.synthetic(), hadoop), hadoop);
        request.holdout().ifPresent(rows -> paths.reads(Parameter.HOLDOUT, DataReader.roots(rows, hadoop), hadoop));
        request.json().ifPresent(file -> paths.writes(Parameter.JSON, file, hadoop));
        request.report().ifPresent(file -> paths.writes(Parameter.REPORT, file, hadoop));
    }

    private static Figures figures(TableQuality quality) {
        Figures figures = new Figures()
                .add("rows", quality.syntheticRows())
                .add("realRows", quality.realRows())
                .add("columnShapes", quality.columnShapes())
                .add("pairTrends", quality.pairTrends())
                .add("copies", quality.copies());
        quality.closest()
                .ifPresent(closest -> figures.add("holdoutCopies", quality.holdoutCopies())
                        .add("distanceToReal", closest.toReal())
                        .add("distanceToHoldout", closest.toHoldout())
                        .add("holdoutDistanceToReal", closest.holdoutToReal())
                        .add("closerToReal", closest.closerToReal())
                        .add("sampledRows", closest.rows())
                        .add("sampledRealRows", closest.others()));
        quality.usefulness().ifPresent(found -> {
            String score = found.task() == Usefulness.Task.CLASSES ? "Accuracy" : "R2";
            figures.add("target", found.target())
                    .add("learnedFromReal" + score, found.real().score())
                    .add("learnedFromSynthetic" + score, found.synthetic().score());
            if (!Double.isNaN(found.real().ranking())) {
                figures.add("learnedFromRealAuroc", found.real().ranking())
                        .add("learnedFromSyntheticAuroc", found.synthetic().ranking());
            }
        });
        return figures;
    }
}
