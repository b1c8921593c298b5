package elbow.data.text;

import java.io.IOException;

/** A quoted value that does not end. */
final class OpenQuoteException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long offset;

    /** @param offset where its record starts */
    OpenQuoteException(long offset) {
        super("a quoted value does not end");
        this.offset = offset;
    }

    long offset() {
        return offset;
    }
}
