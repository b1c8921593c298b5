package elbow.batch;

import elbow.base.DocumentException;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.files.MarkerFiles;
import elbow.files.Place;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which partitions a model has scored. One file for each scoring, {@code DATE.REVISION.json}: created once, in one
 * atomic operation, and never changed or deleted. That file is the commit: scores that no entry names are not
 * published.
 */
final class Ledger {
    /** Where the ledgers of all models lie, in the output. */
    static final String DIRECTORY = "_ledger";

    private static final Pattern NAME = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})\\.(\\d{1,9})\\.json");

    private final MarkerFiles files;
    private final Consumer<ElbowException> damaged;

    /**
     * A ledger whose entries must all be whole.
     *
     * @param output the batch's output
     */
    Ledger(Place output, String modelId) {
        this(output, modelId, damage -> {
            throw damage;
        });
    }

    /**
     * A ledger for a run that goes on where an entry is damaged: it counts as one that is there, and cannot be read.
     * One of a format version that this build does not know is not damaged, and reading it fails with an
     * {@link ElbowException}: what it says is published must not be published again.
     *
     * @param output the batch's output
     * @param damaged takes what is wrong with an entry, each time that it is read
     */
    Ledger(Place output, String modelId, Consumer<ElbowException> damaged) {
        files = new MarkerFiles(output.child(DIRECTORY).child(modelId));
        this.damaged = damaged;
    }

    MarkerFiles files() {
        return files;
    }

    /** The highest revision of each date, ascending. */
    NavigableMap<LocalDate, Integer> revisions() {
        NavigableMap<LocalDate, Integer> revisions = new TreeMap<>();
        for (String name : files.names()) {
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches()) {
                try {
                    revisions.merge(LocalDate.parse(matcher.group(1)), Integer.parseInt(matcher.group(2)), Math::max);
                } catch (DateTimeParseException e) {
                    tell(name, "has a name that is no date", e);
                }
            }
        }
        return revisions;
    }

    /** The entry of that name; empty if there is none, or it is damaged. */
    Optional<LedgerEntry> entry(LocalDate date, int revision) {
        String name = name(date, revision);
        return files.read(name).flatMap(text -> parsed(name, text));
    }

    /** The newest entries of the last {@code most} dates before {@code before}, ascending by date. */
    List<LedgerEntry> newestBefore(LocalDate before, int most) {
        List<LedgerEntry> entries = new ArrayList<>();
        for (var revision : revisions().headMap(before, false).descendingMap().entrySet()) {
            if (entries.size() == most) {
                break;
            }
            entry(revision.getKey(), revision.getValue()).ifPresent(entries::add);
        }
        Collections.reverse(entries);
        return entries;
    }

    /** The newest entry of every date, ascending. */
    List<LedgerEntry> newest() {
        List<LedgerEntry> entries = new ArrayList<>();
        revisions().forEach((date, revision) -> entry(date, revision).ifPresent(entries::add));
        return entries;
    }

    /**
     * Publishes.
     *
     * @return false if there is an entry of this date and revision already, which stays
     */
    boolean commit(LedgerEntry entry) {
        return files.create(name(entry.date(), entry.revision()), LedgerEntryJson.write(entry));
    }

    private Optional<LedgerEntry> parsed(String name, String text) {
        try {
            LedgerEntry entry = LedgerEntryJson.read(name, text);
            if (!name(entry.date(), entry.revision()).equals(name)) {
                throw new DocumentException(name + " must be of its name's date and revision");
            }
            return Optional.of(entry);
        } catch (DocumentException e) {
            tell(name, "is not what a batch writes: " + e.getMessage(), e);
            return Optional.empty();
        } catch (ElbowException e) {
            throw fault(name, "cannot be read by this build: " + e.getMessage(), e);
        }
    }

    private void tell(String name, String fault, RuntimeException cause) {
        damaged.accept(fault(name, fault, cause));
    }

    private ElbowException fault(String name, String fault, RuntimeException cause) {
        return new ElbowException(ErrorCategory.INPUT, "ledger entry " + files.place(name) + " " + fault, cause);
    }

    private static String name(LocalDate date, int revision) {
        return date + "." + revision + ".json";
    }
}
