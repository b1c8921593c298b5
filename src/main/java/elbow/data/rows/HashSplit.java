package elbow.data.rows;

import elbow.data.table.Columns;
import elbow.failure.KnownFailures;
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
    private final ContentHashes hashes;
    private final double fraction;

    private HashSplit(Dataset<Row> rows, ContentHashes hashes, double fraction) {
        this.rows = rows;
        this.hashes = hashes;
        this.fraction = fraction;
    }

    static Split of(Dataset<Row> rows, ContentHashes hashes, double fraction, Split.Rule rule) {
        HashSplit split = new HashSplit(rows, hashes, fraction);
        ContentCounts counts = counts(rows, hashes, fraction);
        try {
            return rule == Split.Rule.COPIES_TOGETHER || fraction == 0 || counts.rows() < 2
                    ? split.byContent(counts)
                    : split.weighed(counts);
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw KnownFailures.translate(e);
        }
    }

    /** Counts rows, those at places below {@code fraction} as validation. */
    static ContentCounts counts(Dataset<Row> rows, ContentHashes hashes, double fraction) {
        try {
            RowHashes of = hashes.ofRows();
            return rows.select(Columns.columns(hashes.columns()))
                    .queryExecution()
                    .toRdd()
                    .toJavaRDD()
                    .treeAggregate(
                            new ContentCounts(),
                            (counts, row) -> {
                                of.of(row);
                                return counts.add(
                                        share(of.place()) < fraction, of.place(), of.hash(), of.fingerprint());
                            },
                            ContentCounts::add,
                            PASSES_TO_MERGE);
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw KnownFailures.translate(e);
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
        Column others = functions.not(common.isAmong(hashes.hash()));
        return counted(
                rows.filter(others.and(functions.not(held()))).union(common.training()),
                rows.filter(others.and(held())).union(common.validation()),
                counts,
                remarks);
    }

    /** Those contents that need to be dealt; none, if the split by content is about as good as among different rows. */
    private CommonContents common(ContentCounts counts) {
        CommonContents candidates = CommonContents.count(rows, hashes, counts.mayBeCommon(Split.COMMON));
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
            long number = (long) Math.floor(count * fraction + 1 - share(common.place(i)));
            boolean wasHeld = share(common.place(i)) < fraction;
            hold(common, i, Math.min(number, count), wasHeld ? count : 0, counts);
        }
    }

    private static void hold(CommonContents common, int content, long number, long before, ContentCounts counts) {
        common.hold(content, number);
        counts.validation().add(number - before, common.fingerprint(content));
        counts.training().add(before - number, common.fingerprint(content));
    }

    /** Gives the side without a row the content whose place is next to it, or one copy of it if it is common. */
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
                hashes,
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

    /** A place as a number in [0, 1); what is there is held out if that is below the fraction. */
    private static double share(long place) {
        return (place >>> 11) * UNIT;
    }

    private Column held() {
        return functions
                .shiftrightunsigned(hashes.place(), 11)
                .cast("double")
                .multiply(UNIT)
                .lt(fraction);
    }
}
