package elbow.fit;

import elbow.base.Configuration;
import elbow.data.reference.DataReference;
import elbow.model.Calibration;
import elbow.model.GroupNetworks;
import elbow.model.Lineage;
import elbow.model.Manifest;
import elbow.model.ModelFiles;
import elbow.model.ThresholdRule;
import elbow.model.TrainedModel;
import elbow.report.HtmlReport;
import elbow.score.AnomalyScoring;
import elbow.score.EncodedScores;
import elbow.score.ScoringModel;
import elbow.train.Trainer;
import elbow.train.TrainingData;
import elbow.train.TrainingOutcome;
import elbow.train.checkpoint.Checkpoints;
import elbow.train.plan.ExecutorMemory;
import elbow.train.plan.MaskShare;
import elbow.train.plan.TrainingPlan;
import elbow.train.progress.TensorBoard;
import elbow.train.progress.TrainingListener;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** One training of a {@link Fit}, its rows read. */
final class FitRun {
    private final Fit fit;
    private final Configuration settings;
    private final PreparedRows rows;
    private final Optional<FitCheckpoints> earlier;
    private final ThresholdRule rule;
    private final int images;
    private final Optional<Refresh> refresh;
    private final JavaSparkContext spark;
    private final TrainingPlan plan;
    private final Optional<String> hidden;

    FitRun(Fit fit, Fit.Prepared prepared, PreparedRows rows) {
        this.fit = fit;
        refresh = prepared.refresh;
        this.rows = rows;
        this.earlier = prepared.earlier;
        this.rule = prepared.rule;
        this.images = prepared.images;
        Configuration asked = prepared.settings;
        AnomalyScoring.requireFitting(asked, rows.encoder());
        if (fit.anomalies.isPresent()) {
            FitScoring.requireChoice(asked, rows.encoder(), rows.knownAnomalies());
        }
        SparkSession session = rows.session();
        spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        int cores = spark.defaultParallelism();
        plan = TrainingPlan.resolve(
                asked,
                rows.encoder(),
                rows.trainingRows(),
                earlier.map(found -> found.replicas(cores)).orElse(cores));
        settings = MaskShare.settled(asked, plan);
        hidden = Words.hidden(asked, plan, rows.encoder(), rows.columns());
    }

    FitResult result(FitLock lock) {
        PlannedFit unused = planned();
        BooleanSupplier asked = () -> {
            lock.requireNotLost();
            return fit.stops.getAsBoolean();
        };
        Checkpoints opened =
                earlier.map(found -> found.opened(rows, plan, asked)).orElse(Checkpoints.NONE);
        earlier.flatMap(FitCheckpoints::remark).ifPresent(fit.listener::noted);
        opened.start().ifPresent(from -> fit.listener.resumed(from.state().round()));
        rows.prepareGroups(plan);
        TrainingData data = rows.sharded(plan);
        Optional<Lineage.Figures> before = refresh.map(known -> known.before(spark, rows, data, plan));
        TrainingOutcome outcome = train(data, opened);
        if (outcome.trimmedShare() > 0) {
            fit.listener.noted(String.format(
                    Locale.ROOT, "Rows left out by robust training: %.1f %%", 100 * outcome.trimmedShare()));
        }
        FitResult result = result(data, outcome, before);
        lock.requireNotLost();
        fit.output.ifPresent(place -> result.save(place));
        return result;
    }

    // All that is decided, reported, and checked for room.
    PlannedFit planned() {
        ExecutorMemory memory = ExecutorMemory.of(plan, spark.sc());
        PlannedFit planned = new PlannedFit(
                rows.columns(),
                rows.encoder(),
                rows.trainingRows(),
                rows.validationRows(),
                fit.anomalies.isPresent() ? OptionalLong.of(rows.knownAnomalies()) : OptionalLong.empty(),
                rows.setAside(),
                plan,
                memory,
                hidden);
        fit.listener.planned(planned);
        rows.splitRemarks().forEach(fit.listener::noted);
        refresh.ifPresent(known -> {
            known.requireComparable(rows);
            fit.listener.noted(known.remark(plan));
        });
        UnusedSettings.of(settings, rows.encoder(), plan, fit.validation.isPresent(), refresh.isPresent())
                .forEach(fit.listener::warned);
        memory.check();
        SparkSettings.requireRoomForResults(spark.getConf(), plan);
        SparkSettings.differingLibrary(spark.sc()).ifPresent(fit.listener::warned);
        return planned;
    }

