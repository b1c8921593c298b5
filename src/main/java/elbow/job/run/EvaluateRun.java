package elbow.job.run;

import elbow.data.rows.Quarantine;
import elbow.data.source.KnownColumns;
import elbow.data.table.Label;
import elbow.files.OutputDirectory.IfExists;
import elbow.job.console.Figures;
import elbow.lake.TableVersion;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import elbow.score.Evaluation;
import elbow.score.RankingMetrics;
import elbow.score.UnknownConditions;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The work of {@code evaluate}: means over a data set, and how well the scores rank its labelled anomalies. */
public final class EvaluateRun {
    private EvaluateRun() {}

    /** Prints the figures, writes them if that is asked, and returns 0. */
    public static int run(EvaluateRequest request, Session session) {
        Configuration hadoop = session.spark().sparkContext().hadoopConfiguration();
        Optional<Quarantine> quarantine = request.quarantine().map(uri -> new Quarantine(uri, IfExists.REFUSE, hadoop));
        ModelDirectory directory = new ModelDirectory(request.model(), hadoop);
        RowsToScore.requireApart(request.input(), directory, quarantine, request.json(), hadoop);
        TrainedModel model = directory.load();
        int samples = request.samples().orElse(model.layer().scoringSamples());
        RowsToScore rows = new RowsToScore(
                session,
                request.input(),
                model.encoder(),
                KnownColumns.of(
                        model.encoder(),
                        request.label().map(Label::column).stream().toList()),
                quarantine);

        Evaluation evaluation = rows.use(good -> Evaluation.of(good, model, request.label(), samples));

        rows.requireAllUsed(evaluation.rows());

        Figures figures = new Figures().add("rows", evaluation.rows());
        rows.setAside().ifPresent(count -> figures.add("setAside", count));
        if (evaluation.notFinite() > 0) {
            figures.add("notFinite", evaluation.notFinite());
            session.console()
                    .warning(evaluation.notFinite() + " of " + evaluation.rows() + " rows have a score that is not"
                            + " finite, so that no mean is: their values are beyond all that the model can compute"
                            + " with. They rank as the strangest");
        }
        figures.add("elbo", evaluation.elbo());
        if (evaluation.rows() > 1) {
            figures.add("elboStandardError", evaluation.elboStandardError());
        }
        figures.add("reconstruction", evaluation.reconstruction()).add("kl", evaluation.kl());
        if (!model.layer().hasClosedKl()) {
            figures.add("klEstimate", "samples");
        }
        if (samples > 1) {
            figures.add("importanceWeightedBound", evaluation.importanceWeightedBound());
        }
        figures.add("samples", samples).add("rootMeanSquaredError", evaluation.rootMeanSquaredError());
        if (evaluation.ranking().isPresent()) {
            RankingMetrics ranking = evaluation.ranking().get();
            figures.add("anomalies", ranking.positives())
                    .add("auroc", ranking.auroc())
                    .add("averagePrecision", ranking.averagePrecision());
        }
        TableVersion.listed(request.input().versions()).ifPresent(read -> figures.add("inputVersions", read));
        figures.add("modelId", model.manifest().modelId());
        session.console().print(figures.render());
        request.json().ifPresent(file -> session.writeJson(file, figures));
        rows.use(good -> UnknownConditions.notes(model, good)).forEach(session.console()::note);
        return 0;
    }
}
