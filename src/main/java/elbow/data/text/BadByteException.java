package elbow.data.text;

import java.io.IOException;

/** A byte that text in UTF-8 does not have in this place. */
final class BadByteException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long offset;
    private final byte value;

    BadByteException(long offset, byte value) {
        super("byte " + offset + " is no text");
        this.offset = offset;
        this.value = value;
    }

    /** From 0. */
    long offset() {
        return offset;
    }

    byte value() {
        return value;
    }
}
