package elbow.data.rows;

import elbow.data.table.InputErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** A split by the hash of the rows' content, see {@link Split#of}. */
final class HashSplit {
    /** 2^-53: makes the upper bits of a hash a number in [0, 1). */
    private static final double UNIT = 0x1p-53;

    private static final int PASSES_TO_MERGE = 2;

    private final Dataset<Row> rows;
    private final Column hash;
    private final Column fingerprint;
    private final double fraction;

    private HashSplit(Dataset<Row> rows, Column hash, Column fingerprint, double fraction) {
        this.rows = rows;
        this.hash = hash;
        this.fingerprint = fingerprint;
        this.fraction = fraction;
    }

    /**
     * Splits.
     *
     * @param hash of a row's content, and {@code fingerprint} another
     */
    static Split of(Dataset<Row> rows, Column hash, Column fingerprint, double fraction, Split.Copies copies) {
        HashSplit split = new HashSplit(rows, hash, fingerprint, fraction);
        ContentCounts counts = counts(rows, hash, fingerprint, fraction);
        try {
            return copies == Split.Copies.TOGETHER || fraction == 0 || counts.rows() < 2
                    ? split.byContent(counts)
                    : split.weighed(counts);
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw InputErrors.translate(e);
        }
    }

    /** Counts rows, those at places below {@code fraction} as validation. */
    static ContentCounts counts(Dataset<Row> rows, Column hash, Column fingerprint, double fraction) {
        try {
            return rows.select(hash, fingerprint)
                    .javaRDD()
                    .treeAggregate(
                            new ContentCounts(),
                            (counts, row) ->
                                    counts.add(place(row.getLong(0)) < fraction, row.getLong(0), row.getLong(1)),
                            ContentCounts::add,
                            PASSES_TO_MERGE);
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw InputErrors.translate(e);
        }
    }

    private Split byContent(ContentCounts counts) {
        return counted(rows.filter(functions.not(held())), rows.filter(held()), counts, List.of());
    }

    private Split weighed(ContentCounts counts) {
        List<String> remarks = new ArrayList<>();
        CommonContents common = common(counts);
        deal(common, counts);
        if (common.contents() > 0) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "Split: %,d of the %,d rows are copies of %s more than %.0f %% of them are equal to: of the copies"
                            + " of each a share of %s is held out",
                    common.count(),
                    counts.rows(),
                    common.contents() == 1 ? "one row that" : common.contents() + " rows that each",
                    100 * Split.COMMON,
                    fraction));
        }
        if (counts.validation().rows() == 0 || counts.training().rows() == 0) {
            boolean toHold = counts.validation().rows() == 0;
            common = withOneMore(common, counts, toHold);
            remarks.add("Split: by their contents no row would be " + (toHold ? "held out" : "left to train on")
                    + " at a validation fraction of " + fraction + ": one is");
        }
        if (common.contents() == 0) {
            return byContent(counts);
        }
        Column others = functions.not(common.isAmong(hash));
        return counted(
                rows.filter(others.and(functions.not(held()))).union(common.training()),
                rows.filter(others.and(held())).union(common.validation()),
                counts,
                remarks);
    }

    /** Those contents that need to be dealt; none, if the split by content is about as good as among different rows. */
    private CommonContents common(ContentCounts counts) {
        CommonContents candidates = CommonContents.count(rows, hash, fingerprint, counts.mayBeCommon(Split.COMMON));
        int[] chosen = IntStream.range(0, candidates.contents())
                .filter(i -> candidates.count(i) > Math.max(1, Split.COMMON * counts.rows()))
                .toArray();
        // The variance of the share held out is that of different rows times the sum of squares over the rows.
        double squares = IntStream.of(chosen)
                .mapToDouble(i -> (double) candidates.count(i) * candidates.count(i))
                .sum();
        return candidates.only(squares > counts.rows() ? chosen : new int[0]);
    }

    private void deal(CommonContents common, ContentCounts counts) {
        for (int i = 0; i < common.contents(); i++) {
            long count = common.count(i);
            long number = (long) Math.floor(count * fraction + 1 - place(common.hash(i)));
            boolean wasHeld = place(common.hash(i)) < fraction;
            hold(common, i, Math.min(number, count), wasHeld ? count : 0, counts);
        }
    }

    private static void hold(CommonContents common, int content, long number, long before, ContentCounts counts) {
        common.hold(content, number);
        counts.validation().add(number - before, common.fingerprint(content));
        counts.training().add(before - number, common.fingerprint(content));
    }

    /** Gives the side without a row the content that is next to it by its hash, or one copy of it if it is common. */
    private CommonContents withOneMore(CommonContents common, ContentCounts counts, boolean toHold) {
        long next = toHold ? counts.leastHash() : counts.greatestHash();
        int place = Arrays.binarySearch(common.hashes(), next);
        if (place >= 0) {
            long count = common.count(place);
            hold(common, place, toHold ? 1 : count - 1, toHold ? 0 : count, counts);
            return common;
        }
        CommonContents more = CommonContents.count(
                rows,
                hash,
                fingerprint,
                LongStream.concat(LongStream.of(next), LongStream.of(common.hashes()))
                        .sorted()
                        .toArray());
        for (int i = 0; i < more.contents(); i++) {
            int former = Arrays.binarySearch(common.hashes(), more.hash(i));
            if (former >= 0) {
                more.hold(i, common.held(former));
            } else {
                hold(more, i, toHold ? more.count(i) : 0, toHold ? 0 : more.count(i), counts);
            }
        }
        return more;
    }

    private Split counted(Dataset<Row> training, Dataset<Row> validation, ContentCounts counts, List<String> remarks) {
        return Split.counted(
                training,
                counts.training(),
                validation,
                counts.validation(),
                "at a validation fraction of " + fraction,
                remarks);
    }

    /** A content's place in [0, 1); it is held out if that is below the fraction. */
    private static double place(long hash) {
        return (hash >>> 11) * UNIT;
    }

    private Column held() {
        return functions
                .shiftrightunsigned(hash, 11)
                .cast("double")
                .multiply(UNIT)
                .lt(fraction);
    }
}
