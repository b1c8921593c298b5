package elbow.data.reference;

/**
 * Sums over columns of the squared distances to all kept rows. Loops that the compiler makes vector instructions of:
 * every array has the same index. Rounding is that of single floats on every machine.
 */
final class DistanceLoops {
    private DistanceLoops() {}

    static void addCodes(float code, float differing, float missing, float[] codes, float[] target) {
        for (int i = 0; i < target.length; i++) {
            float kept = codes[i];
            target[i] += kept == code ? 0 : kept < 0 ? missing : differing;
        }
    }

    static void add(float[] terms, float[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] += terms[i];
        }
    }

    static void addSquares(float x, float[] kept, float[] target) {
        for (int i = 0; i < target.length; i++) {
            float difference = x - kept[i];
            target[i] += difference * difference;
        }
    }

    // Two columns at once read and write the sums half as often.
    static void addSquares(float x, float[] keptX, float y, float[] keptY, float[] target) {
        for (int i = 0; i < target.length; i++) {
            float differenceX = x - keptX[i];
            float differenceY = y - keptY[i];
            target[i] += differenceX * differenceX + differenceY * differenceY;
        }
    }

    // Four rows at once read a kept value once for all of them, which counts where those of all columns leave the cache.
    static void addSquares(float[] x, float[] keptX, float[] y, float[] keptY, float[][] targets) {
        addSquares(x[0], x[1], keptX, y[0], y[1], keptY, targets[0], targets[1]);
        addSquares(x[2], x[3], keptX, y[2], y[3], keptY, targets[2], targets[3]);
    }

    private static void addSquares(
            float x, float otherX, float[] keptX, float y, float otherY, float[] keptY, float[] target, float[] other) {
        for (int i = 0; i < target.length; i++) {
            float keptXi = keptX[i];
            float keptYi = keptY[i];
            float differenceX = x - keptXi;
            float differenceY = y - keptYi;
            target[i] += differenceX * differenceX + differenceY * differenceY;
            float otherDifferenceX = otherX - keptXi;
            float otherDifferenceY = otherY - keptYi;
            other[i] += otherDifferenceX * otherDifferenceX + otherDifferenceY * otherDifferenceY;
        }
    }

    static void scale(float[] factors, float factor, float[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] = target[i] * factor * factors[i];
        }
    }
}
