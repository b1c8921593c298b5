package elbow.fit;

import elbow.base.Configuration;
import elbow.base.Digests;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.FeatureEncoderJson;
import elbow.data.rows.Split;
import elbow.data.table.Markers;
import elbow.train.checkpoint.Checkpoint;
import elbow.train.checkpoint.CheckpointDirectory;
import elbow.train.checkpoint.Checkpoints;
import elbow.train.checkpoint.PeriodicCheckpoints;
import elbow.train.checkpoint.RunIdentity;
import elbow.train.plan.TrainingPlan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** The checkpoints of a fit: whether there may be some, whether they fit, and where it begins. */
final class FitCheckpoints {
    private static final String REPLICAS = "replicas";
    private static final String COPIES = "copies of common rows";
    private static final String PLACES = "places of rows";
    private static final String ENCODING = "digest of the encoding";

    /** Of earlier builds: with the words on why columns are left out. */
    private static final String ENCODER = "encoder's digest";

    /** Defaults that were others in earlier builds: what a run of theirs had, unless it was set otherwise. */
    private static final Map<String, String> FORMER_DEFAULTS = Map.of(
            "data.missing",
            "[\"?\",\"\",\"NA\",\"NaN\",\"null\"]",
            "training.learning-rate-schedule.shape",
            "constant");

    private final CheckpointDirectory directory;
    private final Configuration configuration;
    private final RunIdentity settings;
    private final OptionalInt every;
    private final boolean resumes;

    private Optional<String> remark = Optional.empty();