    private TrainingOutcome train(TrainingData data, Checkpoints opened) {
        String directory = settings.text("training.tensorboard");
        fit.listener.trainingStarted();
        try (@Nullable
                TensorBoard board =
                        directory.isEmpty() ? null : TensorBoard.open(directory, spark.hadoopConfiguration())) {
            TrainingListener all = board == null ? fit.listener : TrainingListener.all(List.of(fit.listener, board));
            return Trainer.train(
                    spark,
                    plan,
                    data,
                    all,
                    opened,
                    refresh.map(known -> known.start().parameters()));
        } finally {
            fit.listener.trainingEnded();
        }
    }

    private FitResult result(TrainingData data, TrainingOutcome outcome, Optional<Lineage.Figures> before) {
        ScoringModel model = ScoringModel.of(outcome.network(), plan.scoringSamples());
        FitScoring scored = scoring(data, model);
        AnomalyScoring anomalyScoring = scored.scoring(rows.encoder());
        EncodedScores heldOut =
                EncodedScores.of(spark, data.validation(), model, rows.encoder().layout(), anomalyScoring);
        Calibration.requireFinite(heldOut.anomalyScores());
        Calibration calibration = Calibration.of(
                heldOut.anomalyScores(), rule, plan.scoringSamples(), Optional.of(heldOut.normalParts()));
        calibration.remarks().forEach(fit.listener::noted);
        Optional<Lineage> lineage =
                refresh.map(known -> known.lineage(before.orElseThrow(), rows, plan, heldOut, calibration));
        lineage.ifPresent(known -> refresh.orElseThrow().requirePassed(known));
        DataReference reference =
                DataReference.of(data.trainingSample(), data.training().all(), rows.encoder());

        FitDensities densities =
                FitDensities.of(settings, data, rows.encoder(), rows.table(), ScoringModel.of(outcome.network(), 0));
        densities.words().forEach(fit.listener::noted);
        Optional<GroupNetworks> groups = groups(outcome, anomalyScoring, calibration);
        ModelFiles files = new ModelFiles(
                rows.encoder(), outcome.network(), scored.tails(), scored.nearest(), densities.kept(), groups);
        files.calibration(calibration);
        files.history(outcome.history());
        files.reference(reference);
        files.columns(rows.table());
        lineage.ifPresent(files::lineage);
        FitRecord record = new FitRecord(fit.description, scored.settings(), rows, plan, hidden);
        ReportContents report =
                new ReportContents(data, plan, outcome, heldOut, calibration, densities.latents(), images);
        Map<String, String> facts = record.facts(outcome);
        scored.choice().ifPresent(found -> facts.put("Known anomalies", found.sentence()));
        groups.ifPresent(found -> facts.put("Groups", Words.groups(found)));
        densities.margins().fact().ifPresent(words -> facts.put("Numbers that are made", words));
        files.report(HtmlReport.render(report.of(record.title(), files.modelId(), facts)));
        Manifest manifest =
                record.manifest(files, outcome, heldOut, AnomalyScoring.version(scored.tails(), scored.nearest()));
        return new FitResult(
                new TrainedModel(
                        manifest,
                        rows.encoder(),
                        outcome.network(),
                        calibration,
                        Optional.empty(),
                        scored.tails(),
                        scored.nearest(),
                        outcome.history(),
                        groups,
                        densities.kept()),
                files,
                reference,
                rows.table(),
                rows.columns(),
                rows.setAside(),
                outcome.roundOverhead(),
                outcome.roundBytes(),
                lineage,
                scored.choice());
    }

    // What the scores are made of, by the weights that known anomalies choose.
    private FitScoring scoring(TrainingData data, ScoringModel model) {
        FitScoring usual = FitScoring.of(settings, data, rows.encoder());
        FitScoring scored = rows.laidOutAnomalies()
                .map(known -> usual.chosenBy(known, data.validation(), model, rows.encoder(), spark))
                .orElse(usual);
        scored.choice().ifPresent(found -> fit.listener.noted(found.sentence()));
        scored.nearest()
                .ifPresent(kept -> fit.listener.noted(String.format(
                        Locale.ROOT,
                        "The model keeps %,d of the training rows, to score by the distance to them; %s=0 keeps none",
                        kept.rows(),
                        AnomalyScoring.NEIGHBOURS_KEY)));
        return scored;
    }

    private Optional<GroupNetworks> groups(
            TrainingOutcome outcome, AnomalyScoring anomalyScoring, Calibration calibration) {
        return rows.groups().map(found -> {
            long began = System.nanoTime();
            GroupNetworks groups = found.train(
                    spark,
                    plan,
                    rows.encoder(),
                    ScoringModel.of(outcome.network(), plan.scoringSamples()),
                    anomalyScoring,
                    calibration,
                    rule);
            fit.listener.noted(
                    String.format(Locale.ROOT, "%s; %.0f s", Words.groups(groups), (System.nanoTime() - began) * 1e-9));
            return groups;
        });
    }
}
