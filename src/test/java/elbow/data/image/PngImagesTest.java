package elbow.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Images side by side in one file. */
class PngImagesTest {
    @Test
    void imagesOfAGridStandInTheOrderOfReadingWithWhiteBetween() throws IOException {
        ImageShape shape = new ImageShape(1, 2, 1);

        BufferedImage grid = read(PngImages.grid(List.of(pixels(10, 20), pixels(30, 40), pixels(50, 60)), shape, 2));

        assertThat(levels(grid, 0)).containsExactly(10, 20, 255, 255, 30, 40);
        assertThat(levels(grid, 1)).containsOnly(255);
        assertThat(levels(grid, 3)).containsExactly(50, 60, 255, 255, 255, 255);
        assertThat(grid.getHeight()).isEqualTo(4);
    }

    @Test
    void aGridMayBeLargerThanAnImageMay() throws IOException {
        ImageShape shape = new ImageShape(64, 64, 3);
        byte[] image = new byte[shape.size()];
        Arrays.fill(image, (byte) 7);

        BufferedImage grid = read(PngImages.grid(Collections.nCopies(100, image), shape, 10));

        assertThat(grid.getWidth() * grid.getHeight() * 3).isGreaterThan(ImageShape.MAXIMUM_SIZE);
        assertThat(grid.getRGB(grid.getWidth() - 1, grid.getHeight() - 1)).isEqualTo(0xFF070707);
        assertThat(grid.getRGB(64, 0)).isEqualTo(0xFFFFFFFF);
    }

    private static byte[] pixels(int... levels) {
        byte[] pixels = new byte[levels.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) levels[i];
        }
        return pixels;
    }

    private static BufferedImage read(byte[] file) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(file));
    }

    private static int[] levels(BufferedImage picture, int row) {
        return picture.getRaster().getSamples(0, row, picture.getWidth(), 1, 0, (int[]) null);
    }
}
