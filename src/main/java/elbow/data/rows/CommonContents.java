package elbow.data.rows;

import elbow.data.table.Columns;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Rows of which so many are equal that a split by content alone would put too many on one side: each content's copies
 * are dealt to both sides. How many go where depends on content and number only; as copies are equal, it does not
 * matter which. They are taken in the order of partitions, which stay the same for as long as this object is used.
 */
final class CommonContents {
    /** How many hashes stand behind the columns of a row: of its content, its place and its fingerprint. */
    private static final int HASHES = 3;

    private final Dataset<Row> source;
    private final JavaRDD<Row> copies;
    private final long[] hashes;
    private final Part[] parts;
    private final long[] held;

    /** How often each content occurs in one partition. No record: Spark's Kryo cannot write records. */
    private static final class Part implements Serializable {
        private static final long serialVersionUID = 1L;

        final int partition;
        final long[] counts;
        final long[] places;
        final long[] fingerprints;

        Part(int partition, int contents) {
            this.partition = partition;
            counts = new long[contents];
            places = new long[contents];
            fingerprints = new long[contents];
        }
    }

    private CommonContents(Dataset<Row> source, JavaRDD<Row> copies, long[] hashes, Part[] parts) {
        this.source = source;
        this.copies = copies;
        this.hashes = hashes;
        this.parts = parts;
        held = new long[hashes.length];
    }

    /**
     * Counts the copies of contents.
     *
     * @param hashes of the contents, ascending
     */
    static CommonContents count(Dataset<Row> rows, ContentHashes of, long[] hashes) {
        if (hashes.length == 0) {
            return new CommonContents(
                    rows, new JavaSparkContext(rows.sparkSession().sparkContext()).emptyRDD(), hashes, new Part[0]);
        }
        int width = rows.columns().length;
        Column[] columns = Arrays.copyOf(Columns.columns(Arrays.asList(rows.columns())), width + HASHES);
        // By position: a table may have columns of any name.
        columns[width] = of.hash().as("elbow.hash");
        columns[width + 1] = of.place().as("elbow.place");
        columns[width + 2] = of.fingerprint().as("elbow.fingerprint");
        Dataset<Row> common = rows.select(columns)
                .filter(of.hash().isInCollection(Arrays.stream(hashes).boxed().toList()));
        JavaRDD<Row> copies = common.javaRDD();
        List<Part> parts = copies.mapPartitionsWithIndex(
                        (index, rowsOfPart) -> counted(index, rowsOfPart, hashes), true)
                .collect();
        return new CommonContents(rows, copies, hashes, parts.toArray(Part[]::new));
    }

    private static Iterator<Part> counted(int index, Iterator<Row> rows, long[] hashes) {
        Part part = new Part(index, hashes.length);
        while (rows.hasNext()) {
            Row row = rows.next();
            int content = Arrays.binarySearch(hashes, row.getLong(row.size() - HASHES));
            part.counts[content]++;
            part.places[content] = row.getLong(row.size() - 2);
            part.fingerprints[content] = row.getLong(row.size() - 1);
        }
        return List.of(part).iterator();
    }

    /** The same, of some contents only. */
    CommonContents only(int[] contents) {
        long[] chosen = IntStream.of(contents).mapToLong(i -> hashes[i]).toArray();
        Part[] chosenParts = Arrays.stream(parts)
                .map(part -> {
                    Part some = new Part(part.partition, contents.length);
                    for (int i = 0; i < contents.length; i++) {
                        some.counts[i] = part.counts[contents[i]];
                        some.places[i] = part.places[contents[i]];
                        some.fingerprints[i] = part.fingerprints[contents[i]];
                    }
                    return some;
                })
                .toArray(Part[]::new);
        return new CommonContents(source, copies, chosen, chosenParts);
    }

    /** Ascending. */
    long[] hashes() {
        return hashes.clone();
    }

    /** Whether a row's content is one of these, by its hash. */
    Column isAmong(Column hash) {
        return hash.isInCollection(Arrays.stream(hashes).boxed().toList());
    }

    /** How many rows have one of the contents. */
    long count() {
        return IntStream.range(0, contents()).mapToLong(this::count).sum();
    }

    int contents() {
        return hashes.length;
    }

    long hash(int content) {
        return hashes[content];
    }

    long count(int content) {
        return Arrays.stream(parts).mapToLong(part -> part.counts[content]).sum();
    }

    long place(int content) {
        return ofOneCopy(content, part -> part.places[content]);
    }

    long fingerprint(int content) {
        return ofOneCopy(content, part -> part.fingerprints[content]);
    }

    private long ofOneCopy(int content, ToLongFunction<Part> value) {
        return Arrays.stream(parts)
                .filter(part -> part.counts[content] > 0)
                .mapToLong(value)
                .findFirst()
                .orElse(0);
    }

    /** How many of a content's copies are held out. */
    void hold(int content, long number) {
        held[content] = number;
    }

    long held(int content) {
        return held[content];
    }

    /** The copies that are held out. */
    Dataset<Row> validation() {
        return side(true);
    }

    /** The copies that are not held out. */
    Dataset<Row> training() {
        return side(false);
    }

    private Dataset<Row> side(boolean validation) {
        long[] sorted = hashes;
        long[][] quotas = quotas();
        JavaRDD<Row> side = copies.mapPartitionsWithIndex(
                (index, rows) -> dealt(rows, sorted, quotas[index].clone(), validation), true);
        return source.sparkSession().createDataFrame(side, source.schema());
    }

    /** For each partition, how many copies of each content it has to hold out: as many as it has, from the first on. */
    private long[][] quotas() {
        long[] left = held.clone();
        long[][] quotas = new long[parts.length][left.length];
        for (Part part : parts) {
            for (int i = 0; i < left.length; i++) {
                quotas[part.partition][i] = Math.min(left[i], part.counts[i]);
                left[i] -= quotas[part.partition][i];
            }
        }
        return quotas;
    }

    private static Iterator<Row> dealt(Iterator<Row> rows, long[] hashes, long[] quota, boolean validation) {
        Iterable<Row> once = () -> rows;
        return StreamSupport.stream(once.spliterator(), false)
                .filter(row -> {
                    int content = Arrays.binarySearch(hashes, row.getLong(row.size() - HASHES));
                    return content >= 0 && validation == (quota[content]-- > 0);
                })
                .map(CommonContents::withoutHashes)
                .iterator();
    }

    private static Row withoutHashes(Row row) {
        Object[] values = new Object[row.size() - HASHES];
        Arrays.setAll(values, row::get);
        return RowFactory.create(values);
    }
}
