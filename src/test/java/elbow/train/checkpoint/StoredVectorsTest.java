package elbow.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.DocumentException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredVectorsTest {
    private static final int PIECE = 1 << 14;

    @Test
    void vectorsOfAnyLengthComeBackToTheBit() throws IOException {
        List<float[]> vectors = List.of(
                new float[] {1.5f, -0f, Float.MIN_VALUE},
                new float[0],
                numbers(PIECE),
                numbers(2 * PIECE + 1),
                new float[] {Float.POSITIVE_INFINITY});
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        StoredVectors.write(vectors, output);
        byte[] bytes = output.toByteArray();
        assertThat(Arrays.copyOf(bytes, 4)).containsExactly(0, 0, 0xc0, 0x3f);

        StoredVectors stored = new StoredVectors("state.bin", new ByteArrayInputStream(bytes), bytes.length);
        for (float[] vector : vectors) {
            assertThat(stored.next(vector.length)).isEqualTo(vector);
        }
        assertThat(stored.bytesLeft()).isZero();
    }

    @Test
    void theyMayBeLargerThanAnArrayTogether() throws IOException {
        float[] vector = new float[1 << 20];
        int count = 513;
        long[] written = {0};
        StoredVectors.write(Collections.nCopies(count, vector), new OutputStream() {
            @Override
            public void write(int value) {
                written[0]++;
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                written[0] += length;
            }
        });
        assertThat(written[0]).isEqualTo(4L * count * vector.length).isGreaterThan(Integer.MAX_VALUE);

        StoredVectors stored = new StoredVectors("state.bin", zeros(), written[0]);
        for (int i = 0; i < count; i++) {
            stored.next(vector.length);
        }
        assertThat(stored.bytesLeft()).isZero();
    }

    @Test
    void aFileThatIsTooShortIsDamaged() {
        assertThatThrownBy(() -> new StoredVectors("state.bin", zeros(), 11).next(3))
                .isInstanceOf(DocumentException.class)
                .hasMessage("state.bin must have 3 floats more, but has 2");
        // One that was cut off after it was looked at.
        assertThatThrownBy(() -> new StoredVectors("state.bin", new ByteArrayInputStream(new byte[8]), 12).next(3))
                .isInstanceOf(DocumentException.class)
                .hasMessage("state.bin must have 12 bytes more, but ends before");
    }

    private static float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i;
        }
        return numbers;
    }

    private static InputStream zeros() {
        return new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                return length;
            }
        };
    }
}
