package elbow.train.averaging;

import elbow.math.FloatMemory;
import elbow.math.optimizer.FloatTiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Floats as little-endian bytes, which every serializer copies at once where it would write floats one by one. */
final class FloatBytes {
    private FloatBytes() {}

    static byte[] of(float[] floats) {
        byte[] bytes = new byte[Math.multiplyExact(floats.length, Float.BYTES)];
        view(bytes).put(floats);
        return bytes;
    }

    static byte[] of(FloatMemory memory) {
        byte[] bytes = new byte[Math.multiplyExact(memory.length(), Float.BYTES)];
        memory.get(view(bytes));
        return bytes;
    }

    static byte[] of(FloatTiles tiles) {
        byte[] bytes = new byte[Math.multiplyExact(tiles.length(), Float.BYTES)];
        tiles.get(view(bytes));
        return bytes;
    }

    static FloatBuffer view(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }
}
