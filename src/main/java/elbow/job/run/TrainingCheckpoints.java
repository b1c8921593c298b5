package elbow.job.run;

import elbow.base.Digests;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.feature.FeatureEncoderJson;
import elbow.job.run.TrainRequest.Start;
import elbow.train.checkpoint.Checkpoint;
import elbow.train.checkpoint.CheckpointDirectory;
import elbow.train.checkpoint.Checkpoints;
import elbow.train.checkpoint.PeriodicCheckpoints;
import elbow.train.checkpoint.RunIdentity;
import elbow.train.plan.TrainingPlan;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** The checkpoints of a {@code train} command: whether there may be some, whether they fit, and where it begins. */
final class TrainingCheckpoints {
    private static final String REPLICAS = "replicas";

    private final CheckpointDirectory directory;
    private final RunIdentity settings;
    private final OptionalInt every;
    private final boolean resumes;

    private TrainingCheckpoints(
            CheckpointDirectory directory, RunIdentity settings, OptionalInt every, boolean resumes) {
        this.directory = directory;
        this.settings = settings;
        this.every = every;
        this.resumes = resumes;
    }

    /**
     * Looks at what is there, before any row is read.
     *
     * @throws ElbowException of category USAGE if checkpoints are there that the request does not speak of, or none are
     *     there to go on from, or they are of a run with other settings; of category MODEL if all are damaged
     */
    static TrainingCheckpoints of(TrainRequest request, Configuration hadoop) {
        CheckpointDirectory directory = CheckpointDirectory.beside(request.model(), hadoop);
        boolean resumes = request.start() == Start.RESUME;
        if (request.start() == Start.NEW && !directory.isEmpty()) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    "--model must name a model that no interrupted run was making, but " + directory.path()
                            + " has checkpoints of one: go on with --resume, or start anew with --overwrite");
        }
        RunIdentity settings = new RunIdentity(settings(request));
        if (resumes) {
            directory.requireSameRun(settings);
        }
        return new TrainingCheckpoints(
                directory, settings, request.configuration().positiveIntOrAuto("training.checkpoint-rounds"), resumes);
    }

    private static SortedMap<String, String> settings(TrainRequest request) {
        SortedMap<String, String> settings =
                new TreeMap<>(request.configuration().asTexts());
        // What the model does not depend on, and what is compared as it was resolved.
        settings.keySet().removeIf(key -> key.startsWith("report."));
        settings.remove("training.checkpoint-rounds");
        settings.remove("training.tensorboard");
        settings.remove("training.replicas");
        settings.put("--ignore", String.join(",", request.ignored()));
        settings.put(
                "--normal-only",
                request.normalOnly()
                        .map(normal -> normal.column() + "=" + normal.value())
                        .orElse("not given"));
        settings.put("--where", request.input().where().orElse("not given"));
        settings.put("--select", String.join(",", request.input().select()));
        return settings;
    }

    /** How many replicas "auto" stands for: as many as there were, or {@code cores}. */
    int replicas(int cores) {
        return resumes ? Integer.parseInt(directory.newestRun().facts().getOrDefault(REPLICAS, "" + cores)) : cores;
    }

    /**
     * Where the run begins and leaves its checkpoints, now that its data are known.
     *
     * @throws ElbowException of category USAGE if the data are others than the checkpoint's
     */
    Checkpoints opened(PreparedRows rows, TrainingPlan plan) {
        RunIdentity run = settings.with(Map.of(
                "rows' fingerprint",
                rows.fingerprint(),
                "training rows",
                Long.toString(rows.trainingRows()),
                "validation rows",
                Long.toString(rows.validationRows()),
                "encoder's digest",
                Digests.sha256(FeatureEncoderJson.write(rows.encoder())).substring(0, 16),
                REPLICAS,
                Integer.toString(plan.replicas())));
        Optional<Checkpoint> start = Optional.empty();
        if (resumes) {
            directory.requireSameRun(run);
            start = Optional.of(directory.load());
        } else {
            directory.delete();
        }
        return new PeriodicCheckpoints(directory, run, every, start);
    }

    /** Removes the checkpoints: the model is there. */
    void delete() {
        directory.delete();
    }
}
