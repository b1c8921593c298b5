package elbow.data.infer;

import elbow.data.table.Markers;
import elbow.data.table.NumberText;
import elbow.data.table.RowFields;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Which texts there are and how often, as long as the different ones are few; of all others, how many read as numbers
 * and what these are like. Which ones are counted where they are not few depends on the order of rows; that there are
 * too many, and all sums over counted and others together, do not.
 */
final class TextSummary implements ColumnSummary {
    private static final long serialVersionUID = 2L;

    /** The most different texts that are counted one by one. */
    static final int MOST = 10_000;

    /** Texts that stand for nothing, and null. */
    long missing;

    long count;
    private long length;
    private long otherWords;

    @Nullable
    private String firstOtherWord;

    private final Map<String, Long> counted = new TreeMap<>();
    private final NumberSummary otherNumbers = new NumberSummary();
    private final DistinctValues distinct = new DistinctValues();
    private final Markers markers;
    // By the text as it stands: stripped, looked up among the markers and parsed once, not for each row.
    private transient @Nullable Map<UTF8String, long[]> unread;
    private boolean overflown;

    TextSummary(Markers markers) {
        this.markers = markers;
    }

    @Override
    public void add(RowFields row, int field) {
        UTF8String text = row.text(field);
        if (text == null) {
            missing++;
            return;
        }
        if (unread == null) {
            unread = new HashMap<>();
        }
        long[] times = unread.get(text);
        if (times != null) {
            times[0]++;
            return;
        }
        if (unread.size() == MOST) {
            read(unread);
        }
        unread.put(text.copy(), new long[] {1});
    }

    private void read(Map<UTF8String, long[]> texts) {
        texts.forEach((text, times) -> add(text.toString(), times[0]));
        texts.clear();
    }

    @Override
    public long rows() {
        return count + missing;
    }

    @Override
    public void seal() {
        if (unread != null) {
            read(unread);
            unread = null;
        }
        otherNumbers.seal();
        distinct.seal();
    }

    @Override
    public void merge(ColumnSummary summary) {
        TextSummary other = (TextSummary) summary;
        missing += other.missing;
        count += other.count;
        length += other.length;
        otherWords += other.otherWords;
        firstOtherWord = firstOtherWord == null ? other.firstOtherWord : firstOtherWord;
        overflown |= other.overflown;
        otherNumbers.merge(other.otherNumbers);
        distinct.merge(other.distinct);
        for (Map.Entry<String, Long> entry : other.counted.entrySet()) {
            if (counted.size() < MOST || counted.containsKey(entry.getKey())) {
                counted.merge(entry.getKey(), entry.getValue(), Long::sum);
            } else {
                NumberSummary some = new NumberSummary();
                classify(entry.getKey(), entry.getValue(), some);
                some.seal();
                otherNumbers.merge(some);
                overflown = true;
            }
        }
    }

    /** Whether there were more different texts than are counted one by one. */
    boolean overflown() {
        return overflown;
    }

    /** How often each text came up, of those that are counted; texts are stripped of blanks around them. */
    Map<String, Long> counts() {
        return counted;
    }

    /** About how many different texts there are. */
    double distinct() {
        return overflown ? distinct.estimate() : counted.size();
    }

    /** Mean length, in characters. */
    double meanLength() {
        return (double) length / count;
    }

    /** Share of the texts that read as numbers. */
    double numberShare() {
        long words = otherWords;
        for (Map.Entry<String, Long> entry : counted.entrySet()) {
            words += Double.isNaN(NumberText.parse(entry.getKey())) ? entry.getValue() : 0;
        }
        return count == 0 ? 0 : (double) (count - words) / count;
    }

    /** Share of the texts, of those that are counted, that are what {@code reading} knows. */
    double share(Predicate<String> reading) {
        long known = 0;
        long all = 0;
        for (Map.Entry<String, Long> entry : counted.entrySet()) {
            known += reading.test(entry.getKey()) ? entry.getValue() : 0;
            all += entry.getValue();
        }
        return all == 0 ? 0 : (double) known / all;
    }

    /** What truth values are like as numbers. */
    NumberSummary truths() {
        NumberSummary truths = new NumberSummary();
        counted.forEach((text, times) -> {
            double truth = NumberText.truth(text);
            if (!Double.isNaN(truth)) {
                truths.add(truth, times);
            }
        });
        truths.seal();
        truths.missing = missing;
        return truths;
    }

    /** A text that {@code reading} does not know, of those that are counted; null if there is none. */
    @Nullable
    String firstOther(Predicate<String> reading) {
        for (String text : counted.keySet()) {
            if (!reading.test(text)) {
                return text;
            }
        }
        return null;
    }

    /** What the texts that read as numbers are like. */
    NumberSummary numbers() {
        NumberSummary numbers = new NumberSummary();
        numbers.merge(otherNumbers);
        NumberSummary some = new NumberSummary();
        counted.forEach((text, times) -> {
            double number = NumberText.parse(text);
            if (!Double.isNaN(number)) {
                some.add(number, times, hash(text));
            }
        });
        some.padded = counted.keySet().stream().anyMatch(TextSummary::isPadded);
        some.seal();
        numbers.merge(some);
        numbers.missing = missing;
        return numbers;
    }

    /** A text that reads as no number; null if there is none. */
    @Nullable
    String firstWord() {
        for (String text : counted.keySet()) {
            if (Double.isNaN(NumberText.parse(text))) {
                return text;
            }
        }
        return firstOtherWord;
    }

    private void add(String text, long times) {
        String word = text.strip();
        if (isMissing(word)) {
            missing += times;
            return;
        }
        count += times;
        length += times * word.length();
        distinct.add(hash(word));
        if (counted.size() < MOST || counted.containsKey(word)) {
            counted.merge(word, times, Long::sum);
        } else {
            overflown = true;
            classify(word, times, otherNumbers);
        }
    }

    private boolean isMissing(String word) {
        return markers.contains(UTF8String.fromString(word)) || markers.contains(NumberText.parse(word));
    }

    private void classify(String word, long times, NumberSummary numbers) {
        double number = NumberText.parse(word);
        if (!Double.isNaN(number)) {
            numbers.add(number, times, hash(word));
        } else {
            otherWords += times;
            firstOtherWord = firstOtherWord == null ? word : firstOtherWord;
        }
    }

    private static boolean isPadded(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        return NumberText.isPadded(bytes, 0, bytes.length) && !Double.isNaN(NumberText.parse(word));
    }

    private static long hash(String word) {
        return UTF8String.fromString(word).hashCode() * 0x9E3779B97F4A7C15L ^ word.hashCode();
    }
}
