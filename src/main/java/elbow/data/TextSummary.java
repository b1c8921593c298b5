package elbow.data;

import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** How much of a text column reads as numbers: two columns of a row, the text and whether it does. */
final class TextSummary implements ColumnSummary {
    private static final long serialVersionUID = 1L;

    long count;
    long numbers;

    @Nullable
    String firstWord;

    @Override
    public void add(Row row, int index) {
        if (row.isNullAt(index)) {
            return;
        }
        count++;
        if (row.getBoolean(index + 1)) {
            numbers++;
        } else if (firstWord == null) {
            firstWord = row.getString(index);
        }
    }

    @Override
    public void merge(ColumnSummary summary) {
        TextSummary other = (TextSummary) summary;
        count += other.count;
        numbers += other.numbers;
        firstWord = firstWord == null ? other.firstWord : firstWord;
    }
}
