package elbow.benchmark;

import java.util.List;

/**
 * How sharp grey images are: the mean of (a - b)^2 over all pairs of pixels side by side or one above the other, with
 * values of pixels from 0 to 1. Blur lowers it, noise raises it above that of the images that a network learned from.
 */
final class GradientEnergy {
    private static final double WHITE = 255;

    private GradientEnergy() {}

    /** @param images pixels from left to right and from top to bottom, a byte each */
    static double of(List<byte[]> images, int width) {
        double sum = 0;
        long pairs = 0;
        for (byte[] image : images) {
            for (int pixel = 0; pixel < image.length; pixel++) {
                if (pixel % width + 1 < width) {
                    sum += squaredDifference(image, pixel, pixel + 1);
                    pairs++;
                }
                if (pixel + width < image.length) {
                    sum += squaredDifference(image, pixel, pixel + width);
                    pairs++;
                }
            }
        }
        return sum / pairs;
    }

    private static double squaredDifference(byte[] image, int one, int other) {
        double difference = ((image[one] & 0xFF) - (image[other] & 0xFF)) / WHITE;
        return difference * difference;
    }
}
