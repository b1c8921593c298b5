package elbow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageGridTest {
    private static final Pattern PNG = Pattern.compile("src=\"data:image/png;base64,([^\"]+)\"");

    @Test
    void eachOriginalStandsBeforeItsReconstruction() throws IOException {
        ImagePanel panel = Reports.panel(1, 2, 0);
        List<float[]> shown = decode(ImageGrid.pairs(panel), 1);
        assertThat(shown).hasSize(4);
        assertThat(shown.get(0)).containsExactly(panel.originals()[0]);
        assertThat(shown.get(1)).containsExactly(panel.reconstructions()[0]);
        assertThat(shown.get(2)).containsExactly(panel.originals()[1]);
        assertThat(shown.get(3)).containsExactly(panel.reconstructions()[1]);
    }

    @Test
    void colourImagesDecodeToThePixelsGiven() throws IOException {
        ImagePanel panel = Reports.panel(3, 0, 2);
        List<float[]> shown = decode(ImageGrid.samples(panel), 3);
        assertThat(shown).hasSize(2);
        assertThat(shown.get(0)).containsExactly(panel.samples()[0]);
        assertThat(shown.get(1)).containsExactly(panel.samples()[1]);
    }

    @Test
    void valuesOutsideTheRangeAreShownAsItsEnds() throws IOException {
        float[][] samples = {{-1, 2, Float.NaN, Float.POSITIVE_INFINITY}};
        ImagePanel panel = new ImagePanel(2, 2, 1, new float[0][], new float[0][], samples);
        assertThat(decode(ImageGrid.samples(panel), 1).get(0)).containsExactly(0, 1, 0, 1);
    }

    @Test
    void imagesAreEnlargedByAWholeFactorAndNamed() {
        ImagePanel panel = new ImagePanel(28, 28, 1, new float[0][], new float[0][], new float[1][784]);
        assertThat(ImageGrid.samples(panel).markup()).contains("width=\"84\" height=\"84\" alt=\"Sample 1\"");
    }

    @Test
    void imagesLargerThanTheGridsTilesKeepTheirSize() {
        ImagePanel panel = new ImagePanel(128, 64, 1, new float[0][], new float[0][], new float[1][128 * 64]);
        assertThat(ImageGrid.samples(panel).markup()).contains("width=\"128\" height=\"64\"");
    }

    @Test
    void anImageOfTheWrongSizeIsRejected() {
        assertThatThrownBy(() -> new ImagePanel(2, 2, 1, new float[0][], new float[0][], new float[][] {{1, 2}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("samples[0] must have 4 values, but is 2");
    }

    @Test
    void reconstructionsMustMatchTheOriginals() {
        assertThatThrownBy(() -> new ImagePanel(1, 1, 1, new float[2][1], new float[1][1], new float[0][]))
                .hasMessage("reconstructions must have one image for each of the 2 originals, but is 1");
    }

    /** The images of the grid as values in [0, 1], in the layout of {@link ImagePanel}. */
    private static List<float[]> decode(Html grid, int channels) throws IOException {
        List<float[]> images = new ArrayList<>();
        Matcher png = PNG.matcher(grid.markup());
        while (png.find()) {
            byte[] bytes = Base64.getDecoder().decode(png.group(1));
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
            assertThat(image.getRaster().getNumBands()).isEqualTo(channels);
            float[] pixels = image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (float[]) null);
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] /= 255f;
            }
            images.add(pixels);
        }
        return images;
    }
}
