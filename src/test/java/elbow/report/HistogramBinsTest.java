package elbow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.report.HistogramBins.Histogram;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HistogramBinsTest {
    @Test
    void everyValueIsCountedOnce() {
        double[] sorted = Arrays.stream(Reports.scores(5000, 3)).sorted().toArray();
        assertThat(HistogramBins.around(sorted, 170).count(sorted).total()).isEqualTo(5000);
    }

    @Test
    void countsOnEitherSideOfTheThresholdAreExact() {
        double[] sorted = Arrays.stream(Reports.scores(5000, 3)).sorted().toArray();
        double threshold = sorted[4900];
        HistogramBins bins = HistogramBins.around(sorted, threshold);
        Histogram histogram = bins.count(sorted);
        long inTail = histogram.above();
        for (int bin = -bins.first(); bin < bins.count(); bin++) {
            inTail += histogram.inBins()[bin];
        }
        assertThat(bins.edge(-bins.first())).isEqualTo(threshold);
        assertThat(inTail).isEqualTo(99);
    }

    @Test
    void outlierDoesNotSquashTheOtherBins() {
        double[] sorted = Arrays.stream(Reports.scores(1000, 3)).sorted().toArray();
        sorted[999] = 1e6;
        HistogramBins bins = HistogramBins.around(sorted, 170);
        Histogram histogram = bins.count(sorted);
        assertThat(bins.edge(bins.count())).isLessThan(1000);
        assertThat(histogram.above()).isEqualTo(1);
        assertThat(histogram.total()).isEqualTo(1000);
    }

    @Test
    void equalValuesFallIntoTheBinBelowTheThresholdTheyAreAt() {
        double[] equal = new double[100];
        Arrays.fill(equal, -3.5);
        HistogramBins bins = HistogramBins.around(equal, -3.5);
        assertThat(bins.count(equal).inBins()[-bins.first() - 1]).isEqualTo(100);
    }

    @Test
    void aSingleValueHasBins() {
        HistogramBins bins = HistogramBins.around(new double[] {7}, 7);
        assertThat(bins.width()).isPositive();
        assertThat(bins.count(new double[] {7}).total()).isEqualTo(1);
    }

    @Test
    void theThresholdIsInsideEvenIfNoValueIsNearIt() {
        HistogramBins bins = HistogramBins.around(new double[] {1, 2, 3}, 50);
        assertThat(bins.edge(0)).isLessThanOrEqualTo(1);
        assertThat(bins.edge(bins.count())).isCloseTo(50, within(1e-9));
    }

    @Test
    void largeMagnitudesKeepTheirCount() {
        double[] sorted = {-1e300, -1e15, 0, 1e15, 1e300};
        assertThat(HistogramBins.around(sorted, 0).count(sorted).total()).isEqualTo(5);
    }
}
