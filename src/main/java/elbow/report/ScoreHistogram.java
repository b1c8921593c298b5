package elbow.report;

import elbow.base.Check;

/**
 * Anomaly scores of a batch beside those of held-out rows of training, in bins of equal width.
 *
 * @param first lower end of the first bin, in nats
 * @param width of a bin, in nats
 * @param training share of the held-out rows in each bin, in [0, 1]
 * @param batch share of the batch's rows in each bin, in [0, 1]
 * @param batchBelow share of the batch's rows below the first bin
 * @param batchAbove share of the batch's rows above the last bin
 * @param threshold in nats
 * @param shift distance of Kolmogorov and Smirnov between the two, in [0, 1]
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and a list would box every value.
public record ScoreHistogram(
        double first,
        double width,
        double[] training,
        double[] batch,
        double batchBelow,
        double batchAbove,
        double threshold,
        double shift) {
    public ScoreHistogram {
        Check.positive("width", width);
        Check.argument(
                training.length == batch.length && batch.length > 0,
                "batch",
                "have as many bins as training (" + training.length + ") and at least 1",
                batch.length);
        training = training.clone();
        batch = batch.clone();
    }
}
