package elbow.train.averaging;

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

    static float[] toFloats(byte[] bytes) {
        float[] floats = new float[bytes.length / Float.BYTES];
        view(bytes).get(floats);
        return floats;
    }

    static FloatBuffer view(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }
}
