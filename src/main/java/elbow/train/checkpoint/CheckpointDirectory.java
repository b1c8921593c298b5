package elbow.train.checkpoint;

import elbow.base.Digests;
import elbow.base.DocumentException;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.failure.StorageFailure;
import elbow.files.Place;
import elbow.files.StagedDirectory;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run, on any Hadoop file system: a directory beside that of the model to come. Each is written
 * aside and then renamed, and names the digest of its vectors, so that a part of one is never taken for a whole, even
 * where renaming is not atomic. The last two are kept.
 */
public final class CheckpointDirectory {
    private static final Logger LOGGER = LoggerFactory.getLogger(CheckpointDirectory.class);
    private static final String SUFFIX = ".checkpoints";
    private static final String PREFIX = "round-";
    private static final String JSON = "checkpoint.json";
    private static final String VECTORS = "state.bin";
    private static final int KEPT = 2;

    private final Place directory;

    private CheckpointDirectory(Place directory) {
        this.directory = directory;
    }

    /**
     * The place of the checkpoints of the model that {@code model} names.
     *
     * @throws ElbowException of category USAGE if it is no path of a known file system
     */
    public static CheckpointDirectory beside(String model, Configuration hadoop) {
        Place place = Place.of(Parameter.MODEL.name(), model, ErrorCategory.USAGE, hadoop);
        return new CheckpointDirectory(place.sibling(place.path().getName() + SUFFIX));
    }

    /** Where the checkpoints are. */
    public Path path() {
        return directory.path();
    }

    /** As {@link #path}, with its file system. */
    public Place place() {
        return directory;
    }

    /** The place of the lock of whoever writes the checkpoints, or the model that they are of. */
    public Place lock() {
        String name = directory.path().getName();
        return directory.sibling("." + name.substring(0, name.length() - SUFFIX.length()) + ".lock");
    }

    /** Whether there is no checkpoint. */
    public boolean isEmpty() {
        return rounds().isEmpty();
    }

    /**
     * Requires that an interrupted run can be continued by one with these facts.
     *
     * @throws ElbowException of category USAGE if there is no checkpoint, or it is of another run: names what differs;
     *     of category MODEL if all checkpoints are damaged
     */
    public void requireSameRun(RunIdentity run) {
        List<Message> differences = run.differences(newest().run);
        if (!differences.isEmpty()) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            Parameter.RESUME,
                            " must continue the run that was interrupted, but ",
                            Message.join("; ", differences),
                            " in the checkpoint (" + directory + "); give what was given then, or start anew with ",
                            Parameter.OVERWRITE));
        }
    }

    /** Which run the newest checkpoint that is whole belongs to; fails as {@link #load} does. */
    public RunIdentity newestRun() {
        return newest().run;
    }

    /**
     * The newest checkpoint that is whole.
     *
     * @throws ElbowException of category USAGE if there is none, of category MODEL if all are damaged
     */
    public Checkpoint load() {
        Found found = newest();
        return found.checkpoint;
    }

    /** Writes a checkpoint and removes older ones. */
    public void save(Checkpoint checkpoint, RunIdentity run) {
        String name =
                String.format(Locale.ROOT, "%s%010d", PREFIX, checkpoint.state().round());
        Place target = directory.child(name);
        StagedDirectory staged = new StagedDirectory(target, directory.child("_" + name), JSON);
        MessageDigest digest = Digests.sha256();
        try {
            // Half a checkpoint, of a process that has ended.
            staged.discard();
            staged.write(
                    VECTORS, output -> CheckpointJson.writeVectors(checkpoint, new DigestOutputStream(output, digest)));
            String json = CheckpointJson.write(checkpoint, run, hex(digest));
            staged.write(JSON, json.getBytes(StandardCharsets.UTF_8));
            // One of this round that is there already is of a run that was interrupted and has come here again.
            staged.replace();
        } catch (IOException e) {
            throw StorageFailure.of("write checkpoint " + target, e);
        }
        rounds().stream().skip(KEPT).forEach(Place::delete);
    }

    /** Removes all checkpoints: the run is over, or starts anew. */
    public void delete() {
        directory.delete();
    }

    private record Found(RunIdentity run, Checkpoint checkpoint) {}

    private Found newest() {
        List<String> faults = new ArrayList<>();
        for (Place round : rounds()) {
            Optional<Found> found = read(round, faults);
            if (found.isPresent()) {
                return found.get();
            }
        }
        if (faults.isEmpty()) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            Parameter.RESUME,
                            " must find a checkpoint, but there is none in " + directory + ": start the run without ",
                            Parameter.RESUME));
        }
        throw new ElbowException(
                ErrorCategory.MODEL,
                "a checkpoint in " + directory + " must be whole, but all are damaged: " + String.join("; ", faults));
    }

    private static Optional<Found> read(Place round, List<String> faults) {
        try {
            return Optional.of(read(round));
        } catch (FileNotFoundException | DocumentException e) {
            return damaged(round, e, faults);
        } catch (UncheckedIOException e) {
            throw StorageFailure.of("read checkpoint " + round, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw StorageFailure.of("read checkpoint " + round, e);
        }
    }

    private static Optional<Found> damaged(Place round, Exception fault, List<String> faults) {
        LOGGER.warn("checkpoint {} is damaged", round, fault);
        faults.add(round.path().getName() + ": " + fault.getMessage());
        return Optional.empty();
    }

    private static Found read(Place round) throws IOException {
        String json = new String(round.child(JSON).read(), StandardCharsets.UTF_8);
        CheckpointJson.Head head = CheckpointJson.readHead(JSON, json);
        Place vectors = round.child(VECTORS);
        long length = vectors.files().getFileStatus(vectors.path()).getLen();
        MessageDigest digest = Digests.sha256();
        try (InputStream input = new DigestInputStream(vectors.files().open(vectors.path()), digest)) {
            Checkpoint checkpoint = CheckpointJson.read(JSON, json, new StoredVectors(VECTORS, input, length));
            String found = hex(digest);
            if (!found.equals(head.digest())) {
                throw new DocumentException(VECTORS + " must have the SHA-256 that " + JSON + " names, " + head.digest()
                        + ", but has " + found);
            }
            return new Found(head.run(), checkpoint);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Newest first. */
    private List<Place> rounds() {
        return directory.list().stream()
                .map(status -> status.getPath().getName())
                .filter(name -> name.matches(PREFIX + "\\d{10}"))
                .sorted(Comparator.reverseOrder())
                .map(directory::child)
                .toList();
    }
}
