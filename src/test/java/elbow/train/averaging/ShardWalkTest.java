package elbow.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShardWalkTest {
    private static final int[] SEGMENTS = {7, 0, 5, 1, 0, 12};

    @Test
    void everyEpochVisitsEveryRowOnce() {
        ShardWalk walk = new ShardWalk(3, 0, SEGMENTS, 4, 7, 0);
        for (long epoch = 0; epoch < 10; epoch++) {
            Set<String> met = new HashSet<>();
            int rows = 0;
            for (long step = 7 * epoch; step < 7 * epoch + 7; step++) {
                int[] taken = {0};
                long expectedEpoch = epoch;
                walk.pieces(step, (pieceEpoch, segment, from, count) -> {
                    assertThat(pieceEpoch).isEqualTo(expectedEpoch);
                    for (int row = from; row < from + count; row++) {
                        assertThat(row).isLessThan(SEGMENTS[segment]);
                        assertThat(met.add(segment + ":" + row)).isTrue();
                    }
                    taken[0] += count;
                });
                assertThat(walk.rowsAt(step)).isEqualTo(taken[0]);
                rows += taken[0];
            }
            assertThat(rows).isEqualTo(25);
        }
    }

    @Test
    void lastMinibatchHasTheRemainingRows() {
        ShardWalk walk = new ShardWalk(3, 0, SEGMENTS, 8, 6, 0);
        assertThat(List.of(
                        walk.rowsAt(0), walk.rowsAt(1), walk.rowsAt(2), walk.rowsAt(3), walk.rowsAt(4), walk.rowsAt(6)))
                .containsExactly(8, 8, 8, 1, 0, 8);
    }

    @Test
    void segmentsOfStepsAreThoseOfTheirPieces() {
        ShardWalk walk = new ShardWalk(3, 0, SEGMENTS, 4, 7, 0);
        List<Integer> expected = new ArrayList<>();
        for (long step = 5; step < 25; step++) {
            walk.pieces(step, (epoch, segment, from, count) -> {
                if (expected.isEmpty() || expected.get(expected.size() - 1) != segment) {
                    expected.add(segment);
                }
            });
        }
        assertThat(walk.segments(5, 20))
                .containsExactly(expected.stream().mapToInt(Integer::intValue).toArray());
        assertThat(new ShardWalk(3, 0, new int[] {9}, 4, 3, 0).segments(0, 30)).containsExactly(0);
        assertThat(new ShardWalk(3, 0, new int[] {0}, 4, 3, 0).segments(0, 30)).isEmpty();
    }

    @Test
    void walkThatStartsLaterIsShifted() {
        ShardWalk walk = new ShardWalk(3, 0, SEGMENTS, 4, 7, 0);
        ShardWalk later = new ShardWalk(3, 0, SEGMENTS, 4, 7, 1000);
        assertThat(later.segments(1003, 12)).isEqualTo(walk.segments(3, 12));
        assertThat(later.rowsAt(1006)).isEqualTo(walk.rowsAt(6));
    }
}
