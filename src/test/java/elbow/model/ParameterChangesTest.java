package elbow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ParameterChangesTest {
    @Test
    void onlyWhatDiffersIsKept() {
        byte[] changes = ParameterChanges.of(new float[] {1, 2, 3}, new float[] {1, 2.5f, 2});

        // The second and the third: 0.5 is 0x3F000000 as a float, -1 is 0xBF800000.
        assertThat(changes).containsExactly(0b110, 0x3F, 0x00, 0xBF, 0x80);
    }

    @Test
    void differencesAreRoundedToSixteenBitsAndTiesToEven() {
        float[] pooled = new float[3];
        // Eight bits of significand: 1 + 2^-8 is halfway between 1 and 1 + 2^-7, 1 + 3 * 2^-8 between that and the
        // next.
        float[] own = {1 + 0x1p-8f, 1 + 0x3p-8f, 1 + 0x1p-8f + 0x1p-20f};

        assertThat(restored(pooled, own)).containsExactly(1, 1 + 0x1p-6f, 1 + 0x1p-7f);
    }

    @Test
    void nineParametersTakeTwoBytesOfBits() {
        float[] pooled = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        float[] own = pooled.clone();
        own[8] = 11;

        assertThat(ParameterChanges.of(pooled, own)).containsExactly(0, 1, 0x40, 0x00);
        assertThat(restored(pooled, own)).containsExactly(own);
    }

    @Test
    void partsThatAreNoneAreRefused() {
        byte[] changes = ParameterChanges.of(new float[2], new float[] {1, 1});

        assertThatThrownBy(() -> ParameterChanges.apply(changes, 0, changes.length - 1, new float[2], new float[2]))
                .hasMessage("a group's length must be 5 bytes for the parameters that it says it changes, but is 4");
        assertThatThrownBy(() -> ParameterChanges.apply(changes, 4, changes.length, new float[2], new float[2]))
                .hasMessage("a group's place must lie in its file of 5 bytes and have 1 bytes or more, but is 4 + 5");
    }

    private static float[] restored(float[] pooled, float[] own) {
        byte[] changes = ParameterChanges.of(pooled, own);
        byte[] inFile = new byte[changes.length + 7];
        Arrays.fill(inFile, (byte) -1);
        System.arraycopy(changes, 0, inFile, 3, changes.length);
        float[] restored = new float[pooled.length];
        ParameterChanges.apply(inFile, 3, changes.length, pooled, restored);
        return restored;
    }
}
