package elbow.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.DocumentException;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.JsonReader;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.base.RunId;
import elbow.files.MarkerFiles;
import elbow.files.Place;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a model, {@code cardio@1}, {@code cardio@2} and so on, which are model directories beside each other,
 * and which of them is in force: {@code cardio@latest}. That is the one promoted last, which a later promotion of an
 * earlier one takes back. Each promotion is one small file, {@code .cardio.versions/N.json}, that is created once.
 */
public final class ModelVersions {
    private static final Pattern NAME = Pattern.compile("(.+)@(?:([1-9]\\d{0,8})|(latest)|(next))");
    private static final Pattern OTHER_CASE = Pattern.compile("[^/]+@(?:latest|next)", Pattern.CASE_INSENSITIVE);
    private static final Pattern PROMOTION = Pattern.compile("([1-9]\\d{0,8})\\.json");

    private final Place base;

    private ModelVersions(Parameter parameter, Path base, Configuration hadoop) {
        this.base = Place.of(parameter.name(), base.toString(), ErrorCategory.MODEL, hadoop);
    }

    /**
     * The place of a model that is to be read: that of the version in force where {@code uri} ends in {@code @latest},
     * else {@code uri} as it is.
     *
     * @param parameter what names it, for messages
     * @throws ElbowException of category MODEL if no version was promoted
     */
    public static String toRead(Parameter parameter, String uri, Configuration hadoop) {
        Matcher name = name(uri);
        if (name == null || name.group(3) == null) {
            return uri;
        }
        ModelVersions versions = new ModelVersions(parameter, base(uri, name), hadoop);
        int latest = versions.latest()
                .orElseThrow(() -> new ElbowException(
                        ErrorCategory.MODEL,
                        Message.of(
                                parameter,
                                " must name a model of which a version was promoted, but of " + versions.base
                                        + " none was")));
        return versions.version(latest).toString();
    }

    /**
     * The place of a model that is to be written: that of the next version where {@code uri} ends in {@code @next},
     * else {@code uri} as it is.
     *
     * @throws ElbowException of category USAGE if it ends in {@code @latest}, which is another one once it is written,
     *     or in one of both in other case
     */
    public static String toWrite(String uri, Configuration hadoop) {
        Matcher name = name(uri);
        if (name == null && OTHER_CASE.matcher(last(uri)).matches()) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(Parameter.MODEL, " must have @next and @latest in lower case, but is " + uri));
        }
        if (name == null || name.group(2) != null) {
            return uri;
        }
        if (name.group(3) != null) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            Parameter.MODEL,
                            " must be a directory to write, or end in @next for the next version, but is " + uri));
        }
        ModelVersions versions = new ModelVersions(Parameter.MODEL, base(uri, name), hadoop);
        return versions.version(versions.highest() + 1).toString();
    }

    /** Whether {@code uri} asks for the next version, which is to be promoted once it is written. */
    public static boolean isNext(String uri) {
        Matcher name = name(uri);
        return name != null && name.group(4) != null;
    }

    /**
     * Puts a version in force.
     *
     * @param uri of the version: {@code models/cardio@2}
     * @return the version that was in force before; empty if none was
     * @throws ElbowException of category USAGE if it names no version; of category MODEL if there is no such model
     */
    public static OptionalInt promote(String uri, Configuration hadoop) {
        Matcher name = name(uri);
        if (name == null || name.group(2) == null) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            Parameter.MODEL,
                            " must name a version of a model, such as models/cardio@2, but is " + uri));
        }
        ModelVersions versions = new ModelVersions(Parameter.MODEL, base(uri, name), hadoop);
        int version = Integer.parseInt(name.group(2));
        if (!new ModelDirectory(versions.version(version).toString(), hadoop).exists()) {
            throw new ElbowException(
                    ErrorCategory.MODEL,
                    Message.of(
                            Parameter.MODEL,
                            " must name a model that is there, but " + versions.version(version) + " has none"));
        }
        OptionalInt before = versions.latest();
        versions.record(version);
        return before;
    }

    /**
     * Which version is in force now of the model that {@code uri} names a version of; empty if none is.
     *
     * @throws ElbowException of category MODEL if the last promotion is damaged
     */
    static OptionalInt inForce(String uri, Configuration hadoop) {
        Matcher name = Objects.requireNonNull(name(uri), uri);
        return new ModelVersions(Parameter.MODEL, base(uri, name), hadoop).latest();
    }

    /** The version that was promoted last; empty if none was. */
    private OptionalInt latest() {
        OptionalInt last = promotions().max();
        return last.isPresent() ? OptionalInt.of(version(last.getAsInt() + ".json")) : last;
    }

    private void record(int version) {
        ObjectNode json = JsonReader.newObject();
        json.put("version", version);
        json.put("promotedAt", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        json.put("runId", RunId.ofProcess());
        int number = promotions().max().orElse(0) + 1;
        while (!files().create(number + ".json", json + "\n")) {
            // Another one was promoted at the same moment: this one is the later.
            number++;
        }
    }

    private int version(String promotion) {
        String text = files().read(promotion)
                .orElseThrow(() -> new ElbowException(
                        ErrorCategory.MODEL, files().place(promotion) + " must be a file, but is gone"));
        try {
            return JsonReader.read(promotion, text, json -> {
                json.text("promotedAt");
                json.text("runId");
                return json.integer("version");
            });
        } catch (DocumentException e) {
            throw new ElbowException(
                    ErrorCategory.MODEL,
                    files().place(promotion) + " is no promotion that Elbow has written: " + e.getMessage()
                            + "; remove it, and the promotion before it holds again",
                    e);
        }
    }

    private IntStream promotions() {
        return files().names().stream()
                .map(PROMOTION::matcher)
                .filter(Matcher::matches)
                .mapToInt(name -> Integer.parseInt(name.group(1)));
    }

    // Of a version that is gone the number does not come again if it was ever promoted.
    private int highest() {
        String prefix = base.path().getName() + "@";
        IntStream there = base.parent().list().stream()
                .map(FileStatus::getPath)
                .map(Path::getName)
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .filter(number -> number.matches("[1-9]\\d{0,8}"))
                .mapToInt(Integer::parseInt);
        IntStream promoted = promotions().map(number -> version(number + ".json"));
        return IntStream.concat(there, promoted).max().orElse(0);
    }

    private MarkerFiles files() {
        return new MarkerFiles(base.sibling("." + base.path().getName() + ".versions"));
    }

    private Path version(int number) {
        return base.sibling(base.path().getName() + "@" + number).path();
    }

    private static @Nullable Matcher name(String uri) {
        Matcher name = NAME.matcher(last(uri));
        return name.matches() ? name : null;
    }

    private static Path base(String uri, Matcher name) {
        String place = trimmed(uri);
        return new Path(place.substring(0, place.lastIndexOf('/') + 1) + name.group(1));
    }

    private static String last(String uri) {
        String place = trimmed(uri);
        return place.substring(place.lastIndexOf('/') + 1);
    }

    // As shells complete the names of directories.
    private static String trimmed(String uri) {
        int end = uri.length();
        while (end > 0 && uri.charAt(end - 1) == '/') {
            end--;
        }
        return uri.substring(0, end);
    }
}
