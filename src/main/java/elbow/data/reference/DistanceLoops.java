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

    // Four at once, to the bit as two pairs after each other.
    static void addSquares(
            float x,
            float[] keptX,
            float y,
            float[] keptY,
            float z,
            float[] keptZ,
            float w,
            float[] keptW,
            float[] target) {
        for (int i = 0; i < target.length; i++) {
            float differenceX = x - keptX[i];
            float differenceY = y - keptY[i];
            float differenceZ = z - keptZ[i];
            float differenceW = w - keptW[i];
            target[i] = target[i]
                    + (differenceX * differenceX + differenceY * differenceY)
                    + (differenceZ * differenceZ + differenceW * differenceW);
        }
    }

    static void scale(float[] factors, float factor, float[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] = target[i] * factor * factors[i];
        }
    }
}
