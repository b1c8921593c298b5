package elbow.vae.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RowBatchTest {
    @Test
    void rowsHeldOneByOneAreKeyedByContentAndCompleteUntilOneHasAGap() {
        RowBatch batch = new RowBatch(2, 3);

        put(batch, 1, 2, (byte) 1);
        assertThat(batch.count()).isEqualTo(1);
        assertThat(batch.observed()).isNull();
        put(batch, 3, 0, (byte) 0);
        assertThat(batch.observed()).startsWith(1, 1, 1, 0);
        put(batch, 1, 2, (byte) 1);
        assertThat(batch.observed()).containsExactly(1, 1, 1, 0, 1, 1);

        RowBatch expected = RowBatch.of(2, new float[] {1, 2, 3, 0, 1, 2}, new byte[] {1, 1, 1, 0, 1, 1});
        assertThat(batch.keys()).containsExactly(expected.keys());
    }

    @Test
    void noMoreRowsAreHeldThanThereIsRoomFor() {
        RowBatch batch = new RowBatch(2, 1);
        put(batch, 1, 2, (byte) 1);

        assertThatThrownBy(batch::holdNext).hasMessage("rows must lie in 0..1, but is 2");
    }

    private static void put(RowBatch batch, float first, float second, byte secondObserved) {
        int at = batch.count() * 2;
        batch.values()[at] = first;
        batch.values()[at + 1] = second;
        batch.mask()[at] = 1;
        batch.mask()[at + 1] = secondObserved;
        batch.holdNext();
    }
}
