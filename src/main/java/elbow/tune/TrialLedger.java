package elbow.tune;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.DocumentException;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.JsonReader;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.files.MarkerFiles;
import elbow.files.Place;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trainings that are done, one file each, and what they are of. A file appears whole or not at all, and is never
 * changed: a search that was killed goes on with those that are there.
 */
final class TrialLedger {
    /** The directory of the lock, beside the ledger. */
    static final String LOCK = "lock";

    private static final String LEDGER = "ledger";
    private static final String SETTINGS = "settings.json";
    private static final Set<String> OWN = Set.of(LEDGER, LOCK);
    private static final Pattern TRIAL = Pattern.compile("trial-\\d+-epochs-\\d+\\.json");
    private static final int VERSION = 1;

    private final MarkerFiles files;
    private final MarkerFiles results;

    /** @param output directory of the search */
    TrialLedger(Place output) {
        files = new MarkerFiles(output.child(LEDGER));
        results = new MarkerFiles(output);
    }

    /**
     * Requires that the directory is one of a search, or empty, or not there.
     *
     * @throws ElbowException of category USAGE that names it otherwise
     */
    static void requireOwn(Place output) {
        List<String> names =
                output.list().stream().map(status -> status.getPath().getName()).toList();
        // One that ended before its first trial leaves a lock that was given back; results alone may be anybody's.
        boolean own = output.child(LEDGER).child(SETTINGS).isFile()
                || (names.stream().allMatch(name -> OWN.contains(name) || TuningFiles.NAMES.contains(name))
                        && (names.isEmpty() || names.stream().anyMatch(OWN::contains)));
        if (output.isFile() || (output.exists() && !own)) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            output.parameter(),
                            " must name a directory that a search has made, or a new one, but " + output
                                    + " is something else"));
        }
    }

    /** Forgets all. The results go first: none is left that no trial stands for; the settings last. */
    void clear() {
        TuningFiles.NAMES.forEach(results::delete);
        files.names().stream().filter(name -> !name.equals(SETTINGS)).forEach(files::delete);
        files.delete(SETTINGS);
    }

    /**
     * Begins a search, or goes on with one.
     *
     * @param settings what decides on its result, by name; may have more keys of the configuration, which are not kept
     * @throws ElbowException of category USAGE that names what differs from those of the search that is there; of
     *     category INPUT if nothing says what its trials are of
     */
    void begin(SortedMap<String, String> settings) {
        ObjectNode root = JsonReader.newObject();
        root.put("version", VERSION);
        ObjectNode values = root.putObject("settings");
        SortedMap<String, String> deciding = new TreeMap<>(settings);
        deciding.keySet().removeIf(TrialLedger::decidesOnNoTrial);
        deciding.forEach(values::put);
        List<String> names = files.names();
        if (!names.contains(SETTINGS) && names.stream().anyMatch(TRIAL.asMatchPredicate())) {
            throw new ElbowException(ErrorCategory.INPUT, ofUnknownSettings("is not there"));
        }
        if (!files.create(SETTINGS, JsonReader.pretty(root))) {
            requireSame(deciding);
        }
    }

    private static boolean decidesOnNoTrial(String key) {
        return key.startsWith("report.")
                || key.startsWith("refresh.")
                || key.startsWith("generation.")
                || key.equals("training.checkpoint-rounds")
                || key.equals("training.tensorboard");
    }

    private void requireSame(SortedMap<String, String> settings) {
        Map<String, String> found;
        try {
            found = JsonReader.read(SETTINGS, files.read(SETTINGS).orElse(""), root -> {
                root.integer("version");
                return root.textMap("settings");
            });
        } catch (DocumentException e) {
            throw new ElbowException(
                    ErrorCategory.INPUT, ofUnknownSettings("is not what a search writes: " + Message.firstLine(e)), e);
        }
        TreeSet<String> names = new TreeSet<>(settings.keySet());
        names.addAll(found.keySet());
        // Earlier builds kept some of them.
        names.removeIf(TrialLedger::decidesOnNoTrial);
        for (String name : names) {
            @Nullable String was = found.get(name);
            @Nullable String is = settings.get(name);
            if (was == null || !was.equals(is)) {
                throw new ElbowException(
                        ErrorCategory.USAGE,
                        Message.of(
                                files.directory().parameter(),
                                " must name the directory of a search like this one, but in that of "
                                        + files.directory().parent() + " " + name + " is "
                                        + (was == null ? "not given" : was) + " and here "
                                        + (is == null ? "not given" : is)
                                        + ": name another, or begin anew with ",
                                Parameter.OVERWRITE));
            }
        }
    }

    private Message ofUnknownSettings(String fault) {
        return Message.of(
                files.place(SETTINGS) + " must say what the trials beside it are of, but " + fault
                        + "; begin anew with ",
                Parameter.OVERWRITE);
    }

    /** The training of a trial with so many epochs; empty if it is not done. */
    Optional<TrialRun> find(Trial trial, int epochs) {
        String name = name(trial.number(), epochs);
        return files.read(name)
                .map(text -> parsed(name, text, root -> {
                    if (!root.textMap("settings").equals(trial.settings())) {
                        throw new IllegalArgumentException(name + " must be of settings " + trial.settings());
                    }
                    return read(root);
                }));
    }

    /** Adds a training, unless it is there. */
    void add(Trial trial, TrialRun run) {
        ObjectNode root = write(run);
        ObjectNode settings = root.putObject("settings");
        trial.settings().forEach(settings::put);
        files.create(name(run.trial(), run.epochs()), JsonReader.pretty(root));
    }

    private static String name(int trial, int epochs) {
        return String.format(Locale.ROOT, "trial-%04d-epochs-%d.json", trial, epochs);
    }

    /** A training as JSON. */
    static ObjectNode write(TrialRun run) {
        ObjectNode node = JsonReader.newObject();
        node.put("trial", run.trial());
        node.put("epochs", run.epochs());
        if (run.failure() != null) {
            return node.put("failure", run.failure());
        }
        node.put("score", run.score());
        node.set("standardError", JsonReader.number(run.standardError()));
        node.put("measuredElbo", run.measuredElbo());
        node.put("keptEpoch", run.keptEpoch());
        node.put("parameters", run.parameters());
        node.put("seconds", run.seconds());
        return node;
    }

    private static TrialRun read(JsonReader root) {
        int trial = root.integer("trial");
        int epochs = root.integer("epochs");
        return root.has("failure")
                ? TrialRun.failed(trial, epochs, root.text("failure"))
                : new TrialRun(
                        trial,
                        epochs,
                        null,
                        root.number("score"),
                        root.number("standardError"),
                        root.number("measuredElbo"),
                        root.integer("keptEpoch"),
                        root.integer("parameters"),
                        root.number("seconds"));
    }

    private <T> T parsed(String name, String text, Function<JsonReader, T> read) {
        try {
            return JsonReader.read(name, text, read);
        } catch (DocumentException e) {
            throw new ElbowException(
                    ErrorCategory.INPUT,
                    Message.of(files.place(name) + " is not what a search writes: " + Message.firstLine(e)
                            + "; remove it, and its trial is trained again"),
                    e);
        }
    }
}
