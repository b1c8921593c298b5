package elbow.math.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The known answers are those of the authors' Random123 distribution (kat_vectors, philox4x32 10). */
@Tag("kernels")
final class PhiloxTest {
    @Test
    void zerosGiveTheKnownAnswer() {
        assertThat(block(0, 0, 0, 0, 0)).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    }

    @Test
    void onesGiveTheKnownAnswer() {
        assertThat(block(-1L, -1, -1, -1, -1)).containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    }

    @Test
    void digitsOfPiGiveTheKnownAnswer() {
        assertThat(block(0x299f31d0a4093822L, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344))
                .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
    }

    @Test
    void fillIsOneBlockAfterTheOther() {
        int[] filled = new int[10];
        Philox.fill(5, 3, 0x700000009L, 6, filled, 2);
        assertThat(Arrays.copyOfRange(filled, 0, 2)).containsOnly(0);
        assertThat(Arrays.copyOfRange(filled, 2, 6)).isEqualTo(block(5, 0, 3, 9, 7));
        assertThat(Arrays.copyOfRange(filled, 6, 10)).isEqualTo(block(5, 1, 3, 9, 7));
    }

    private static int[] block(long key, int word0, int word1, int word2, int word3) {
        int[] bits = new int[4];
        Philox.block(key, word0, word1, word2, word3, bits, 0);
        return bits;
    }
}
