package elbow.fit;

import elbow.base.Configuration;
import elbow.base.RunId;
import elbow.lake.TableVersion;
import elbow.model.HistoryEntry;
import elbow.model.Manifest;
import elbow.model.ModelFiles;
import elbow.model.SoftwareVersions;
import elbow.score.EncodedScores;
import elbow.train.TrainingOutcome;
import elbow.train.plan.TrainingPlan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** What a fit says of itself: in the report and in the manifest. */
final class FitRecord {
    private final DataDescription description;
    private final Configuration configuration;
    private final PreparedRows rows;
    private final TrainingPlan plan;
    private final Optional<String> hidden;

    /**
     * @param configuration the settings, resolved as far as the manifest has them so
     * @param hidden as {@link PlannedFit#hidden}
     */
    FitRecord(
            DataDescription description,
            Configuration configuration,
            PreparedRows rows,
            TrainingPlan plan,
            Optional<String> hidden) {
        this.description = description;
        this.configuration = configuration;
        this.rows = rows;
        this.plan = plan;
        this.hidden = hidden;
    }

    /** Heading of the report: the names of the inputs. */
    String title() {
        return description.inputs().stream()
                .map(input -> new Path(input).getName())
                .collect(Collectors.joining(", "));
    }

    /** Facts for the report, in their order. */
    Map<String, String> facts(TrainingOutcome outcome) {
        HistoryEntry kept = outcome.after();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Data", String.join(", ", description.inputs()));
        if (!description.tables().isEmpty()) {
            facts.put(
                    "Versions",
                    description.tables().stream().map(TableVersion::words).collect(Collectors.joining("; ")));
        }
        facts.put(
                "Rows",
                String.format(
                        Locale.ROOT, "%,d to train on, %,d held out", rows.trainingRows(), rows.validationRows()));
        facts.put("Columns", Words.columns(rows.encoder()));
        facts.put("Network", Words.network(plan.spec()));
        facts.putAll(Words.latents(plan.spec()));
        facts.put("Parameters", String.format(Locale.ROOT, "%,d", Words.parameters(plan.spec())));
        facts.put(
                "Replicas",
                plan.replicas() + ", averaged every " + outcome.averagingFrequency() + " batches of " + plan.batchSize()
                        + " rows");
        facts.put("Outer step", plan.averaging().outer().describe(outcome.averagingFrequency()));
        facts.put("Epochs", plan.epochs() + ", the network after epoch " + kept.epoch() + " is kept");
        hidden.ifPresent(words -> facts.put("Values hidden in training", words));
        if (outcome.trimmedShare() > 0) {
            facts.put("Rows left out by robust training", percent(outcome.trimmedShare()) + " of each minibatch");
        }
        plan.reducedPrecision().ifPresent(words -> facts.put("Precision of products", words));
        facts.put("Seed", Long.toString(plan.seed()));
        facts.put("Duration", String.format(Locale.ROOT, "%.0f s of training", outcome.seconds()));
        facts.put("Speed", String.format(Locale.ROOT, "%,.0f rows per second", outcome.examplesPerSecond()));
        return facts;
    }

    // Where older builds read names and texts, too.
    private Map<String, String> madeBy() {
        Map<String, String> madeBy = new LinkedHashMap<>(SoftwareVersions.ofProcess());
        plan.reducedPrecision().ifPresent(words -> madeBy.put("precision", words));
        madeBy.put("run", RunId.ofProcess());
        return madeBy;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    Manifest manifest(ModelFiles files, TrainingOutcome outcome, EncodedScores heldOut, int anomalyScoreVersion) {
        HistoryEntry last = outcome.history().get(outcome.history().size() - 1);
        double logJacobian = rows.encoder().logJacobian();
        return new Manifest(
                Manifest.formatVersion(files.digests()),
                files.modelId(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                Words.network(plan.spec()),
                Words.parameters(plan.spec()),
                plan.seed(),
                anomalyScoreVersion,
                madeBy(),
                configuration.asTexts(),
                new Manifest.DataSummary(
                        description.inputs(),
                        description.format(),
                        rows.trainingRows(),
                        rows.validationRows(),
                        rows.fingerprint(),
                        description.tables()),
                new Manifest.TrainingSummary(
                        plan.master().toString().toLowerCase(Locale.ROOT),
                        plan.replicas(),
                        last.epoch(),
                        last.step(),
                        outcome.averagingFrequency(),
                        outcome.replicasLeftOut(),
                        outcome.seconds(),
                        outcome.examplesPerSecond(),
                        outcome.before().elbo(),
                        heldOut.meanElbo() + logJacobian,
                        heldOut.meanReconstruction() + logJacobian,
                        heldOut.meanKl(),
                        outcome.after().activeUnits()),
                files.digests());
    }
}
