package elbow.signature;

import elbow.base.Check;
import elbow.base.Digests;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.failure.StorageFailure;
import elbow.files.Place;
import elbow.files.UnfitFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;

/**
 * The files of a directory, at any depth, but for the signature itself and hidden ones, which nothing reads.
 *
 * @param digests SHA-256 in hex by path within the directory, parted by slashes
 */
record SignedFiles(SortedMap<String, String> digests) {
    private static final String TITLE = "elbow model signature 1";
    private static final long LARGEST = Integer.MAX_VALUE - 8L;

    SignedFiles {
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
        digests.forEach((name, digest) -> {
            Check.document(!name.isEmpty() && name.indexOf('\n') < 0, "name in files", "be a path", name);
            Check.document(digest.matches("[0-9a-f]{64}"), "digest of " + name, "be 64 hex digits", digest);
        });
    }

    /**
     * Those that are there now.
     *
     * @throws ElbowException of category MODEL if one is no regular file, or larger than any of a model
     */
    static SignedFiles of(Place directory) {
        SortedMap<String, String> digests = new TreeMap<>();
        places(directory).forEach((name, place) -> digests.put(name, digest(place, LARGEST)));
        return new SignedFiles(digests);
    }

    /** The files that are there now, by path within the directory; none is opened. */
    static SortedMap<String, Place> places(Place directory) {
        SortedMap<String, Place> places = new TreeMap<>();
        collect(directory, "", places);
        return places;
    }

    private static void collect(Place directory, String prefix, Map<String, Place> places) {
        for (FileStatus entry : directory.list()) {
            String name = entry.getPath().getName();
            Place place = directory.child(name);
            if (name.startsWith(".") || (prefix.isEmpty() && name.equals(ModelSignature.FILE))) {
                continue;
            }
            if (entry.isDirectory()) {
                collect(place, prefix + name + "/", places);
            } else {
                places.put(prefix + name, place);
            }
        }
    }

    /** @param most how many bytes it may have */
    static String digest(Place file, long most) {
        try {
            return Digests.sha256(file.read(most));
        } catch (UnfitFileException e) {
            throw new ElbowException(ErrorCategory.MODEL, Message.firstLine(e), e);
        } catch (IOException e) {
            throw StorageFailure.of("read " + file, e);
        }
    }

    /** What is signed: a title, the time, and a line for each file in the order of their paths. */
    byte[] text(String signedAt) {
        StringBuilder text =
                new StringBuilder(TITLE).append('\n').append(signedAt).append('\n');
        digests.forEach(
                (name, digest) -> text.append(digest).append("  ").append(name).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
