package elbow.data.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCountsTest {
    @Test
    void noContentOfDifferentRowsMayBeCommon() {
        ContentCounts counts = new ContentCounts();
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            long content = random.nextLong();
            counts.add(i % 10 == 0, content, content, 3);
        }

        assertThat(counts.mayBeCommon(0.01)).isEmpty();
        assertThat(counts.validation().rows()).isEqualTo(10_000);
        assertThat(counts.training().rows()).isEqualTo(90_000);
        assertThat(counts.training().sum()).isEqualTo(270_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void commonContentsAreFoundHoweverTheRowsAreParted(long seed) {
        Random random = new Random(seed);
        List<Long> rows = new ArrayList<>();
        for (long content = 1; content <= 20; content++) {
            rows.addAll(Collections.nCopies(600 + 50 * (int) content, content));
        }
        while (rows.size() < 50_000) {
            rows.add(random.nextLong() | 1L << 40);
        }
        Collections.shuffle(rows, random);
        ContentCounts all = new ContentCounts();
        for (int part = 0; part < 7; part++) {
            ContentCounts some = new ContentCounts();
            for (int i = part; i < rows.size(); i += 7) {
                some.add(false, rows.get(i), rows.get(i), 0);
            }
            all = random.nextBoolean() ? all.add(some) : some.add(all);
        }

        assertThat(all.rows()).isEqualTo(50_000);
        assertThat(all.mayBeCommon(0.012)).hasSize(20).isSorted();
        assertThat(all.mayBeCommon(0.04)).isEmpty();
    }

    @Test
    void leastAndGreatestGoByPlacesWithoutSign() {
        ContentCounts counts = new ContentCounts()
                .add(false, -5, 1, 0)
                .add(false, 7, 2, 0)
                .add(new ContentCounts().add(false, 9, 3, 0));

        assertThat(counts.leastHash()).isEqualTo(2);
        assertThat(counts.greatestHash()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void contentsOfOnePlaceGoByTheirHashesWhateverTheirOrder(long seed) {
        List<Long> contents = new ArrayList<>(List.of(4L, -4L, 3L, 8L));
        Collections.shuffle(contents, new Random(seed));
        ContentCounts counts = new ContentCounts();
        contents.forEach(content -> counts.add(new ContentCounts().add(false, 7, content, 0)));

        assertThat(counts.leastHash()).isEqualTo(3);
        assertThat(counts.greatestHash()).isEqualTo(-4);
    }
}
