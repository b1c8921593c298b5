package elbow.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** CSV lines of a small table with labels. */
final class LabelledCsv {
    private LabelledCsv() {}

    /** Two correlated numbers, a flag that goes with them, and every twentieth row off the line and labelled. */
    static List<String> table(int count, long seed) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("a b,c,flag,label"));
        for (int i = 0; i < count; i++) {
            boolean anomaly = i % 20 == 0;
            double first = random.nextGaussian();
            double second = (anomaly ? -1 : 1) * (first + 3 * Math.signum(first)) + 0.1 * random.nextGaussian();
            lines.add(Stream.of(10 + 5 * first, second, first > 0 ? 1 : 0, anomaly ? 1 : 0)
                    .map(String::valueOf)
                    .collect(Collectors.joining(",")));
        }
        return lines;
    }
}
