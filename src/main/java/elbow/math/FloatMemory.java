package elbow.math;

import elbow.base.Check;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Off-heap floats: a pointer for matrix products and a buffer for bulk copies over the same memory.
 *
 * <p>A view keeps what owns its memory reachable for as long as the view itself is. Reading or writing a view after its
 * owner was closed is undefined.
 */
public final class FloatMemory implements AutoCloseable {
    /** The largest length: a buffer addresses its bytes by int. */
    public static final long MAXIMUM_LENGTH = Integer.MAX_VALUE / Float.BYTES;

    private static final int ALIGNMENT = 64;

    private final Object owner;
    private final FloatPointer pointer;
    private final FloatBuffer buffer;
    private final int length;

    private FloatMemory(Object owner, FloatPointer pointer, int length) {
        this.owner = owner;
        this.pointer = pointer.getPointer(0).capacity(length);
        this.buffer = this.pointer.asBuffer();
        this.length = length;
    }

    /**
     * Allocates zeros, aligned to a cache line.
     *
     * @param length number of floats, 1 to {@link #MAXIMUM_LENGTH}
     */
    public static FloatMemory allocate(long length) {
        int checked = checkedLength("length", length);
        FloatPointer block = new FloatPointer(length + ALIGNMENT / Float.BYTES);
        long misaligned = block.address() % ALIGNMENT;
        long skipped = misaligned == 0 ? 0 : (ALIGNMENT - misaligned) / Float.BYTES;
        FloatMemory memory = new FloatMemory(block, block.getPointer(skipped), checked);
        memory.clear();
        return memory;
    }

    /**
     * A view of memory that belongs to someone else, such as the data of an ND4J array: nothing is copied.
     *
     * @param pointer points at the first float, its position included
     * @param length number of floats, 1 to {@link #MAXIMUM_LENGTH}
     * @param owner kept reachable as long as the view is
     */
    public static FloatMemory view(FloatPointer pointer, long length, Object owner) {
        int checked = checkedLength("length", length);
        Check.argument(!pointer.isNull(), "pointer", "not be null", "null");
        return new FloatMemory(owner, pointer.getPointer(0), checked);
    }

    /** A view of {@code length} floats from {@code offset}; shares this memory. */
    public FloatMemory slice(long offset, long length) {
        Check.argument(offset >= 0 && offset <= this.length - length, "offset", "leave room for " + length, offset);
        return new FloatMemory(this, pointer.getPointer(offset), checkedLength("length", length));
    }

    /** Whether it begins with a cache line, as everything that {@link #allocate} gives does. */
    public boolean isAligned() {
        return pointer.address() % ALIGNMENT == 0;
    }

    /** Number of floats. */
    public int length() {
        return length;
    }

    /** Copies {@code count} floats from {@code offset} here to the start of {@code destination}. */
    public void get(int offset, float[] destination, int count) {
        buffer.get(offset, destination, 0, count);
    }

    /** Copies {@code count} floats from {@code offset} here to {@code destination} from {@code start}. */
    public void get(int offset, float[] destination, int start, int count) {
        buffer.get(offset, destination, start, count);
    }

    /** Copies the first {@code count} floats of {@code source} to {@code offset} here. */
    public void put(int offset, float[] source, int count) {
        buffer.put(offset, source, 0, count);
    }

    /** Copies {@code count} floats of {@code source} from {@code start} to {@code offset} here. */
    public void put(int offset, float[] source, int start, int count) {
        buffer.put(offset, source, start, count);
    }

    /** Copies everything to {@code destination}, from its position on. */
    public void get(FloatBuffer destination) {
        destination.put(buffer.duplicate().position(0).limit(length));
    }

    /** Copies as many floats as {@code source} has left to the start of this memory. */
    public void put(FloatBuffer source) {
        buffer.duplicate().position(0).put(source);
    }

    /** Copies all of {@code source} to the start of this memory. */
    public void put(FloatMemory source) {
        Check.argument(source.length <= length, "source's length", "be at most " + length, source.length);
        FloatPointer.memcpy(pointer, source.pointer, (long) source.length * Float.BYTES);
    }

    /** Copies everything to a new array. */
    public float[] toArray() {
        float[] copy = new float[length];
        get(0, copy, length);
        return copy;
    }

    /** Sets everything to zero. */
    public void clear() {
        FloatPointer.memset(pointer, 0, (long) length * Float.BYTES);
    }

    FloatPointer pointer() {
        return pointer;
    }

    /** Frees the memory if this object allocated it; a view's owner does that itself. */
    @Override
    public void close() {
        if (owner instanceof FloatPointer block) {
            block.deallocate();
        }
    }

    private static int checkedLength(String name, long length) {
        Check.argument(length >= 1 && length <= MAXIMUM_LENGTH, name, "lie in 1.." + MAXIMUM_LENGTH, length);
        return (int) length;
    }
}
