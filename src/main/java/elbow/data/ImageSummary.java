package elbow.data;

import org.apache.spark.sql.Row;

/** Pixel sums of an image column. */
final class ImageSummary implements ColumnSummary {
    private static final long serialVersionUID = 1L;

    long missing;
    long otherSize;
    int firstOtherSize;
    long count;
    final long[] sums;

    ImageSummary(int size) {
        sums = new long[size];
    }

    @Override
    public void add(Row row, int index) {
        if (row.isNullAt(index)) {
            missing++;
            return;
        }
        byte[] pixels = row.getAs(index);
        if (pixels.length != sums.length) {
            firstOtherSize = otherSize == 0 ? pixels.length : firstOtherSize;
            otherSize++;
            return;
        }
        count++;
        for (int i = 0; i < sums.length; i++) {
            sums[i] += pixels[i] & 0xFF;
        }
    }

    @Override
    public void merge(ColumnSummary summary) {
        ImageSummary other = (ImageSummary) summary;
        missing += other.missing;
        firstOtherSize = otherSize == 0 ? other.firstOtherSize : firstOtherSize;
        otherSize += other.otherSize;
        count += other.count;
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.sums[i];
        }
    }
}