    private FitCheckpoints(
            CheckpointDirectory directory,
            Configuration configuration,
            RunIdentity settings,
            OptionalInt every,
            boolean resumes) {
        this.directory = directory;
        this.configuration = configuration;
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
            FitStart start,
            Configuration configuration,
            List<String> ignored,
            Map<String, String> selection) {
        if (start == FitStart.NEW && !directory.isEmpty()) {
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
        boolean resumes = start == FitStart.RESUME;
        Configuration resolved = resumes ? withDefaultsOf(directory.newestRun(), configuration) : configuration;
        RunIdentity settings = new RunIdentity(settings(resolved, ignored, selection));
        if (resumes) {
            directory.requireSameRun(settings);
        }
        return new FitCheckpoints(
                directory, resolved, settings, resolved.positiveIntOrAuto("training.checkpoint-rounds"), resumes);
    }

    // The command that began the run goes on with it, whatever the defaults are by now.
    private static Configuration withDefaultsOf(RunIdentity found, Configuration configuration) {
        Map<String, String> defaults = Configuration.defaults().asTexts();
        Map<String, String> given = configuration.asTexts();
        Map<String, String> former = new TreeMap<>(FORMER_DEFAULTS);
        former.entrySet()
                .removeIf(entry -> !Objects.equals(given.get(entry.getKey()), defaults.get(entry.getKey()))
                        || !entry.getValue().equals(found.facts().get(entry.getKey())));
        return configuration.withTexts(former, "defaults of the run that is resumed");
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

    /** The settings of the run: those given, with the defaults that it began with. */
    Configuration configuration() {
        return configuration;
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

    /** How rows are held out: as they were in the run that is resumed, which may be of an earlier build. */
    Split.Rule splitRule() {
        if (!resumes) {
            return Split.Rule.WITHOUT_UNITS;
        }
        Set<String> facts = directory.newestRun().facts().keySet();
        if (!facts.contains(COPIES)) {
            return Split.Rule.COPIES_TOGETHER;
        }
        return facts.contains(PLACES) ? Split.Rule.WITHOUT_UNITS : Split.Rule.COPIES_DEALT;
    }

    private static Map<String, String> facts(Split.Rule rule) {
        return switch (rule) {
            case COPIES_TOGETHER -> Map.of();
            case COPIES_DEALT -> Map.of(COPIES, "dealt");
            case WITHOUT_UNITS -> Map.of(COPIES, "dealt", PLACES, "without units");
        };
    }

    /**
     * Where the run begins and leaves its checkpoints, now that its data are known.
     *
     * @param stops whether training is to stop
     * @throws ElbowException of category USAGE if the data are others than the checkpoint's
     */
    Checkpoints opened(PreparedRows rows, TrainingPlan plan, BooleanSupplier stops) {
        RunIdentity run = identity(rows, plan);
        Optional<Checkpoint> start = Optional.empty();
        if (resumes) {
            directory.requireSameRun(run);
            start = Optional.of(directory.load());
        } else {
            directory.delete();
        }
        return new PeriodicCheckpoints(directory, run, every, start, stops);
    }

    /** What its user should know of the run that is resumed, once it is {@link #opened}. */
    Optional<String> remark() {
        return remark;
    }

    /**
     * Requires that a run that is resumed has the data it had; writes nothing.
     *
     * @throws ElbowException of category USAGE if the data are others than the checkpoint's
     */
    void requireSameData(PreparedRows rows, TrainingPlan plan) {
        if (resumes) {
            directory.requireSameRun(identity(rows, plan));
        }
    }

    private RunIdentity identity(PreparedRows rows, TrainingPlan plan) {
        return settings.with(facts(splitRule()))
                .with(Map.of(
                        "rows' fingerprint",
                        rows.fingerprint(),
                        "training rows",
                        Long.toString(rows.trainingRows()),
                        "validation rows",
                        Long.toString(rows.validationRows()),
                        REPLICAS,
                        Integer.toString(plan.replicas())))
                .with(rows.knownFingerprint()
                        .map(known -> Map.of("known anomalies' fingerprint", known))
                        .orElse(Map.of()))
                .with(encoding(rows.encoder(), plan));
    }

    /** What is said of an encoder, in this build's way and, if it can be, in that of the run that is resumed. */
    private Map<String, String> encoding(FeatureEncoder encoder, TrainingPlan plan) {
        String now = digest(FeatureEncoderJson.writeEncoding(encoder));
        Optional<String> then =
                Optional.ofNullable(resumes ? directory.newestRun().facts().get(ENCODER) : null);
        if (then.isEmpty()) {
            return Map.of(ENCODING, now);
        }
        // Where the statistics of all columns are those of a run of a build that knew texts of missing values as they
        // stand only, the training rows have none that this build alone takes for one: to them it is the same encoder.
        List<String> alike = List.of(
                digest(FeatureEncoderJson.write(encoder)),
                digest(FeatureEncoderJson.write(encoder.withMatching(Markers.Matching.EXACT))));
        if (alike.contains(then.get())) {
            return Map.of(ENCODING, now, ENCODER, then.get());
        }
        if (encoder.leftOut().isEmpty()) {
            return Map.of(ENCODING, now, ENCODER, alike.get(0));
        }
        // That build may have had other words for the columns that it left out: which is not known. The same rows and
        // settings make the same encoder, and what is there of the network must fit it.
        requireFit(plan);
        remark = Optional.of(
                "The checkpoints are of an earlier build, and columns are left out: whether they are left out"
                        + " for the same reasons is not known, but rows, settings and the network's size are those of then.");
        return Map.of(ENCODING, now);
    }

    private void requireFit(TrainingPlan plan) {
        int had = directory.load().state().parameters().length;
        int has = Words.parameters(plan.spec());
        if (has != had) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            Parameter.RESUME,
                            " must continue the run that was interrupted, but by these rows the network has " + has
                                    + " parameters, and in the checkpoint (" + directory.path() + ") " + had
                                    + "; start anew with ",
                            Parameter.OVERWRITE));
        }
    }

    private static String digest(String encoder) {
        return Digests.sha256(encoder).substring(0, 16);
    }

    /** Removes the checkpoints: the model is there. */
    void delete() {
        directory.delete();
    }
}
