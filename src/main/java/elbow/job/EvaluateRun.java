package elbow.job;

import elbow.data.DataReader;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import elbow.score.Evaluation;
import elbow.score.RankingMetrics;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The work of {@code evaluate}: means over a data set, and how well the scores rank its labelled anomalies. */
final class EvaluateRun {
    private EvaluateRun() {}

    static int run(EvaluateRequest request, Session session) {
        TrainedModel model = new ModelDirectory(
                        request.model(), session.spark().sparkContext().hadoopConfiguration())
                .load();
        Dataset<Row> rows = DataReader.read(session.spark(), request.input());
        int samples = request.samples().orElse(model.layer().scoringSamples());

        Evaluation evaluation = Evaluation.of(rows, model, request.label(), samples);

        Figures figures = new Figures()
                .add("rows", evaluation.rows())
                .add("elbo", evaluation.elbo())
                .add("elboStandardError", evaluation.elboStandardError())
                .add("reconstruction", evaluation.reconstruction())
                .add("kl", evaluation.kl());
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
        figures.add("modelId", model.manifest().modelId());
        session.console().print(figures.render());
        request.json().ifPresent(file -> session.writeText(file, figures.toJson()));
        return 0;
    }
}
