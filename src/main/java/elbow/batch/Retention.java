package elbow.batch;

import elbow.base.ElbowException;
import elbow.base.RunId;
import elbow.batch.LedgerEntry.Counts;
import elbow.batch.LedgerEntry.Reason;
import elbow.failure.StorageFailure;
import elbow.files.RunLock;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Deletes what nobody needs: what runs have left that did not get to an end, scores that newer ones have replaced some
 * time ago, and scores of partitions that are too old. The ledger keeps every entry; the end of old scores is one more
 * entry, written before they go.
 */
final class Retention {
    private static final Duration TEMPORARY_AGE = Duration.ofHours(1);

    private final BatchPlaces places;
    private final BatchSettings settings;
    private final RunLock lock;
    private final Clock clock;
    private final Consumer<ElbowException> damaged;
    private final LocalDate today;

    /** @param damaged takes what is wrong with entries of the ledgers */
    Retention(BatchPlaces places, BatchSettings settings, RunLock lock, Clock clock, Consumer<ElbowException> damaged) {
        this.places = places;
        this.settings = settings;
        this.lock = lock;
        this.clock = clock;
        this.damaged = damaged;
        today = LocalDate.now(clock);
    }

    /** Whether scores of this date are not kept any more. */
    static boolean isOver(LocalDate date, LocalDate today, BatchSettings settings) {
        return settings.retentionDays() > 0 && date.isBefore(today.minusDays(settings.retentionDays()));
    }

    /** Deletes, for every model of the output. */
    void apply() {
        try {
            places.lock().deleteTemporaries(clock.instant().minus(TEMPORARY_AGE));
            for (FileStatus model : directories(places.output().path(), BatchPlaces.MODEL)) {
                apply(model.getPath());
            }
        } catch (IOException e) {
            throw StorageFailure.of("clean " + places.output(), e);
        }
    }

    private void apply(Path model) throws IOException {
        Ledger ledger = places.ledger(model.getName().substring(BatchPlaces.MODEL.length()), damaged);
        ledger.files().deleteTemporaries(clock.instant().minus(TEMPORARY_AGE));
        NavigableMap<LocalDate, Integer> revisions = ledger.revisions();
        String prefix = places.column() + "=";
        for (FileStatus partition : directories(model, prefix)) {
            LocalDate date;
            try {
                date = LocalDate.parse(partition.getPath().getName().substring(prefix.length()));
            } catch (DateTimeParseException e) {
                continue;
            }
            clean(partition.getPath(), date, revisions.getOrDefault(date, 0), ledger);
        }
    }

    private void clean(Path partition, LocalDate date, int revision, Ledger ledger) throws IOException {
        List<FileStatus> scorings = directories(partition, BatchPlaces.RUN);
        if (scorings.size() == 1 && revision == 1 && !isOver(date, today, settings)) {
            // The usual case, for which the ledger need not be read: the only scores are the published ones.
            return;
        }
        Set<Long> needed = new HashSet<>();
        if (revision > 0) {
            Optional<LedgerEntry> known = ledger.entry(date, revision);
            if (known.isEmpty()) {
                // A damaged entry: what it published is not known, and so all stays.
                return;
            }
            LedgerEntry newest = known.get();
            if (newest.isPublished() && isOver(date, today, settings)) {
                newest = removal(newest);
                if (!ledger.commit(newest)) {
                    return;
                }
            }
            if (newest.isPublished()) {
                needed.add(newest.run());
            }
            Instant longAgo = clock.instant().minus(Duration.ofDays(settings.supersededDays()));
            boolean inUse = newest.isPublished() && newest.committedAt().isAfter(longAgo);
            for (int earlier = 1; inUse && earlier < revision; earlier++) {
                Optional<LedgerEntry> replaced = ledger.entry(date, earlier);
                if (replaced.isEmpty()) {
                    return;
                }
                needed.add(replaced.get().run());
            }
        }
        boolean empty = true;
        for (FileStatus scoring : scorings) {
            OptionalLong run = runOf(scoring.getPath());
            // A run with a higher number has the lock now, and will do its own cleaning.
            if (run.isPresent() && run.getAsLong() <= lock.token() && !needed.contains(run.getAsLong())) {
                places.output().files().delete(scoring.getPath(), true);
            } else {
                empty = false;
            }
        }
        if (empty) {
            places.output().files().delete(partition, true);
        }
    }

    private LedgerEntry removal(LedgerEntry newest) {
        Counts counts = newest.counts();
        return new LedgerEntry(
                newest.modelId(),
                newest.date(),
                newest.revision() + 1,
                Reason.REMOVED,
                lock.token(),
                RunId.ofProcess(),
                "",
                newest.fingerprint(),
                counts,
                newest.startedAt(),
                clock.instant());
    }

    private static OptionalLong runOf(Path scoring) {
        String text = scoring.getName().substring(BatchPlaces.RUN.length());
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private List<FileStatus> directories(Path parent, String prefix) throws IOException {
        List<FileStatus> found = new ArrayList<>();
        try {
            for (FileStatus child : places.output().files().listStatus(parent)) {
                if (child.isDirectory() && child.getPath().getName().startsWith(prefix)) {
                    found.add(child);
                }
            }
        } catch (FileNotFoundException e) {
            // A missing directory needs no cleaning.
            return found;
        }
        return found;
    }
}
