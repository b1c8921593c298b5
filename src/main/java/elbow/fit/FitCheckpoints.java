package elbow.fit;

import elbow.base.Configuration;
import elbow.base.Digests;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.feature.FeatureEncoderJson;
import elbow.data.rows.Split;
import elbow.train.checkpoint.Checkpoint;
import elbow.train.checkpoint.CheckpointDirectory;
import elbow.train.checkpoint.Checkpoints;
import elbow.train.checkpoint.PeriodicCheckpoints;
import elbow.train.checkpoint.RunIdentity;
import elbow.train.plan.TrainingPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** The checkpoints of a fit: whether there may be some, whether they fit, and where it begins. */
final class FitCheckpoints {
    private static final String REPLICAS = "replicas";
    private static final String COPIES = "copies of common rows";

    private final CheckpointDirectory directory;
    private final RunIdentity settings;
    private final OptionalInt every;
    private final boolean resumes;

    private FitCheckpoints(CheckpointDirectory directory, RunIdentity settings, OptionalInt every, boolean resumes) {
        this.directory = directory;
        this.settings = settings;
        this.every = every;
        this.resumes = resumes;
    }

    /**
     * Looks at what is there, before any row is read.
     *
     * @param ignored columns that are no features
     * @param selection what was taken of the data
     * @throws ElbowException of category USAGE if there are checkpoints and {@code start} is NEW, or none to resume
     *     from, or they are of a run with other settings; of category MODEL if all are damaged
     */
    static FitCheckpoints of(
            CheckpointDirectory directory,
            Start start,
            Configuration configuration,
            List<String> ignored,
            Map<String, String> selection) {
        if (start == Start.NEW && !directory.isEmpty()) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            Parameter.MODEL,
                            " must name a model that no interrupted run was making, but " + directory.path()
                                    + " has checkpoints of one: go on with ",
                            Parameter.RESUME,
                            ", or start anew with ",
                            Parameter.OVERWRITE));
        }
        RunIdentity settings = new RunIdentity(settings(configuration, ignored, selection));
        boolean resumes = start == Start.RESUME;
        if (resumes) {
            directory.requireSameRun(settings);
        }
        return new FitCheckpoints(
                directory, settings, configuration.positiveIntOrAuto("training.checkpoint-rounds"), resumes);
    }

    private static SortedMap<String, String> settings(
            Configuration configuration, List<String> ignored, Map<String, String> selection) {
        SortedMap<String, String> settings = new TreeMap<>(configuration.asTexts());
        // What the model does not depend on, and what is compared as it was resolved.
        settings.keySet().removeIf(key -> key.startsWith("report."));
        settings.remove("training.checkpoint-rounds");
        settings.remove("training.tensorboard");
        settings.remove("training.replicas");
        settings.put(Parameter.IGNORE.name(), String.join(",", ignored));
        settings.putAll(selection);
        return settings;
    }

    /** How many replicas "auto" stands for: as many as there were, or {@code cores}. */
    int replicas(int cores) {
        if (!resumes) {
            return cores;
        }
        String found = directory.newestRun().facts().getOrDefault(REPLICAS, Integer.toString(cores));
        if (!found.matches("[1-9]\\d{0,8}")) {
            throw new ElbowException(
                    ErrorCategory.MODEL,
                    "a checkpoint in " + directory.path() + " must say how many replicas there were, but says "
                            + found);
        }
        return Integer.parseInt(found);
    }

    /** What becomes of common rows: what did in the run that is resumed, which may be from before they were dealt. */
    Split.Copies copies() {
        return resumes && !directory.newestRun().facts().containsKey(COPIES)
                ? Split.Copies.TOGETHER
                : Split.Copies.DEALT;
    }

    /**
     * Where the run begins and leaves its checkpoints, now that its data are known.
     *
     * @param stops whether training is to stop
     * @throws ElbowException of category USAGE if the data are others than the checkpoint's
     */
    Checkpoints opened(PreparedRows rows, TrainingPlan plan, BooleanSupplier stops) {
        RunIdentity identity = copies() == Split.Copies.DEALT ? settings.with(Map.of(COPIES, "dealt")) : settings;
        RunIdentity run = identity.with(Map.of(
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
        return new PeriodicCheckpoints(directory, run, every, start, stops);
    }

    /** Removes the checkpoints: the model is there. */
    void delete() {
        directory.delete();
    }
}
