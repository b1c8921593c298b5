package elbow.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Drawings of clothes, 28 x 28 grey pixels on black: shaded surfaces with stripes, checks and grain, where digits have
 * strokes. Each follows from its seed.
 */
final class GarmentImages {
    static final int SIDE = 28;

    /** Places in a pixel, in a row, that are looked at: edges are shares of a pixel. */
    private static final int PLACES = 3;

    private static final double WHITE = 255;

    private enum Kind {
        SHIRT,
        TROUSERS,
        DRESS,
        BAG,
        SHOE
    }

    private enum Cloth {
        PLAIN,
        STRIPES_ACROSS,
        STRIPES_ALONG,
        CHECKS
    }

    private final Kind kind;
    private final Cloth cloth;
    private final double width;
    private final double length;
    private final double flare;
    private final double detail;
    private final double light;
    private final double shade;
    private final double bands;
    private final double depth;
    private final double grain;

    private GarmentImages(Random random) {
        kind = Kind.values()[random.nextInt(Kind.values().length)];
        cloth = Cloth.values()[random.nextInt(Cloth.values().length)];
        width = 0.8 + 0.2 * random.nextDouble();
        length = 0.8 + 0.2 * random.nextDouble();
        flare = random.nextDouble();
        detail = random.nextDouble();
        light = 0.45 + 0.5 * random.nextDouble();
        shade = 0.6 * random.nextDouble();
        bands = 2 + 3 * random.nextDouble();
        depth = 0.3 + 0.4 * random.nextDouble();
        grain = 0.08 * random.nextDouble();
    }

    /** So many drawings, of {@link #SIDE} x {@link #SIDE} pixels from left to right and from top to bottom. */
    static List<byte[]> draw(int count, long seed) {
        Random random = new Random(seed);
        List<byte[]> images = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            images.add(new GarmentImages(random).pixels(random));
        }
        return images;
    }

    private byte[] pixels(Random random) {
        byte[] pixels = new byte[SIDE * SIDE];
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                double sum = 0;
                for (int place = 0; place < PLACES * PLACES; place++) {
                    int line = place / PLACES;
                    // Across from -1 to 1, down from 0 to 1.
                    double x = 2 * (column + (place % PLACES + 0.5) / PLACES) / SIDE - 1;
                    double y = (row + (line + 0.5) / PLACES) / SIDE;
                    sum += covers(Math.abs(x) / width, x / width, y / length) ? brightness(x, y) : 0;
                }
                double value = sum / (PLACES * PLACES);
                if (value > 0) {
                    value += grain * random.nextGaussian();
                }
                pixels[row * SIDE + column] = (byte) Math.round(WHITE * Math.max(0, Math.min(1, value)));
            }
        }
        return pixels;
    }

    private double brightness(double x, double y) {
        double band = Math.floor(2 * bands * y) + (cloth == Cloth.CHECKS ? Math.floor(bands * (x + 1)) : 0);
        double across = cloth == Cloth.STRIPES_ALONG ? Math.floor(bands * (x + 1)) : band;
        boolean dark = cloth != Cloth.PLAIN && across % 2 == 0;
        return light * (1 - shade * x * x) * (dark ? 1 - depth : 1);
    }

    private boolean covers(double aside, double x, double y) {
        if (y < 0.05 || y > 0.98) {
            return false;
        }
        return switch (kind) {
            case SHIRT -> {
                double body = 0.45 + 0.1 * flare;
                double below = y - 0.05 - 0.6 * Math.max(0, aside - body);
                boolean sleeve = aside < 0.95 && below > 0 && below < 0.22 && y < 0.35 + 0.5 * detail;
                boolean neck = aside * aside / 0.03 + (y - 0.05) * (y - 0.05) / 0.012 < 1;
                yield (aside < body || sleeve) && !neck;
            }
            case TROUSERS -> aside < 0.5 + 0.3 * (flare - 0.3) * y && !(y > 0.3 && aside < 0.25 * (y - 0.3) + 0.02);
            case DRESS ->
                aside < (y < 0.4 ? 0.4 - 0.4 * y * detail : 0.4 - 0.16 * detail + (0.4 + 0.6 * flare) * (y - 0.4));
            case BAG -> {
                double handle = x * x / 0.25 + (y - 0.45) * (y - 0.45) / (0.04 + 0.1 * detail);
                boolean inHandle = y < 0.45 && handle < 1 && handle > 0.55;
                yield inHandle || (y >= 0.45 && aside < 0.95 - 0.3 * flare * (1 - y));
            }
            case SHOE -> {
                double top = x < -0.1
                        ? 0.25 + 0.3 * detail
                        : 0.45 + 0.3 * detail * 0.5 + 0.25 * Math.pow(Math.max(0, x), 1 + flare);
                boolean sole = y > 0.84 && y < 0.92 && aside < 1;
                yield sole || (y > top && y < 0.84 && x > -0.9 && x < 0.97);
            }
        };
    }
}
