package elbow.data.rows;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * What one pass over rows finds out of the hashes of their content: how many rows each side of a split gets, and which
 * contents may be common, by a summary of bounded size (J. Misra, D. Gries. Finding repeated elements. Science of
 * Computer Programming 2, 1982; merged as by P. Agarwal et al. Mergeable summaries. PODS 2012). Not thread-safe.
 */
final class ContentCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    // A content of more than 1 / KEPT of the rows cannot be missed.
    private static final int KEPT = 1000;

    /** One side of a split; sums go by their low 64 bits. */
    static final class Side implements Serializable {
        private static final long serialVersionUID = 1L;

        private long rows;
        private long sum;

        void add(long count, long fingerprint) {
            rows += count;
            sum += count * fingerprint;
        }

        long rows() {
            return rows;
        }

        long sum() {
            return sum;
        }
    }

    private final Side training = new Side();
    private final Side validation = new Side();
    private final HashMap<Long, Long> counts = new HashMap<>();
    private long missed;
    private long leastPlace = -1;
    private long leastHash = -1;
    private long greatestPlace;
    private long greatestHash;

    /**
     * A row.
     *
     * @param held whether it is on the side of validation
     * @param place another hash, whose unsigned order is that of places in the split; equal contents have one place
     * @param hash of its content, which tells contents apart
     * @param fingerprint another hash of its content
     */
    ContentCounts add(boolean held, long place, long hash, long fingerprint) {
        (held ? validation : training).add(1, fingerprint);
        counts.merge(hash, 1L, Long::sum);
        takeLeast(place, hash);
        takeGreatest(place, hash);
        return shrunk();
    }

    ContentCounts add(ContentCounts other) {
        training.rows += other.training.rows;
        training.sum += other.training.sum;
        validation.rows += other.validation.rows;
        validation.sum += other.validation.sum;
        other.counts.forEach((hash, count) -> counts.merge(hash, count, Long::sum));
        missed += other.missed;
        takeLeast(other.leastPlace, other.leastHash);
        takeGreatest(other.greatestPlace, other.greatestHash);
        return shrunk();
    }

    private void takeLeast(long place, long hash) {
        if (compare(place, hash, leastPlace, leastHash) < 0) {
            leastPlace = place;
            leastHash = hash;
        }
    }

    private void takeGreatest(long place, long hash) {
        if (compare(place, hash, greatestPlace, greatestHash) > 0) {
            greatestPlace = place;
            greatestHash = hash;
        }
    }

    // Contents of one place by their hashes, so that one of them is the first whatever their order is.
    private static int compare(long place, long hash, long otherPlace, long otherHash) {
        int places = Long.compareUnsigned(place, otherPlace);
        return places == 0 ? Long.compareUnsigned(hash, otherHash) : places;
    }

    private ContentCounts shrunk() {
        if (counts.size() > 2 * KEPT) {
            long[] sorted =
                    counts.values().stream().mapToLong(count -> count).sorted().toArray();
            long less = sorted[sorted.length - 1 - KEPT];
            missed += less;
            counts.replaceAll((hash, count) -> count - less);
            counts.values().removeIf(count -> count <= 0);
        }
        return this;
    }

    Side training() {
        return training;
    }

    Side validation() {
        return validation;
    }

    long rows() {
        return training.rows + validation.rows;
    }

    /** The hash of the content that is the first to be held out; meaningless without rows. */
    long leastHash() {
        return leastHash;
    }

    /** The hash of the content that is the last to be held out; meaningless without rows. */
    long greatestHash() {
        return greatestHash;
    }

    /** The hashes of all contents that more than {@code share} of the rows may have, ascending, and of few others. */
    long[] mayBeCommon(double share) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() + missed > Math.max(1, share * rows()))
                .mapToLong(Map.Entry::getKey)
                .sorted()
                .toArray();
    }
}
