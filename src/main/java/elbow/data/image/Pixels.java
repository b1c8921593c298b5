package elbow.data.image;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.stream.IntStream;

/** What is done to the pixels of an image that a file held, so that all files take one way to those of a shape. */
final class Pixels {
    // ITU-R BT.601.
    private static final double RED = 0.299;
    private static final double GREEN = 0.587;
    private static final double BLUE = 0.114;

    private Pixels() {}

    /** Whether colours are grey ones, those of a palette too. */
    static boolean isGrey(ColorModel colours) {
        return colours instanceof IndexColorModel palette
                ? IntStream.range(0, palette.getMapSize()).map(palette::getRGB).allMatch(Pixels::isGrey)
                : isGreyScale(colours);
    }

    // What is not to be seen has no colour.
    private static boolean isGrey(int colour) {
        int blue = colour & 0xFF;
        return colour >>> 24 == 0 || ((colour >> 8 & 0xFF) == blue && (colour >> 16 & 0xFF) == blue);
    }

    private static boolean isGreyScale(ColorModel colours) {
        return colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    }

    /** The image, its samples as they stand if they are of a grey scale. */
    static BufferedImage plain(BufferedImage image) {
        ColorModel colours = image.getColorModel();
        return isGreyScale(colours) ? grey(image.getRaster(), colours.hasAlpha()) : image;
    }

    /**
     * An image of grey samples, blended with black where they are transparent. The JDK takes them for linear light and
     * would brighten them: a pixel of 128 would read as 188.
     *
     * @param alpha whether a second band says how opaque a pixel is
     */
    static BufferedImage grey(Raster raster, boolean alpha) {
        int most = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        int width = raster.getWidth();
        BufferedImage copy = new BufferedImage(width, raster.getHeight(), BufferedImage.TYPE_INT_RGB);
        int[] samples = new int[width];
        int[] opaque = new int[width];
        for (int row = 0; row < raster.getHeight(); row++) {
            raster.getSamples(0, row, width, 1, 0, samples);
            if (alpha) {
                raster.getSamples(0, row, width, 1, 1, opaque);
            }
            for (int column = 0; column < width; column++) {
                int level = samples[column] * 255 / most;
                int seen = alpha ? (level * opaque[column] + most / 2) / most : level;
                copy.setRGB(column, row, seen * 0x010101);
            }
        }
        return copy;
    }

    /**
     * The pixels of an image in a shape, transparent ones blended with black: rows from the top, pixels from the left,
     * channels red, green, blue; grey by the weights of ITU-R BT.601.
     */
    static byte[] bytes(BufferedImage stored, Orientation orientation, ImageShape shape) {
        BufferedImage image = orientation == Orientation.TOP_LEFT ? stored : orientation.upright(opaque(stored));
        int height = shape.height();
        int width = shape.width();
        boolean fits = image.getHeight() == height && image.getWidth() == width;
        int[] colours = (fits ? opaque(image) : resized(image, shape)).getRGB(0, 0, width, height, null, 0, width);
        byte[] pixels = new byte[shape.size()];
        for (int i = 0; i < colours.length; i++) {
            int red = colours[i] >> 16 & 0xFF;
            int green = colours[i] >> 8 & 0xFF;
            int blue = colours[i] & 0xFF;
            if (shape.channels() == 1) {
                pixels[i] = (byte) Math.round(RED * red + GREEN * green + BLUE * blue);
            } else {
                pixels[3 * i] = (byte) red;
                pixels[3 * i + 1] = (byte) green;
                pixels[3 * i + 2] = (byte) blue;
            }
        }
        return pixels;
    }

    private static BufferedImage opaque(BufferedImage image) {
        return image.getColorModel().hasAlpha() ? drawn(image, image.getWidth(), image.getHeight()) : image;
    }

    private static BufferedImage resized(BufferedImage image, ImageShape shape) {
        BufferedImage current = image;
        // Bilinear interpolation looks at four pixels: by halves, so that none is passed over.
        while (current.getWidth() >= 2 * shape.width() && current.getHeight() >= 2 * shape.height()) {
            current = drawn(current, current.getWidth() / 2, current.getHeight() / 2);
        }
        return drawn(current, shape.width(), shape.height());
    }

    // On black: that of a new image.
    private static BufferedImage drawn(BufferedImage image, int width, int height) {
        BufferedImage target = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = target.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return target;
    }
}
