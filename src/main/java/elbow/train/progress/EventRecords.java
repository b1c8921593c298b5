package elbow.train.progress;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * TensorBoard's event files: TFRecords, each an {@code Event} message of TensorFlow's event.proto. Only what scalars
 * need: wall time (1), step (2), file version (3), summary (5) with values (1) of tag (1) and simple value (2).
 */
final class EventRecords {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;

    private EventRecords() {}

    /** The record that every file begins with. */
    static byte[] version(double wallSeconds) {
        return record(message(wallSeconds, 0, 3, "brain.Event:2".getBytes(StandardCharsets.UTF_8)));
    }

    /** A record with the values of some tags at a step. */
    static byte[] scalars(double wallSeconds, long step, Map<String, Double> values) {
        ByteBuffer summary = buffer(
                values.keySet().stream().mapToInt(tag -> 4 * tag.length() + 32).sum());
        values.forEach((tag, value) -> {
            ByteBuffer scalar = buffer(4 * tag.length() + 32);
            putBytes(scalar, 1, tag.getBytes(StandardCharsets.UTF_8));
            putKey(scalar, 2, FIXED32);
            scalar.putFloat(value.floatValue());
            putBytes(summary, 1, written(scalar));
        });
        return record(message(wallSeconds, step, 5, written(summary)));
    }

    private static byte[] message(double wallSeconds, long step, int field, byte[] content) {
        ByteBuffer event = buffer(content.length + 64);
        putKey(event, 1, FIXED64);
        event.putDouble(wallSeconds);
        putKey(event, 2, VARINT);
        putVarint(event, step);
        putBytes(event, field, content);
        return written(event);
    }

    /** Length, its checksum, the data, their checksum. */
    private static byte[] record(byte[] data) {
        byte[] bytes = new byte[data.length + 16];
        ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(maskedChecksum(bytes, Long.BYTES));
        record.put(data);
        record.putInt(maskedChecksum(data, data.length));
        return bytes;
    }

    private static int maskedChecksum(byte[] bytes, int count) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, count);
        int value = (int) checksum.getValue();
        return ((value >>> 15) | (value << 17)) + 0xa282ead8;
    }

    private static ByteBuffer buffer(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] written(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.position()];
        buffer.get(0, bytes);
        return bytes;
    }

    private static void putBytes(ByteBuffer target, int field, byte[] bytes) {
        putKey(target, field, LENGTH_DELIMITED);
        putVarint(target, bytes.length);
        target.put(bytes);
    }

    private static void putKey(ByteBuffer target, int field, int type) {
        putVarint(target, (field << 3) | type);
    }

    private static void putVarint(ByteBuffer target, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            target.put((byte) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        target.put((byte) rest);
    }
}
