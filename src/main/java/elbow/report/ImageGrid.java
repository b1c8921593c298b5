package elbow.report;

import java.util.ArrayList;
import java.util.List;

/** Grids of small images, enlarged without smoothing. */
final class ImageGrid {
    /** Images are shown at the largest whole multiple of their size that is not above this, in CSS pixels. */
    private static final int TARGET_SIZE = 84;

    private ImageGrid() {}

    /** Each original above its reconstruction, so that the eye moves a short way to compare them. */
    static Html pairs(ImagePanel panel) {
        List<Html> tiles = new ArrayList<>();
        for (int i = 0; i < panel.originals().length; i++) {
            tiles.add(Html.of(
                    "<div class=\"tile\">{}{}</div>",
                    image(panel, panel.originals()[i], "Original " + (i + 1)),
                    image(panel, panel.reconstructions()[i], "Reconstruction " + (i + 1))));
        }
        return grid(tiles);
    }

    /** Each original above its reconstruction, and below them how much they differ. */
    static Html differences(ImagePanel panel) {
        List<Html> tiles = new ArrayList<>();
        for (int i = 0; i < panel.originals().length; i++) {
            float[] original = panel.originals()[i];
            float[] expected = panel.reconstructions()[i];
            float[] difference = new float[original.length];
            for (int pixel = 0; pixel < difference.length; pixel++) {
                difference[pixel] = Math.abs(original[pixel] - expected[pixel]);
            }
            tiles.add(Html.of(
                    "<div class=\"tile\">{}{}{}</div>",
                    image(panel, original, "Image " + (i + 1)),
                    image(panel, expected, "Reconstruction " + (i + 1)),
                    image(panel, difference, "Difference " + (i + 1))));
        }
        return grid(tiles);
    }

    static Html samples(ImagePanel panel) {
        List<Html> tiles = new ArrayList<>();
        for (int i = 0; i < panel.samples().length; i++) {
            tiles.add(Html.of("<div class=\"tile\">{}</div>", image(panel, panel.samples()[i], "Sample " + (i + 1))));
        }
        return grid(tiles);
    }

    private static Html grid(List<Html> tiles) {
        return Html.of("<div class=\"grid\">\n{}\n</div>", Html.join(tiles));
    }

    private static Html image(ImagePanel panel, float[] pixels, String alternative) {
        int larger = Math.max(panel.width(), panel.height());
        int factor = Math.max(1, TARGET_SIZE / larger);
        return Html.of(
                "<img src=\"{}\" width=\"{}\" height=\"{}\" alt=\"{}\">",
                Png.dataUri(panel, pixels),
                factor * panel.width(),
                factor * panel.height(),
                alternative);
    }
}
