package elbow.data.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.data.image.ImageShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PixelContextsTest {
    private static final ImageShape SHAPE = new ImageShape(2, 3, 1);

    /** Of this image, pixel by pixel: contexts 0, 0, 8; 1 (above right is bright), 2 + 8, 4 + 8. */
    private static final byte[] IMAGE = {0, (byte) 200, 0, (byte) 255, (byte) 130, 51};

    @Test
    void codeLengthOfAPixelFollowsFromItsContext() {
        List<Double> brightness = new ArrayList<>();
        for (int context = 0; context < PixelContexts.CONTEXTS; context++) {
            brightness.add((context + 1) / 20.0);
        }
        PixelContexts contexts = new PixelContexts(SHAPE, brightness);
        double expected = cost(0, 0) + cost(200, 0) + cost(0, 8) + cost(255, 1) + cost(130, 10) + cost(51, 12);
        assertThat(contexts.codeLength(encoded(4), 4)).isCloseTo(expected, within(1e-6));
    }

    @Test
    void brightnessIsTheMeanInEachContextWhateverTheOrderOfImages() {
        PixelContexts.Sums sums = new PixelContexts.Sums(SHAPE);
        sums.add(new byte[6]);
        sums.add(IMAGE);
        PixelContexts.Sums first = new PixelContexts.Sums(SHAPE);
        PixelContexts.Sums second = new PixelContexts.Sums(SHAPE);
        first.add(IMAGE);
        second.add(new byte[6]);
        first.merge(second);

        List<Double> brightness = sums.brightness();
        assertThat(first.brightness()).isEqualTo(brightness);
        // Eight dark pixels without a bright neighbour, one of them bright by 200 / 255.
        assertThat(brightness.get(0)).isCloseTo((200 / 255.0 + 0.5) / 9, within(1e-12));
        assertThat(brightness.get(1)).isCloseTo(1.5 / 2, within(1e-12));
        assertThat(brightness.get(12)).isCloseTo((0.2 + 0.5) / 2, within(1e-12));
        assertThat(brightness.get(15)).isEqualTo(0.5);
    }

    @Test
    void channelsAreModelledSeparately() {
        ImageShape colour = new ImageShape(2, 3, 3);
        byte[] pixels = new byte[18];
        for (int i = 0; i < 6; i++) {
            pixels[3 * i + 1] = IMAGE[i];
        }
        PixelContexts.Sums one = new PixelContexts.Sums(SHAPE);
        one.add(IMAGE);
        PixelContexts.Sums three = new PixelContexts.Sums(colour);
        three.add(pixels);
        assertThat(three.brightness().subList(16, 32)).isEqualTo(one.brightness());
        assertThat(three.brightness().subList(0, 16))
                .isEqualTo(three.brightness().subList(32, 48));
        assertThat(three.brightness().get(0)).isCloseTo(0.5 / 7, within(1e-12));
    }

    @Test
    void invalidBrightnessIsRefused() {
        assertThatThrownBy(() -> new PixelContexts(SHAPE, List.of(0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("contextBrightness must have 16 entries, but is 1");
        assertThatThrownBy(() -> new PixelContexts(SHAPE, Collections.nCopies(16, 1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("contextBrightness must lie in (0, 1), but is 1.0");
    }

    private static double cost(int pixel, int context) {
        double bright = (context + 1) / 20.0;
        return -(pixel / 255.0 * Math.log(bright) + (1 - pixel / 255.0) * Math.log(1 - bright));
    }

    private static float[] encoded(int offset) {
        float[] rows = new float[offset + IMAGE.length];
        for (int i = 0; i < IMAGE.length; i++) {
            rows[offset + i] = (IMAGE[i] & 0xFF) / 255f;
        }
        return rows;
    }
}
